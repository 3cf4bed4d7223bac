"""JSON that comes back as it went in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from events.domain.tree import Json, NotJson, Number, Object, at, format_path, pretty, read, write
from tests.domain.payloads import ANYTHING, PAYLOADS


@given(ANYTHING)
def test_what_is_written_reads_back_the_same(tree: Json) -> None:
    assert read(write(tree)) == tree
    assert read(pretty(tree)) == tree


@given(PAYLOADS)
def test_what_is_written_is_json_for_everybody_else_too(tree: Json) -> None:
    theirs = json.loads(write(tree), parse_int=str, parse_float=str)

    assert theirs == json.loads(pretty(tree), parse_int=str, parse_float=str)


def test_digits_order_null_and_empty_text_stay() -> None:
    source = b'{"b":95300.00,"a":123456789012345678901234567890,"n":null,"e":"","x":1e400,"z":-0.0}'

    assert write(read(source)) == source


def test_letters_stay_readable_and_half_a_surrogate_pair_stays_an_escape() -> None:
    assert write(read('{"ct":"Yogyakarta é 🛍"}')) == '{"ct":"Yogyakarta é 🛍"}'.encode()
    assert write(read(r'{"a":"\ud800"}')) == rb'{"a":"\ud800"}'


def test_a_five_thousand_digit_number_is_no_trouble() -> None:
    source = b'{"value":' + b"9" * 5000 + b"}"

    assert write(read(source)) == source


@pytest.mark.parametrize(
    ("source", "words", "place"),
    [
        ('{"em":"a","em":"b"}', "stands more than once", "em"),
        ('{"events":[{"event_id":"1","event_id":"1"}]}', "stands more than once", "events[0].event_id"),
        ('{"value":NaN}', "no JSON number", ""),
        ("[" * 100_000, "nested more than 64 deep", "line 1"),
        ('{"a":1,}', "", "line 1"),
        ('{"a":\n}', "value is missing", "line 2, column 1"),
        ("", "value is missing", "line 1, column 1"),
        (b'{"a":"\xff"}', "not UTF-8", "byte 6"),
        (b"\xef\xbb\xbf{}", "byte order mark", "byte 0"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(source: str | bytes, words: str, place: str) -> None:
    with pytest.raises(NotJson) as refusal:
        read(source)

    assert words in refusal.value.message
    assert place in refusal.value.place


def test_brackets_inside_texts_are_no_levels() -> None:
    source = "[" * 63 + '"' + "[{" * 40 + '"' + "]" * 63

    assert write(read(source)) == source.encode()


def test_sixty_four_levels_are_read() -> None:
    source = "[" * 64 + "]" * 64

    assert write(read(source)) == source.encode()


def test_brackets_in_text_do_not_count_as_levels() -> None:
    source = '{"a":"' + "[" * 1000 + '\\""}'

    assert write(read(source)) == source.encode()


def test_a_replaced_key_keeps_its_place_and_a_new_one_goes_last() -> None:
    tree = Object((("a", "1"), ("b", "2")))

    assert tree.with_("a", None).keys() == ("a", "b")
    assert tree.with_("c", None).without("a").keys() == ("b", "c")


def test_paths_are_written_as_people_write_them() -> None:
    assert format_path(("events", 0, "parameters", "value")) == "events[0].parameters.value"
    assert format_path(("parameters", "a b")) == 'parameters["a b"]'


def test_a_value_is_found_by_its_path_or_not_at_all() -> None:
    tree = read('{"events":[{"value":1}]}')

    assert at(tree, ("events", 0, "value")) == Number("1")
    assert at(tree, ("events", 1, "value")) is None
    assert at(tree, ("events", "value")) is None


@pytest.mark.parametrize("text", ["0", "-0.50", "1E+2", "9" * 5000])
def test_what_json_calls_a_number_is_one(text: str) -> None:
    assert read(text) == Number(text)


@pytest.mark.parametrize(
    "text", ["", "௦", "٣٤", "１", "²", "1_000", "007", "1.", ".5", "+1", " 1", "1\n", "NaN", "0x1"]
)
def test_what_json_does_not_call_a_number_cannot_become_one(text: str) -> None:
    with pytest.raises(ValueError, match="No JSON number"):
        Number(text)
