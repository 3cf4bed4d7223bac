"""The judge on types, null and required members, sentence by sentence of the contract."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.sandbox.judge import judge
from tests.sandbox.talk import EVENT, PAYLOAD, payload

TEXTS = (
    *("fn", "ln", "em", "ph", "ct", "st", "country", "fbc", "fbp", "external_id"),
    *("client_ip_address", "client_user_agent"),
)
NO_ARRAY: tuple[Any, ...] = (None, {}, "", 1)
NO_STRING: tuple[Any, ...] = (1, True, [], {}, ["wulan.pertiwi@contoh.id"])


def broken(body: bytes) -> list[tuple[str, str]]:
    return [(hit.place, hit.rule) for hit in judge(body).rules]


@pytest.mark.parametrize("name", ["user_data", "events"])
def test_user_data_and_events_are_required(name: str) -> None:
    without = {key: value for key, value in PAYLOAD.items() if key != name}
    assert broken(json.dumps(without).encode()) == [(name, "required")]


@pytest.mark.parametrize("name", ["event_source_url", "referrer_url"])
def test_a_page_address_may_be_null_or_any_string(name: str) -> None:
    for value in (None, "", "not an address", "https://contoh.id/?fbclid=1"):
        assert judge(payload(**{name: value})).accepted
    for wrong in NO_STRING:
        assert broken(payload(**{name: wrong})) == [(name, "type: string")]


@pytest.mark.parametrize("name", TEXTS)
def test_a_value_of_the_buyer_may_be_null_or_any_string(name: str) -> None:
    for value in (None, "", "Wulan"):
        assert judge(payload(user_data={name: value})).accepted
    for wrong in NO_STRING:
        assert broken(payload(user_data={name: wrong})) == [(f"user_data.{name}", "type: string")]


@pytest.mark.parametrize("value", [None, 0, -5, 31730])
def test_the_location_may_be_null_or_any_integer(value: int | None) -> None:
    assert judge(payload(user_data={"location_id": value})).accepted


@pytest.mark.parametrize("value", ["31730", True, 1.5, [], {}])
def test_the_location_is_nothing_but_an_integer(value: object) -> None:
    assert broken(payload(user_data={"location_id": value})) == [("user_data.location_id", "type: integer")]


@pytest.mark.parametrize("value", [None, [], "", 1, True])
def test_user_data_is_an_object(value: object) -> None:
    assert broken(payload(user_data=value)) == [("user_data", "type: object")]


def test_empty_user_data_is_accepted() -> None:
    assert judge(payload(user_data={})).accepted


@pytest.mark.parametrize("value", [None, {}, "Purchase", 1])
def test_events_are_an_array(value: object) -> None:
    assert broken(payload(events=value)) == [("events", "type: array")]


def test_there_is_at_least_one_event() -> None:
    assert broken(payload(events=[])) == [("events", "minItems: 1")]


@pytest.mark.parametrize("value", [None, [], "Purchase", 1])
def test_an_event_is_an_object(value: object) -> None:
    assert broken(payload(events=[EVENT, value])) == [("events[1]", "type: object")]


@pytest.mark.parametrize("name", ["event_id", "event_name"])
def test_an_event_has_an_id_and_a_name_that_are_strings(name: str) -> None:
    rest = {key: value for key, value in EVENT.items() if key != name}
    assert broken(payload(events=[rest])) == [(f"events[0].{name}", "required")]
    assert judge(payload(events=[EVENT | {name: ""}])).accepted
    for wrong in (*NO_STRING, None):
        assert broken(payload(events=[EVENT | {name: wrong}])) == [(f"events[0].{name}", "type: string")]


@pytest.mark.parametrize("value", [None, [], "", 1])
def test_parameters_are_an_object(value: object) -> None:
    assert broken(payload(events=[EVENT | {"parameters": value}])) == [("events[0].parameters", "type: object")]


@pytest.mark.parametrize("name", ["variants", "bundle_price_options"])
def test_lines_may_be_left_out_or_empty_but_not_null(name: str) -> None:
    assert judge(payload(**{name: []})).accepted
    for wrong in NO_ARRAY:
        assert broken(payload(**{name: wrong})) == [(name, "type: array")]


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("variants", "variant_unique_id"), ("bundle_price_options", "bundle_price_option_unique_id")],
)
def test_a_line_has_an_id_that_is_a_string_and_a_quantity(name: str, identifier: str) -> None:
    assert judge(payload(**{name: [{identifier: "", "quantity": 1}]})).accepted
    assert broken(payload(**{name: [{}]})) == [
        (f"{name}[0].{identifier}", "required"),
        (f"{name}[0].quantity", "required"),
    ]
    assert broken(payload(**{name: [{identifier: 8812, "quantity": 1}]})) == [
        (f"{name}[0].{identifier}", "type: string")
    ]
    assert broken(payload(**{name: [None]})) == [(f"{name}[0]", "type: object")]


def test_every_broken_rule_is_told_not_only_the_first() -> None:
    found = broken(payload(user_data={"em": 1}, events=[{"event_id": "a"}]))
    assert found == [("user_data.em", "type: string"), ("events[0].event_name", "required")]


def test_a_refusal_does_not_repeat_what_the_buyer_gave() -> None:
    verdict = judge(payload(user_data=["wulan.pertiwi@contoh.id"], referrer_url={"em": "wulan"}))
    assert "wulan" not in " ".join(hit.message for hit in verdict.rules)


def test_a_hundred_thousand_broken_lines_are_told_in_a_hundred_words() -> None:
    verdict = judge(payload(variants=[{}] * 100_000))
    assert not verdict.accepted
    assert len(verdict.rules) == 100
    assert len(verdict.checks) < 1000
