"""Presets hold nobody and no ID; their placeholders are filled in, and one that is left is an error."""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.catalogue import BUNDLES, Item
from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.finding import Severity
from events.domain.payload import Payload
from events.domain.presets import Values, filled, is_fillable, kept, unfilled, unknown
from events.domain.tree import Json, Object, read, write
from events.domain.usual import BY_NAME, USUAL, Shop, Usual, preset

NOW = datetime(2026, 11, 24, 4, 5, 6, tzinfo=UTC)
SHOP = Shop("batiknusantara.contoh.id")
KNOWN = Circumstances("id", "IDR", (SHOP.host,), NOW)
BUYER = {"em": "sari.dewanti@contoh.id", "ph": "6281355501234", "country": "my", "fbc": "fb.1.1", "kode": "7"}


def values() -> Values:
    numbers = itertools.count(1)
    return Values(lambda: f"new-{next(numbers)}", "TEST-1", NOW)


def tree(value: Any) -> Object:
    read_in = read(json.dumps(value))
    assert isinstance(read_in, Object)
    return read_in


def plain(value: Json) -> Any:
    return json.loads(write(value))


def composed(event_id: str = "ev-1", order_id: str = "88212", **more: Any) -> Object:
    event = {"event_id": event_id, "event_name": "Purchase", "parameters": {"order_id": order_id, "value": 189000}}
    return tree({"user_data": BUYER, "events": [event], **more})


def test_each_placeholder_gets_its_value_and_each_new_id_is_another() -> None:
    given_in = tree({"a": ["{{new_event_id}}", "{{ new_event_id }}"], "b": "{{order_id}}-Purchase at {{now}}"})

    assert plain(filled(given_in, values())) == {
        "a": ["new-1", "new-2"],
        "b": "TEST-1-Purchase at 2026-11-24T04:05:06Z",
    }


def test_what_no_placeholder_is_called_stays_and_is_an_error_at_its_place() -> None:
    left = filled(tree({"user_data": {"em": "{{customer.email}}"}}), values())

    (finding,) = unfilled(left)
    assert (finding.code, finding.severity, finding.path) == ("F002", Severity.ERROR, ("user_data", "em"))
    assert "{{customer.email}}" in finding.message
    assert not is_fillable(left)


def test_a_known_one_that_somebody_typed_can_be_filled_in() -> None:
    typed = tree({"events": [{"event_id": "{{new_event_id}}"}]})

    assert is_fillable(typed)
    assert unfilled(filled(typed, values())) == ()


@pytest.mark.parametrize("text", ["{order_id}", "{{", "}}", "{{a{b}}", "{ {now} }", '{"a": {"b": 1}}'])
def test_single_braces_are_no_placeholder(text: str) -> None:
    assert unfilled(tree({"a": text})) == ()


def test_numbers_keep_every_digit() -> None:
    source = '{"a":95300.00,"b":"{{now}}"}'

    assert write(filled(read(source), values())) == b'{"a":95300.00,"b":"2026-11-24T04:05:06Z"}'


def test_a_preset_keeps_no_buyer_but_an_invented_one_of_the_same_shape() -> None:
    saved = plain(kept(composed(), NOW))

    assert saved["user_data"] == {"em": "wulan.pertiwi@contoh.id", "ph": "6281290076543", "country": "my"}
    assert not any(value in json.dumps(saved) for value in ("sari", "81355501234", "fb.1.1"))


@pytest.mark.parametrize(
    ("event_id", "becomes"), [("ev-1", "{{new_event_id}}"), ("88212-Purchase-FORM", "{{order_id}}-Purchase-FORM")]
)
def test_a_preset_keeps_placeholders_for_ids(event_id: str, becomes: str) -> None:
    (event,) = plain(kept(composed(event_id), NOW))["events"]

    assert event == {
        "event_id": becomes,
        "event_name": "Purchase",
        "parameters": {"order_id": "{{order_id}}", "value": 189000},
    }


def test_a_preset_keeps_addresses_without_what_stands_behind_the_question_mark() -> None:
    saved = kept(composed(event_source_url="https://batiknusantara.contoh.id/?fbclid=IwAR2"), NOW)

    assert saved.get("event_source_url") == "https://batiknusantara.contoh.id/"


def test_a_preset_keeps_the_moment_that_was_filled_in_as_its_placeholder() -> None:
    begun = filled(tree({"events": [{"parameters": {"at": "{{now}}", "note": ["paid {{now}}"]}}]}), values())
    assert isinstance(begun, Object)

    saved = kept(begun, NOW + timedelta(hours=3))

    assert plain(saved)["events"][0]["parameters"] == {"at": "{{now}}", "note": ["paid {{now}}"]}


@pytest.mark.parametrize(
    "moment",
    ["2026-12-25T00:00:00Z", "2026-11-22T04:05:06Z", "2026-11-24", "2026-11-24T04:05Z", "2026-13-24T04:05:06Z"],
)
def test_a_preset_keeps_any_other_moment_as_it_is(moment: str) -> None:
    assert kept(tree({"delivery": moment}), NOW).get("delivery") == moment


def test_placeholders_that_nothing_fills_in_are_named_once_each() -> None:
    assert unknown(tree({"a": "{{now}} {{ foo }}", "b": ["{{foo}}", "{{order.id}}"]})) == ("{{foo}}", "{{order.id}}")


def test_two_starts_from_one_preset_share_no_id() -> None:
    saved = kept(composed("88212-Purchase"), NOW)
    other = Values(lambda: "x", "TEST-2", NOW)

    assert plain(filled(saved, values()))["events"][0]["event_id"] == "TEST-1-Purchase"
    assert plain(filled(saved, other))["events"][0]["event_id"] == "TEST-2-Purchase"


@pytest.mark.parametrize("usual", USUAL, ids=lambda usual: usual.name)
def test_a_usual_event_deserves_no_remark_worse_than_a_hint(usual: Usual) -> None:
    done = Payload.of(filled(preset(usual, SHOP), values()))

    assert done.events[0].event_name == usual.name
    assert {finding.severity for finding in review(done, KNOWN)} <= {Severity.HINT}
    assert unfilled(done.tree) == ()


def test_a_usual_event_takes_what_the_store_sells_and_its_money() -> None:
    bundle = Item("bundle_price_option_Sera", BUNDLES, "Paket Seragam", price="12.50")
    shop = Shop("kain.contoh.my", "MYR", "my", bundle)

    done = plain(preset(BY_NAME["Purchase"], shop))

    assert done["bundle_price_options"] == [{"bundle_price_option_unique_id": bundle.unique_id, "quantity": 1}]
    assert (done["events"][0]["parameters"]["value"], done["events"][0]["parameters"]["currency"]) == (12.5, "MYR")
    assert done["user_data"]["country"] == "my"


_json = st.recursive(
    st.none() | st.integers() | st.sampled_from(["{{now}}", "{{x}}", "88212", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["user_data", "events", "event_id", "parameters", "order_id", "em", "event_source_url"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["user_data", "events", "event_source_url"]), _json, max_size=3))
@settings(max_examples=100)
def test_no_payload_is_too_odd_to_be_kept_and_started_from(odd: dict[str, Any]) -> None:
    started = filled(kept(tree(odd), NOW), values())

    assert not is_fillable(started)
    assert isinstance(started, Object)
