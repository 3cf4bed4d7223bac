"""Scalev's error bodies come in any JSON shape, and are read into places and words."""

from __future__ import annotations

import pytest

from events.domain.refusal import MAX_COMPLAINTS, MAX_WORDS, Complaint, in_words, placed_words, read_error
from events.domain.tree import read

QUANTITY = ("variants", 0, "quantity")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"error": "Bad request"}', [((), "Bad request")]),
        ('{"error": {"title": "Bad request", "detail": "quantity is 0"}}', [((), "Bad request: quantity is 0")]),
        ('{"error": ["Bad request", 0]}', [((), "Bad request"), ((), "0")]),
        ('{"error": 4001}', [((), "4001")]),
        ('{"error": true}', [((), "true")]),
        ('{"error": null, "message": "No events."}', [((), "No events.")]),
        ('{"error_code": "invalid_event"}', [((), "invalid_event")]),
        ('{"errors": ["a", "b"]}', [((), "a"), ((), "b")]),
        ('{"errors": "all wrong"}', [((), "all wrong")]),
        ('{"errors": {"variants": [{"quantity": ["too small"]}]}}', [(QUANTITY, "too small")]),
        ('{"errors": {"variants.0.quantity": "too small"}}', [(QUANTITY, "too small")]),
        ('{"errors": [{"field": "variants[0].quantity", "message": "too small"}]}', [(QUANTITY, "too small")]),
        ('{"errors": [{"pointer": "/variants/0/quantity", "detail": "too small"}]}', [(QUANTITY, "too small")]),
        ('{"errors": [{"loc": ["variants", 0, "quantity"], "msg": "too small"}]}', [(QUANTITY, "too small")]),
        ('{"errors": {"events": ["can\'t be blank"]}}', [(("events",), "can't be blank")]),
        ('{"detail": "Not allowed"}', [((), "Not allowed")]),
        ('"Too bad"', [((), "Too bad")]),
        ("[]", []),
        ("null", []),
        ("{}", []),
    ],
)
def test_every_shape_is_read(body: str, expected: list[tuple[tuple[str | int, ...], str]]) -> None:
    assert [(complaint.path, complaint.words) for complaint in read_error(read(body))] == expected


def test_what_names_a_place_comes_before_general_words() -> None:
    body = '{"message": "Bad request", "errors": {"code": ["x"], "events": [{"event_id": ["blank"]}]}}'

    said = read_error(read(body))

    assert said[0] == Complaint(("events", 0, "event_id"), "blank")
    assert [complaint.is_placed for complaint in said] == [True, False, False]


def test_the_same_words_are_said_once() -> None:
    assert len(read_error(read('{"error": "Bad request", "message": "Bad request"}'))) == 1


def test_a_buyers_value_is_taken_out_of_words_and_keys() -> None:
    body = '{"errors": {"wulan.pertiwi@contoh.id": ["no match for Wulan"]}, "message": "key sfpk_TokoBatik123456"}'

    said = str(read_error(read(body), ("wulan.pertiwi@contoh.id", "Wulan")))

    assert "wulan.pertiwi" not in said
    assert "Wulan" not in said
    assert "TokoBatik123456" not in said


def test_a_place_that_is_named_by_the_buyer_is_masked() -> None:
    answer = read(
        '{"errors": [{"loc": ["variants", 0, "6281290076543"], "msg": "x"}, {"field": 6281290076543, "msg": "x"}]}'
    )

    for complaint in read_error(answer, ("6281290076543",)):
        assert "81290076543" not in str(complaint)


def test_half_a_surrogate_pair_becomes_text_that_a_page_can_hold() -> None:
    (complaint,) = read_error(read('{"error": "Kemeja\\u0000 \\ud800 Parang"}'))

    assert complaint.words == "Kemeja \\ud800 Parang"
    assert complaint.words.encode()


def test_endless_errors_are_cut() -> None:
    body = '{"errors": [' + ",".join(f'"{number} {"x" * 500}"' for number in range(200)) + "]}"

    said = read_error(read(body))

    assert len(said) == MAX_COMPLAINTS
    assert all(len(complaint.words) == MAX_WORDS for complaint in said)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("variants", 1, "quantity"), "line 2, `quantity`"),
        (("bundle_price_options", 0), "bundle line 1"),
        (("events", 0, "parameters", "value"), "event 1, `parameters.value`"),
        (("user_data", "em"), "the buyer's `em`"),
        (("event_source_url",), "`event_source_url`"),
        (("tags", 2), "entry 3"),
    ],
)
def test_a_place_is_said_as_people_count(path: tuple[str | int, ...], words: str) -> None:
    assert placed_words(path) == words


def test_signs_that_turn_the_writing_around_are_spelled_out_in_words_and_places() -> None:
    (complaint,) = read_error(read('{"errors": {"variants": {"\u202eytitnauq": ["\u202e2 muminim\u200b"]}}}'))

    assert str(in_words(complaint)) == r'`variants["\u202eytitnauq"]` “\u202e2 muminim\u200b”'
