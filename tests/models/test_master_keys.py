"""The list of master keys: how it may be written, and what a wrong one is told."""

from __future__ import annotations

import base64

import pytest

from events.models.encryption import MasterKeysInvalid, new_master_key, parse_master_keys

RAW = bytes(range(200, 232))
STANDARD = base64.b64encode(RAW).decode()
URL_SAFE = base64.urlsafe_b64encode(RAW).decode()


def test_the_first_of_the_list_is_the_primary_one() -> None:
    keys = parse_master_keys(f"{new_master_key('k2')},{new_master_key('k1')}")
    assert keys.primary == "k2"
    assert list(keys.ciphers) == ["k2", "k1"]


@pytest.mark.parametrize("separator", [",", "\n", " , ", "\n\n", "\r\n"])
def test_keys_are_parted_by_commas_or_lines(separator: str) -> None:
    assert list(parse_master_keys(f"a:{STANDARD}{separator}b:{STANDARD}").ciphers) == ["a", "b"]


@pytest.mark.parametrize(
    "spelling",
    [
        STANDARD,
        STANDARD.rstrip("="),
        base64.urlsafe_b64encode(RAW).decode(),
        base64.urlsafe_b64encode(RAW).decode()[:-1],
    ],
)
def test_both_spellings_of_base64_are_the_same_key(spelling: str) -> None:
    sealed = parse_master_keys(f"k1:{STANDARD}").ciphers["k1"].encrypt(b"0" * 12, b"x", None)
    assert parse_master_keys(f"k1:{spelling}").ciphers["k1"].decrypt(b"0" * 12, sealed, None) == b"x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n , ",
        STANDARD,
        f":{STANDARD}",
        "k1:",
        f"k1:{STANDARD[:-4]}",
        f"k1:{STANDARD}AAAA",
        f"k1:={STANDARD[1:]}",
        f"k one:{STANDARD}",
        f"k1:{'!' + STANDARD[1:]}",
        f"{'k' * 21}:{STANDARD}",
        f"k1:{STANDARD},k1:{STANDARD}",
    ],
)
def test_a_malformed_list_is_refused_in_one_line_without_the_key(text: str) -> None:
    with pytest.raises(MasterKeysInvalid) as caught:
        parse_master_keys(text)
    assert "\n" not in str(caught.value)
    assert STANDARD[:12] not in str(caught.value)
