"""Fences (```), between which chats and documents put code."""

from __future__ import annotations

import re

# The word behind the first one names the language.
_FENCE = re.compile(r"`{3,}(?:[A-Za-z]{1,20}[ \t]*(?=\r?\n))?")


def fenced(text: str) -> tuple[str, str]:
    """What stands between the fences of a text, and what stands around them; "" and the text where there are none."""
    parts = _FENCE.split(text)
    return "\n".join(parts[1::2]).strip(), "\n".join(parts[::2]).strip()
