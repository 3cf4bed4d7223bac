"""Normal forms of what identifies a buyer: the same person written in two ways gives the same form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Country (ISO 3166, lower case) -> calling code, for the countries whose shops write phones without it.
CALLING_CODES = {
    "id": "62", "my": "60", "sg": "65", "th": "66", "ph": "63", "vn": "84", "bn": "673", "tl": "670",
    "au": "61", "nz": "64", "in": "91", "jp": "81", "kr": "82", "cn": "86", "hk": "852", "tw": "886",
    "ae": "971", "sa": "966", "tr": "90", "gb": "44", "de": "49", "fr": "33", "nl": "31", "us": "1", "ca": "1",
}  # fmt: skip
# Calling codes have one, two or three digits; these are all of one and two (ITU E.164).
_SHORT_CODES = re.compile(
    r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]",
)
SHORTEST_PHONE, LONGEST_PHONE = 8, 15
# As telephone directories, chats and contact apps write them between digits.
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_GAPS = " " + _BLANKS + DASHES
_KEYBOARD = str.maketrans(DASHES + _BLANKS + "\uff0b", "-" * len(DASHES) + " " * len(_BLANKS) + "+")

# Looked for inside foreign text; the sign between local part and domain also as URLs, HTML and JSON escape it.
EMAIL_LIKE = re.compile(
    r"[\w.+'-]{1,64}+(?:@|%(?:25)*40|&#(?:64|x40);|\\u0040)[^\W_](?:[\w-]{0,62}\.){1,8}[^\W\d_]{2,24}",
    re.IGNORECASE,
)
# Of a thousand random UUIDs one would pass for a phone at one of its groups, and be masked where it is looked for.
_UUID_GROUPS = [f"[0-9a-f]{{{length}}}" for length in (8, 4, 4, 4, 12)]
_NOT_IN_UUID = "".join(
    rf"(?!(?<={''.join(f'{group}-' for group in _UUID_GROUPS[:at])}){'-'.join(_UUID_GROUPS[at:])}(?!\w))"
    for at in range(5)
)
# A plus or a leading zero or 62, then digits as people space them. Bare numbers stay: they count and identify orders.
PHONE_LIKE = re.compile(
    r"(?=[+%06(])(?:(?<![\w.+])|(?<=%[0-9A-Fa-f]{2}))"
    + _NOT_IN_UUID
    + rf"(?:(?:\+|%2B)[1-9]|0[1-9]|00[1-9]|62[{_GAPS}.-]?8|\(0)(?:[{_GAPS}().-]{{0,2}}\d|%20\d){{7,13}}(?!\w)",
    re.IGNORECASE,
)
# One of these stands in every spelling of an e-mail. Nearly no text has one, and to look for the whole takes longer.
_SIGNS_OF_EMAIL = ("@", "%", "&", "\\")
# Between texts that are looked through as one: no key, e-mail, phone or number holds it, or minds it beside itself.
BETWEEN = "\0"
_ESCAPED_AT = re.compile(r"%(?:25)*40|&#(?:64|x40);|\\u0040", re.IGNORECASE)
_ESCAPED_SIGN = re.compile(r"%2B|%20", re.IGNORECASE)
_WHOLE_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}\Z")
_PHONE_WITH_SIGN = re.compile(r"(?:\(\+|[+(0])[\d ().-]+\Z")
_DIGITS_ONLY = re.compile(r"\d[\d -]*\d\Z")
_BEGINS_PHONE = ("+", "(")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def fold(text: str) -> str:
    """Letters compared as a reader does: case, width and accents aside."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if unicodedata.category(sign) != "Mn").casefold()


def email_form(text: str) -> str:
    """A whole address, a local part or a domain (also written `@contoh.id`) as it is compared."""
    return text.strip().removeprefix("mailto:").lstrip("@").casefold()


def external_form(text: str) -> str:
    return text.strip().casefold()


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name: `Wulan Pertiwi` gives `wulan` and `pertiwi`."""
    return tuple(word for word in re.split(r"[\W_]+", fold(text)) if word)


def contacts(text: str) -> tuple[tuple[str, str], ...]:
    """The e-mails and phones that foreign text holds, unescaped: ("email" or "phone", as it stands)."""
    emails = EMAIL_LIKE.finditer(text) if _may_hold_email(text) else ()
    return (
        *(("email", unescaped_email(found.group())) for found in emails),
        *(("phone", unescaped_phone(found.group())) for found in PHONE_LIKE.finditer(text)),
    )


def holds_contact(name: str) -> bool:
    """Whether a name that somebody chose holds an e-mail or a phone, as a bare number too."""
    return without_contacts(name) != name or is_phone(name) or any(map(is_phone, name.split()))


def without_contacts(text: str, instead: str | Callable[[re.Match[str]], str] = " ") -> str:
    """The text with `instead` in the place of each e-mail and phone."""
    if _may_hold_email(text):
        text = EMAIL_LIKE.sub(instead, text)
    return PHONE_LIKE.sub(instead, text)


def _may_hold_email(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_OF_EMAIL)


def unescaped_email(text: str) -> str:
    return _ESCAPED_AT.sub("@", text)


def unescaped_phone(text: str) -> str:
    return _ESCAPED_SIGN.sub(
        lambda sign: "+" if sign.group()[1] == "2" and sign.group()[2] in "Bb" else " ", text
    ).strip()


def is_email(text: str) -> bool:
    return "@" in text and _WHOLE_EMAIL.match(text) is not None


def is_phone(text: str) -> bool:
    """Whether a typed word may be a phone number: also a bare order number of eight digits or more may."""
    text = text if text.isascii() else text.translate(_KEYBOARD)
    if not text.startswith(_BEGINS_PHONE) and not text[:1].isdecimal():
        return False
    written = _PHONE_WITH_SIGN.match(text) or (_DIGITS_ONLY.match(text) and not _DATE.match(text))
    return bool(written) and SHORTEST_PHONE <= len(_digits(text)) <= LONGEST_PHONE


def phone_form(text: str) -> str:
    """The digits by which a phone is looked up, without the signs of international dialling.

    `+62 812…`, `0062812…` and `62 (0)812…` give `62812…`; `0812…` stays, since only the shop knows its country.
    """
    digits = _digits(text)
    if digits.startswith("00"):
        digits = digits[2:]
    code = calling_code(digits)
    if code in CALLING_CODES.values() and digits.startswith(code + "0") and len(digits) > SHORTEST_PHONE:
        return code + digits[len(code) + 1 :]
    return digits


def phone_forms(text: str, country: str = "") -> tuple[str, ...]:
    """Everything by which a kept phone is found: whole in each spelling, and its last six and four digits.

    `country` says how a number without calling code is meant (`id`: 0812… is 62812…).
    """
    digits = _international(text, country)
    if len(digits) < SHORTEST_PHONE - 1:
        return (digits,) if digits else ()
    national = digits[len(calling_code(digits)) :]
    forms = (phone_form(text), digits, "0" + national, national, digits[-6:], digits[-4:])
    return tuple(dict.fromkeys(forms))


def digit_runs(text: str) -> tuple[str, ...]:
    """Every eight digits in a row: a longer number holds a piece of it where it holds all of that one's runs."""
    digits = _digits(text)
    return tuple(dict.fromkeys(digits[at : at + SHORTEST_PHONE] for at in range(len(digits) - SHORTEST_PHONE + 1)))


def calling_code(digits: str) -> str:
    """The calling code at the start of an international number."""
    short = _SHORT_CODES.match(digits)
    return short.group() if short else digits[:3]


def _international(text: str, country: str) -> str:
    digits = phone_form(text)
    code = CALLING_CODES.get(country.strip().lower(), "")
    if digits.startswith("0"):
        return code + digits[1:] if code else digits
    marked = "+" in text or text.strip().startswith("00")
    return digits if marked or digits.startswith(code) else code + digits


def _digits(text: str) -> str:
    return re.sub(r"\D+", "", text if text.isascii() else unicodedata.normalize("NFKC", text))
