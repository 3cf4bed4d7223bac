"""How Meta compares what identifies a buyer: the normal form and its SHA-256, by both of Meta's own libraries.

Source: the business SDK for Python (`Normalize`) and the parameter builder (`PIIUtil`), as both were run; where they
disagree neither is more right than the other, and nobody but Meta knows which one Scalev uses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from events.domain.iso import COUNTRIES, COUNTRY_NAMES
from events.domain.matching import fold
from events.domain.payload import Payload
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Number

# Sent as they are: hashing would make them useless.
AS_THEY_ARE = ("fbc", "fbp")
_PUNCTUATION = re.compile(r"[!\"#$%&'()*+,\-./:;<=>?@ \[\\\]^_`{|}~\s‘’“”]+")
# The stricter of the two patterns that Meta publishes: no blanks, no two dots, a domain of whole labels.
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\Z"
)
_HASHED = re.compile(r"(?:[0-9a-f]{64}|[0-9a-f]{32})\Z", re.IGNORECASE)

Form = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """One value: its key, and what each library makes of it; None where that one refuses the value.

    `is_hashed` is False for what goes out as it is. `why` is one sentence where the two disagree, else "".
    """

    key: str
    sdk: str | None
    builder: str | None
    is_hashed: bool = True

    @property
    def agree(self) -> bool:
        return self.sdk == self.builder

    @property
    def why(self) -> Text:
        return NO_TEXT if self.agree else _DISAGREEMENTS[self.key]

    @property
    def sdk_hash(self) -> str:
        return sha256(self.sdk) if self.is_hashed and self.sdk else ""

    @property
    def builder_hash(self) -> str:
        return sha256(self.builder) if self.is_hashed and self.builder else ""


def compared(payload: Payload) -> tuple[Compared, ...]:
    """The buyer's values in the order in which they stand, empty ones aside."""
    found = []
    for key, value in payload.user_data.pairs:
        text = value.text if isinstance(value, Number) else value
        if isinstance(text, str) and text.strip() and (key in _FORMS or key in AS_THEY_ARE):
            found.append(_compared(key, text))
    return tuple(found)


def takes_email(text: str) -> bool:
    """Whether both libraries take this for an e-mail."""
    return _EMAIL.match(text) is not None


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _compared(key: str, text: str) -> Compared:
    if key in AS_THEY_ARE:
        return Compared(key, text, text, is_hashed=False)
    if _HASHED.match(text.strip()):
        # Both take it for hashed by the shop, and leave it alone.
        return Compared(key, text.strip().lower(), text.strip().lower(), is_hashed=False)
    sdk, builder = _FORMS[key]
    return Compared(key, sdk(text), builder(text))


def _email(text: str) -> str | None:
    plain = text.strip().lower()
    return plain if re.fullmatch(r"[^@]+@[^@]+\.[^@]+", plain) else None


def _strict_email(text: str) -> str | None:
    plain = text.strip().lower()
    return plain if takes_email(plain) else None


def _phone(text: str) -> str | None:
    if re.search(r"\d\.\d", text):
        return None  # a spreadsheet's number
    return _digits(text) if len(_digits(text)) >= 7 else None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")


def _lower(text: str) -> str | None:
    return text.strip().lower() or None


def _letters(text: str) -> str | None:
    return _PUNCTUATION.sub("", text.strip().lower()) or None


def _place(text: str) -> str | None:
    return re.sub(r"[0-9.\s\-()]", "", text.strip().lower()) or None


def _two_letters(text: str) -> str | None:
    return (_letters(text) or "")[:2] or None


def _code(text: str) -> str | None:
    plain = text.strip().lower()
    return plain if plain in COUNTRIES else None


def _country(text: str) -> str | None:
    return _code(text) or COUNTRY_NAMES.get(re.sub(r"[^a-z]", "", fold(text)) if len(text.strip()) > 3 else "")


def _postal(text: str) -> str | None:
    return re.sub(r"\s", "", text.strip().lower()).partition("-")[0] or None


_SIGNS = Text("One keeps blanks and signs, the other drops them: Meta may know the buyer by one of the two only.")
_DISAGREEMENTS = {
    "em": Text("One of them takes this for an e-mail, the other for none: then Meta never gets it."),
    "fn": _SIGNS,
    "ln": _SIGNS,
    "ct": _SIGNS,
    "st": Text("One keeps the whole name, as Meta's documentation asks, the other two letters of it."),
    "country": Text("Only one of them knows countries by name: two small letters are safe with both."),
}
_FORMS: dict[str, tuple[Form, Form]] = {
    "em": (_email, _strict_email),
    "ph": (_phone, _phone),
    "fn": (_lower, _letters),
    "ln": (_lower, _letters),
    "ct": (_place, _letters),
    "st": (_place, _two_letters),
    "zp": (_postal, _postal),
    "country": (_code, _country),
    "external_id": (_lower, _lower),
}
