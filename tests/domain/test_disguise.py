"""A value that is written so that a plain look misses it is masked all the same."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest

from events.domain.credentials import DOTS
from events.domain.disguise import without_needless_escapes
from events.domain.redaction import hide_keys, scrub

EMAIL, PHONE, NAME = "wulan.pertiwi@contoh.id", "6281290076543", "Wulan Pertiwi"
VALUES = (EMAIL, PHONE, NAME)
KEY = "sfpk_4fQ9xTokoBatik7Kx2Qd"

ESCAPES = {
    "URL": lambda sign: f"%{ord(sign):02x}",
    "URL twice": lambda sign: f"%25{ord(sign):02X}",
    "JSON": lambda sign: f"\\u{ord(sign):04x}",
    "HTML": lambda sign: f"&#{ord(sign)};",
    "HTML in hexadecimal": lambda sign: f"&#x{ord(sign):X};",
}


@pytest.mark.parametrize("escape", ESCAPES.values(), ids=ESCAPES)
@pytest.mark.parametrize("value", VALUES)
def test_escapes_that_no_letter_needs_hide_nothing(value: str, escape: object) -> None:
    assert callable(escape)
    written = "".join(map(escape, value))

    shown = scrub(f"says {written} end", VALUES)

    assert DOTS in shown
    assert written not in shown
    assert value not in shown


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("value", VALUES)
def test_base64_of_what_holds_a_value_is_taken_out(value: str, before: str) -> None:
    token = base64.b64encode(f'{before}{{"user_data":{{"em":"{value}"}}}}'.encode()).decode()

    for written in (token, token.rstrip("="), token.translate(str.maketrans("+/", "-_")), f"xyz{token}"):
        assert token[8:32] not in scrub(f"body={written}", VALUES)


@pytest.mark.parametrize("value", [EMAIL, EMAIL.upper(), PHONE])
def test_a_hash_as_meta_takes_it_is_taken_out(value: str) -> None:
    hashed = hashlib.sha256(value.lower().encode()).hexdigest()

    for written in (hashed, hashed.upper()):
        assert written not in scrub(json.dumps({"em": [written]}), (value,))


def test_what_holds_no_value_stays_as_it_is() -> None:
    others = hashlib.sha256(b"somebody else").hexdigest()
    token = base64.b64encode(b'{"event_name":"Purchase","event_id":"ord-88212"}').decode()
    text = f"{others} {token} 0189d0e8-5b1e-7c3a-9f57-3d1a5c0b7e42 %41%42 \\u0041 &#65;"

    assert scrub(text, VALUES) == text


@pytest.mark.parametrize(("text", "plain"), [("%77ulan", "wulan"), ("a%20b", "a%20b"), ("&#119;", "w"), ("%zz", "%zz")])
def test_only_letters_digits_and_underscores_lose_their_escapes(text: str, plain: str) -> None:
    assert without_needless_escapes(text) == plain


@pytest.mark.parametrize(
    "written",
    [KEY.upper(), KEY.replace("_", "%5F"), KEY.replace("_", r"\u005f"), f"invalid_{KEY}", f"{KEY}.part/two+three"],
)
def test_a_storefront_key_in_another_spelling_is_hidden_from_everybody(written: str) -> None:
    for shown in (hide_keys(f"bad key {written}!"), scrub(f"bad key {written}!")):
        assert "4fq9xtoko" not in shown.lower()
        assert "two" not in shown
