"""What a request of the largest size may hold costs seconds at most: one paste must not keep everybody waiting."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.domain import redaction
from events.domain.diagnosis import MOST_FINDINGS, review
from events.domain.finding import Severity
from events.domain.payload import Payload, with_event_ids
from events.domain.tree import NotJson, Number, Object, read, walk
from events.domain.veil import without_buyer
from tests.quickly import quickly

EMAIL = "wulan.pertiwi@contoh.id"


def tree_of(**members: Any) -> Object:
    found = read(json.dumps({"user_data": {"em": EMAIL}, "events": [], **members}))
    assert isinstance(found, Object)
    return found


MANY = {
    "numbers for lines": {"variants": [0] * 30_000},
    "lines": {"variants": [{"variant_unique_id": f"v{n}", "quantity": 0} for n in range(10_000)]},
    "empty events": {"events": [{}] * 30_000},
    "events": {"events": [{"event_id": f"e{n}", "event_name": "Purchase"} for n in range(10_000)]},
    "unknown keys": {"variants": [{f"k{n}": 1 for n in range(30_000)}]},
    "top keys": {f"k{n}": n for n in range(30_000)},
    "buyer's keys": {"user_data": {f"k{n}": f"Wulan{n}" for n in range(20_000)}, "x": [f"w{n}" for n in range(20_000)]},
    "buyer's values": {"user_data": {"em": [f"w{n}@contoh.id" for n in range(20_000)]}, "x": ["w@contoh.id"] * 20_000},
}


@pytest.mark.parametrize("members", MANY.values(), ids=MANY)
def test_many_entries_are_judged_masked_and_renamed(members: dict[str, Any]) -> None:
    tree = tree_of(**members)
    with quickly():
        review(Payload(tree))
        redaction.mask_payload(tree)
        without_buyer(tree)
        with_event_ids(tree, ("ord-1",) * 30_000)


LONG = ["a.", "é", "0 8", "%", "a@", "Wulan "]


@pytest.mark.parametrize("sign", LONG)
@pytest.mark.parametrize("key", ["em", "external_id"])
def test_a_buyers_value_of_very_many_letters_is_masked(key: str, sign: str) -> None:
    value = sign * (300_000 // len(sign))
    tree = tree_of(user_data={key: value}, events=[{"event_id": "a.é0+1%@&#wulan", "event_name": "Purchase"}])

    with quickly():
        masked = redaction.mask_payload(tree)

    assert value not in str(masked)


@pytest.mark.parametrize("sign", [*LONG, "a", "0", "a@a.", "62-8", "(0", "%20", "a%25"])
def test_any_other_text_of_very_many_letters_is_masked(sign: str) -> None:
    text = sign * (300_000 // len(sign))
    with quickly():
        redaction.scrub(text, (EMAIL, "6281290076543", "Wulan"))


def test_a_key_that_stands_twice_among_very_many_is_named() -> None:
    text = "{" + ",".join(f'"k{n}":1' for n in range(80_000)) + ',"k79999":1}'

    with quickly(), pytest.raises(NotJson, match='"k79999" stands more than once'):
        read(text)


def test_of_very_many_remarks_the_first_are_given_and_the_rest_is_announced() -> None:
    found = review(Payload(tree_of(variants=[0] * 1_000)))

    assert len(found) == MOST_FINDINGS + 1
    assert all(finding.severity is Severity.ERROR for finding in found[:-1])
    assert found[-1].code == "S008"


def test_very_many_hints_hide_no_error() -> None:
    lines = [{"variant_unique_id": "kemeja", "quantity": 1} for _ in range(1_000)]

    found = review(Payload(tree_of(variants=lines, event_source_url=7)))

    assert found[0].severity is Severity.ERROR


def test_where_the_buyers_values_are_too_many_no_text_is_shown() -> None:
    known = {f"note{n}": f"catatan ke-{n}" for n in range(redaction.MOST_VALUES + 1)}

    masked = redaction.mask_payload(tree_of(user_data=known, order="untuk catatan ke-7", value=7))

    assert "catatan" not in str(masked)
    assert Number("7") not in [value for _path, value in walk(masked)]
