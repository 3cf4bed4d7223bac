"""Sentences for people that can still be translated where they are shown."""

from __future__ import annotations

import re
from typing import Any

# JSON may escape both; no page can hold half a character, and no database of ours a NUL.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def writable(text: str) -> str:
    """Foreign text as every page, file and database takes it: NUL and halves of characters as their JSON escapes."""
    if text.isascii() and "\x00" not in text:
        return text  # nearly always, and many a sentence is made while somebody types
    return _UNWRITABLE.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


class Text(str):
    """An English sentence that remembers how it was made.

    It is a plain `str` for commands and logs. `template` is the untranslated sentence with `{named}` places and
    `params` fills them, so that the web rooms can look the template up in a catalogue and fill in afterwards.
    """

    template: str
    params: dict[str, Any]

    def __new__(cls, template: str, /, **params: Any) -> Text:
        template = writable(template)
        params = {name: writable(each) if type(each) is str else each for name, each in params.items()}
        text = super().__new__(cls, template.format(**params) if params else template)
        text.template = template
        text.params = params
        return text


NO_TEXT = Text("")
