"""The normal forms of a buyer's values are those of Meta's own libraries, and so are their hashes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.domain.meta_forms import Compared, compared, sha256
from events.domain.payload import Payload


def form(key: str, value: Any) -> Compared:
    (found,) = compared(Payload.from_json(json.dumps({"user_data": {key: value}, "events": []})))
    return found


# Published by Meta.
VECTORS = [
    ("em", "John_Smith@gmail.com", "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"),
    ("ph", "+1 (650) 555-1212", "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176"),
    ("fn", "Mary", "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"),
    ("fn", "Valéry", "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c"),
    ("fn", "정", "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14"),
    ("country", "ID", "a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd"),
]


@pytest.mark.parametrize(("key", "value", "digest"), VECTORS)
def test_the_documented_examples_give_the_documented_hashes(key: str, value: str, digest: str) -> None:
    found = form(key, value)

    assert (found.sdk_hash, found.builder_hash) == (digest, digest)
    assert found.agree


@pytest.mark.parametrize(
    ("key", "value", "sdk", "builder"),
    [
        ("ph", "+62 812-3456-789", "628123456789", "628123456789"),
        ("ph", "08123456789", "8123456789", "8123456789"),
        ("ph", "+62 0812 3456 789", "6208123456789", "6208123456789"),
        ("ph", "0062 812 3456 789", "628123456789", "628123456789"),
        ("ph", "628123456789.0", None, None),
        ("ph", "62812", None, None),
        ("em", "a b@c.d", "a b@c.d", None),
        ("em", "x@y..z", "x@y..z", None),
        ("fn", "Siti Aminah", "siti aminah", "sitiaminah"),
        ("ln", "O'Brien", "o'brien", "obrien"),
        ("ct", "Kota Jakarta Pusat", "kotajakartapusat", "kotajakartapusat"),
        ("st", "DKI Jakarta", "dkijakarta", "dk"),
        ("zp", "94025-1234", "94025", "94025"),
        ("country", "Indonesia", None, "id"),
        ("country", "IDN", None, None),
        ("country", "uk", None, None),
    ],
)
def test_where_the_libraries_disagree_both_are_shown(key: str, value: str, sdk: str, builder: str) -> None:
    found = form(key, value)

    assert (found.sdk, found.builder) == (sdk, builder)
    assert found.agree is (sdk == builder)


def test_what_is_hashed_already_is_left_alone() -> None:
    digest = sha256("wulan.pertiwi@contoh.id")

    found = form("em", f" {digest.upper()} ")

    assert (found.sdk, found.is_hashed, found.sdk_hash) == (digest, False, "")


def test_a_click_id_goes_out_letter_for_letter() -> None:
    found = form("fbc", "fb.1.1763800000000.IwAR2F4")

    assert (found.sdk, found.builder, found.builder_hash) == ("fb.1.1763800000000.IwAR2F4",) * 2 + ("",)


def test_empty_values_and_keys_that_meta_does_not_know_are_left_out() -> None:
    source = '{"user_data":{"em":"","ph":null,"fn":[1],"usia":"31","location_id":7},"events":[]}'

    assert compared(Payload.from_json(source)) == ()


@pytest.mark.parametrize(
    ("key", "value"),
    [("em", "a b@c.d"), ("fn", "Siti Aminah"), ("ct", "Kota #1"), ("st", "Bali"), ("country", "Japan")],
)
def test_a_disagreement_says_why_it_matters(key: str, value: str) -> None:
    found = form(key, value)

    assert not found.agree
    assert found.why.endswith(".")


def test_agreement_needs_no_words() -> None:
    assert form("em", "wulan.pertiwi@contoh.id").why == ""
