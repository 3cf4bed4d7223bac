"""What the judge takes for a JSON body at all."""

from __future__ import annotations

import pytest

from events.sandbox.judge import judge
from tests.sandbox.talk import payload


def rule_of(body: bytes) -> str:
    verdict = judge(body)
    assert not verdict.accepted
    return verdict.rules[0].rule


def test_a_payload_by_the_contract_is_accepted() -> None:
    assert judge(payload()).accepted


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{", b'{"user_data": }', b"{'user_data': {}}", b'{"events": [1,]}', b"{} {}", b"\x00"],
)
def test_a_body_that_is_not_json_is_refused(body: bytes) -> None:
    assert rule_of(body) == "the body is JSON"


@pytest.mark.parametrize("value", [b"NaN", b"Infinity", b"-Infinity", b"01", b"1.", b".5", b"+1", b"0x1"])
def test_a_number_that_json_does_not_know_is_refused(value: bytes) -> None:
    assert rule_of(payload().replace(b'"Wulan"', value)) == "the body is JSON"


def test_a_raw_control_character_in_a_string_is_refused() -> None:
    assert rule_of(payload().replace(b"Wulan", b"Wu\nlan")) == "the body is JSON"


@pytest.mark.parametrize("value", [b"[]", b"null", b'"events"', b"1", b"true"])
def test_a_top_level_that_is_no_object_is_refused(value: bytes) -> None:
    assert rule_of(value) == "type: object"


def test_a_key_that_stands_twice_is_refused_with_its_name() -> None:
    verdict = judge(payload().replace(b'"fn": "Wulan"', b'"fn": "Wulan", "fn": "Wati"'))
    assert verdict.rules[0].rule == "a key stands once in its object"
    assert '"fn"' in verdict.rules[0].message


def test_a_key_that_stands_twice_is_refused_however_it_is_escaped() -> None:
    assert not judge(payload().replace(b'"fn": "Wulan"', b'"fn": "Wulan", "f\\u006e": "Wati"')).accepted


def test_the_same_key_in_two_objects_is_fine() -> None:
    assert judge(payload(user_data={"nested": {"em": "a"}, "em": "b"})).accepted


def test_a_body_that_is_not_utf_8_is_refused() -> None:
    assert "UTF-8" in rule_of(payload().replace(b"Wulan", b"Wul\xe9n"))
    assert "UTF-8" in rule_of(payload().decode().encode("utf-16"))


def test_a_byte_order_mark_is_refused() -> None:
    assert "byte order mark" in rule_of(b"\xef\xbb\xbf" + payload())


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_nesting_without_end_is_refused_and_breaks_nothing(opening: bytes) -> None:
    assert rule_of(opening * 100_000) == "nesting is bounded"


def test_nesting_of_a_hundred_levels_in_an_open_object_is_accepted() -> None:
    nested = b"[" * 100 + b"]" * 100
    assert judge(payload().replace(b'"Wulan"', b'"Wulan", "extra": ' + nested)).accepted


def test_brackets_inside_a_string_are_no_nesting() -> None:
    assert judge(payload(note='\\"' + "[" * 5000)).accepted


def test_a_number_of_five_thousand_digits_is_read() -> None:
    assert judge(payload().replace(b'"Wulan"', b'"Wulan", "location_id": ' + b"7" * 5000)).accepted
