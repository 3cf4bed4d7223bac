"""Where the contract is closed, an extra key is refused; where it is open, it passes."""

from __future__ import annotations

import pytest

from events.sandbox.judge import judge
from tests.sandbox.talk import EVENT, payload

VARIANT = {"variant_unique_id": "variant_k3R9", "quantity": 2}
BUNDLE = {"bundle_price_option_unique_id": "bundle_price_option_p7", "quantity": 1}


@pytest.mark.parametrize(("name", "item"), [("events", EVENT), ("variants", VARIANT), ("bundle_price_options", BUNDLE)])
def test_an_extra_key_in_an_item_is_refused_by_name(name: str, item: dict[str, object]) -> None:
    (hit,) = judge(payload(**{name: [item, item | {"event_time": 1}]})).rules
    assert (hit.place, hit.rule) == (f"{name}[1].event_time", "additionalProperties: false")
    for known in item:
        assert known in hit.message


def test_a_key_in_another_case_is_an_extra_key() -> None:
    places = [hit.place for hit in judge(payload(events=[EVENT | {"Event_Name": "Purchase"}])).rules]
    assert places == ["events[0].Event_Name"]


def test_extra_keys_at_the_top_in_user_data_and_in_parameters_pass() -> None:
    anything = {"zp": ["40115"], "deep": {"er": [None, 1.5]}, "": ""}
    event = EVENT | {"parameters": anything}
    assert judge(payload(test_event_code="TEST123", user_data=anything, events=[event])).accepted


def test_an_odd_key_is_written_so_that_its_place_can_be_read() -> None:
    (hit,) = judge(payload(variants=[VARIANT | {'a "b".c': 1}])).rules
    assert hit.place == 'variants[0]["a \\"b\\".c"]'
