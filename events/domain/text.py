"""Sentences for people that can still be translated where they are shown."""

from __future__ import annotations

import json
import re
from typing import Any

# JSON may escape both; no page can hold half a character, and no database of ours a NUL.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def writable(text: str) -> str:
    """Foreign text as every page, file and database takes it: NUL and halves of characters as their JSON escapes."""
    if text.isascii() and "\x00" not in text:
        return text  # nearly always, and many a sentence is made while somebody types
    return _UNWRITABLE.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


# Signs that vanish, act, or turn the writing around, line breaks and tabs apart. Joiners are not among them: whole
# scripts and many emoji are written with them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def spelled_out(text: str) -> str:
    """Foreign text whose every sign can be seen: with others a text could look like another, or turn a page around.

    As JSON escapes, so that a JSON text stays the same JSON.
    """
    if text.isascii() and text.isprintable():
        return text
    return UNSEEN.sub(lambda sign: json.dumps(sign.group())[1:-1], text)


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
