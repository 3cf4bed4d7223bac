"""Sentences for people that can still be translated where they are shown."""

from __future__ import annotations

from typing import Any


class Text(str):
    """An English sentence that remembers how it was made.

    It is a plain `str` for commands and logs. `template` is the untranslated sentence with `{named}` places and
    `params` fills them, so that the web rooms can look the template up in a catalogue and fill in afterwards.
    """

    template: str
    params: dict[str, Any]

    def __new__(cls, template: str, /, **params: Any) -> Text:
        text = super().__new__(cls, template.format(**params) if params else template)
        text.template = template
        text.params = params
        return text


NO_TEXT = Text("")
