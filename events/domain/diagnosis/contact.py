"""E-mail and phone: what Meta finds most buyers by, if they are written so that it can."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType, ValidationResult

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import META, META_CODE, SCALEV, Fix, hint, warning
from events.domain.finding import Finding
from events.domain.iso import country_meant
from events.domain.meta_forms import takes_email
from events.domain.patch import replace
from events.domain.payload import Payload
from events.domain.text import Text

EMAIL, PHONE = ("user_data", "em"), ("user_data", "ph")
HASHED = re.compile(r"\s*(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{32})\s*\Z")
_LONGEST = 320
_BETWEEN = re.compile(r"[,;|]|\s+/\s+")
_FLOAT = re.compile(r"\s*\+?([0-9]{8,15})[.,]0+\s*\Z")
_SCIENTIFIC = re.compile(r"\s*[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}\s*\Z")
_TYPOS = {
    "gmial.com": "gmail.com", "gmai.com": "gmail.com", "gmail.co": "gmail.com", "gmail.con": "gmail.com",
    "gamil.com": "gmail.com", "gmal.com": "gmail.com", "gnail.com": "gmail.com", "gmail.co.id": "gmail.com",
    "yaho.com": "yahoo.com", "yahoo.con": "yahoo.com", "yhaoo.com": "yahoo.com", "hotmial.com": "hotmail.com",
    "hotmail.con": "hotmail.com", "outlok.com": "outlook.com", "icloud.con": "icloud.com", "iclod.com": "icloud.com",
}  # fmt: skip


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    for path in (EMAIL, PHONE):
        value = payload.user_data.get(path[-1])
        if not isinstance(value, str) or not value.strip() or HASHED.match(value):
            continue
        if len(value) > _LONGEST:
            text = Text("This is far longer than any e-mail or phone.")
            yield hint("M018", path, text, Text("Keep one e-mail, or one phone."))
        elif path is EMAIL:
            yield from _email(value)
        else:
            yield from _phone(value, buyers_country(payload), known.country)


def buyers_country(payload: Payload) -> str:
    """The country that the payload itself names, as ISO 3166 in small letters; "" where it is open."""
    country = payload.user_data.get("country")
    return country_meant(country) if isinstance(country, str) else ""


def _several(path: tuple[str, ...]) -> Finding:
    return warning(
        "M015",
        path,
        Text("More than one stands here, but one request speaks of one buyer."),
        Text("Keep one. For several buyers send several requests."),
        SCALEV,
    )


def _email(value: str) -> Iterator[Finding]:
    written = value.strip()
    local, _, domain = written.rpartition("@")
    if "@" in local and re.search(r"[\s,;|/]", written):
        yield _several(EMAIL)
    elif not takes_email(written):
        # What stands in a blank's place between two words, only the buyer knows.
        mended = re.sub(r"\s*([@.])\s*", r"\1", written).strip(".<>\"'")
        fix: Fix = (replace(EMAIL, mended),) if takes_email(mended) else ()
        cure = Text("Write it like wulan.pertiwi@contoh.id.")
        yield warning("M006", EMAIL, Text("Meta does not take this for an e-mail."), cure, META_CODE, fix)
    elif domain.lower() in _TYPOS:
        meant = _TYPOS[domain.lower()]
        yield hint(
            "M017",
            EMAIL,
            Text("{domain} looks like a slip for {meant}.", domain=domain, meant=meant),
            Text("Ask the buyer, or mend it."),
            fix=(replace(EMAIL, f"{local}@{meant}"),),
        )


def _phone(value: str, stated: str, shops: str) -> Iterator[Finding]:
    """`stated` is the country that the payload names for its buyer, `shops` that of the store."""
    region = (stated or shops).upper()
    # In the digits of any script, as phones are copied from chats and lists; what is proposed has 0 to 9.
    digits = phonenumbers.normalize_digits_only(value)
    if float_like := _FLOAT.match(value):
        text = Text("A spreadsheet made a number with “.0” of this phone.")
        yield _mended("M004", text, float_like[1], region, META_CODE)
    elif _SCIENTIFIC.match(value):
        text = Text("A spreadsheet shortened this phone, and its last digits are lost.")
        yield warning("M004", PHONE, text, Text("Copy it again from where it came from, as text."), META_CODE)
    elif _BETWEEN.search(value):
        yield _several(PHONE)
    elif re.match(r"0(?!0)", digits):
        yield _mended("M001", _NO_CODE, digits, region)
    elif digits.startswith("0") or _PLUS.search(value) or not _is_national(digits, region):
        yield from _international(value, digits.removeprefix("00"))
    elif stated or not _is_foreign(digits):
        yield _mended("M001", _NO_CODE, digits, region)
    else:
        yield _by_shops_country(digits, region)


_PLUS = re.compile(r"[+＋]")
_NO_CODE = Text("The phone has no country code, so Meta finds nobody by it.")


def _by_shops_country(digits: str, region: str) -> Finding:
    code = str(phonenumbers.country_code_for_region(region))
    foreign = _parsed(f"+{digits}", None)
    return hint(
        "M001",
        PHONE,
        Text(
            "Without a plus this is a phone of +{other} to Meta; in the shop's country it is one of +{code}.",
            other=str(foreign.country_code if foreign else ""),
            code=code,
        ),
        Text("If the buyer's phone is one of +{code}, write the code before it.", code=code),
        fix=(replace(PHONE, _normal(_parsed(digits, region))),),
    )


def _international(value: str, digits: str) -> Iterator[Finding]:
    number = _parsed(f"+{digits}", None)
    normal = _normal(number)
    if number is None or not digits:
        text = Text("No country's code begins like this phone.")
        yield warning("M005", PHONE, text, Text("Begin with the country's code: 62 for Indonesia."), META)
    elif trouble := _LENGTHS.get(phonenumbers.is_possible_number_with_reason(number)):
        yield warning("M005", PHONE, trouble, Text("Compare it with the buyer's own: digits are missing."), META)
    elif normal != digits:
        yield warning(
            "M003",
            PHONE,
            Text("A zero stands behind the country code: it belongs to calls from within the country."),
            Text("Leave it out: 62812…, not 620812…"),
            META,
            (replace(PHONE, normal),),
        )
    elif not phonenumbers.is_valid_number(number):
        text = Text("No phone company of +{code} gives out numbers like this one.", code=str(number.country_code))
        yield hint("M016", PHONE, text, Text("Compare it with the buyer's own."))


_LENGTHS = {
    ValidationResult.TOO_SHORT: Text("This phone is too short."),
    ValidationResult.TOO_LONG: Text("This phone is too long."),
    ValidationResult.INVALID_LENGTH: Text("No phone of this country has so many digits."),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: Text("This phone is too short: the area's code is missing."),
}


def _mended(code: str, message: Text, national: str, region: str, evidence: Text = META) -> Finding:
    normal = _normal(_parsed(national, region)) or _normal(_parsed(f"+{national}", None))
    fix = (replace(PHONE, normal),) if normal else ()
    return warning(code, PHONE, message, Text("Write 62812… instead of 0812…"), evidence, fix)


_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def _is_national(digits: str, region: str) -> bool:
    """Whether digits without any sign are a phone of this country: 812… in Indonesia.

    Where they are one of another country, too, its mobile phones go before: those are what buyers give.
    """
    number = _parsed(digits, region)
    if number is None or not phonenumbers.is_valid_number(number):
        return False
    foreign = _parsed(f"+{digits}", None)
    if not _normal(foreign):
        return True
    is_own_code = foreign is not None and foreign.country_code == number.country_code
    return not is_own_code and (phonenumbers.number_type(number) in _MOBILE or not _is_foreign(digits))


def _is_foreign(digits: str) -> bool:
    number = _parsed(f"+{digits}", None)
    return number is not None and phonenumbers.is_valid_number(number)


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    if region == "" or (region and region not in phonenumbers.SUPPORTED_REGIONS):
        return None
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _normal(number: PhoneNumber | None) -> str:
    """Country code and number, digits only; "" for what nobody's phone can be."""
    if number is None or not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
