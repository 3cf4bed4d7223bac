"""Keys, tokens and cookies in a text, known by their form: nobody is shown them, and none is taken over."""

from __future__ import annotations

import re
from collections.abc import Iterator

DOTS = "•••"
# What may stand inside a key, but not at its end: there it belongs to the sentence.
_TAIL = r"(?:[.~+/=:!$*]+[A-Za-z0-9_-]+)*"
_KEY = re.compile(
    # Nearly no letter begins one, and to look behind each would take five times as long.
    r"(?=[sSſrRpPEbB])(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[bfnrt]))"
    rf"(?:(?P<publishable>(?i:sfpk|pgpk))_[A-Za-z0-9_-]{{4,}}{_TAIL}"
    rf"|(?P<secret>(?i:[sr]k))_(?P<body>[A-Za-z0-9_-]{{8,}}){_TAIL}"
    # Meta's access tokens have no other mark.
    r"|(?P<meta>EAA)[A-Za-z0-9]{20,}"
    r"|(?P<bearer>(?i:bearer)(?:[ \t]+|%20|\+))(?P<token>[A-Za-z0-9._~+/=-]{8,}))"
)
_MARKED = re.compile(r"(?:live|test)_[A-Za-z0-9_-]{4,}", re.IGNORECASE)
# A product's code is made of words and short numbers: rk_batik_merah_01.
_LONG_RUN = re.compile(r"[A-Za-z0-9]{12,}")
_LONG_KEY, _LONG_TOKEN = 16, 20


def without_keys(text: str, instead: str | None = None) -> str:
    """The text with `instead`, or with its kind and dots, in the place of each key and token."""
    return _KEY.sub(lambda found: _shown(found, instead) if _is_key(found) else found.group(), text)


def has_secret_key(text: str) -> bool:
    """Whether a business key (sk_, rk_) stands in it, which opens the whole account."""
    return any(found["secret"] for found in _keys(text))


def _keys(text: str) -> Iterator[re.Match[str]]:
    return filter(_is_key, _KEY.finditer(text))


def _is_key(found: re.Match[str]) -> bool:
    if body := found["body"]:
        return _MARKED.match(body) is not None or _is_random(body)
    token = found["token"]
    return token is None or len(token) >= _LONG_TOKEN or not token.islower()


def _is_random(body: str) -> bool:
    """Nobody has written down how long they are: whatever no person would call a product."""
    if any(_kinds(run[1:]) > 1 or run.isdigit() for run in _LONG_RUN.findall(body)):
        return True
    return len(body) >= _LONG_KEY and _kinds(body) == 3


def _kinds(text: str) -> int:
    """How many it has of small letters, capitals and digits."""
    return sum(any(map(is_one, text)) for is_one in (str.islower, str.isupper, str.isdigit))


def _shown(found: re.Match[str], instead: str | None) -> str:
    if instead is not None:
        return instead
    if found["bearer"]:
        return f"{found['bearer']}{DOTS}"
    return f"{found['publishable'] or found['secret'] or found['meta']}_{DOTS}"
