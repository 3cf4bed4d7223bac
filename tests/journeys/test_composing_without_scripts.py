"""Every part of the composer by its plain buttons: nothing that was typed is lost on the way."""

from __future__ import annotations

import json

from tests.journeys.composing import compose_for, event_id_of, sent, typed_line
from tests.journeys.console import Console
from tests.journeys.reading import Page, value_of
from tests.journeys.visitor import Visitor

BIG = '{"catatan":null,"nilai":123456789012345678901234567890,"harga":95300.00,"kosong":""}'


def test_lines_are_added_reordered_and_removed_without_losing_what_was_typed(marketer: Visitor) -> None:
    page = compose_for(marketer)
    for item in ("variant_Kemeja", "variant_Sarung", "variant_Selendang"):
        page = typed_line(marketer, page, item)
    page = marketer.press(page, "Move up", {"First name": "Wulan", "Line 3: quantity": "4"}, number=1)
    assert _lines(page) == ["variant_Kemeja 1", "variant_Selendang 4", "variant_Sarung 1"]

    page = marketer.press(page, "Remove", {"Last name": "Pertiwi"})

    assert _lines(page) == ["variant_Selendang 4", "variant_Sarung 1"]
    assert (page.value("First name"), page.value("Last name")) == ("Wulan", "Pertiwi")


def test_bundles_and_events_have_rows_of_their_own(console: Console, marketer: Visitor) -> None:
    page = marketer.press(compose_for(marketer), "Bundle")
    page = marketer.press(page, "Another event", {"Bundle line 1: unique ID": "bundle_price_option_Lebaran"})
    first = event_id_of(page)

    typed = {"events.1.event_name": "PembeliSetia", "events.0.event_name": "Purchase", "Value": "378000"}
    delivery = marketer.press(page, "Send 2 events", typed)

    assert "Scalev took" in delivery.heading
    body = json.loads(console.received(first)[0]["body"])
    assert [event["event_name"] for event in body["events"]] == ["Purchase", "PembeliSetia"]
    assert body["events"][0]["event_id"] != body["events"][1]["event_id"]
    assert len(body["bundle_price_options"]) == 1


def test_switching_to_raw_json_and_back_keeps_every_key_and_digit(console: Console, marketer: Visitor) -> None:
    page = marketer.press(compose_for(marketer), "Raw JSON", {"First name": "Wulan"})
    tree = page.value("raw")
    event_id = json.loads(tree)["events"][0]["event_id"]
    mine = tree.rstrip().removesuffix("}").rstrip() + f',"dari_toko":{BIG}}}'

    page = marketer.press(page, "Form", {"raw": mine})
    assert page.value("First name") == "Wulan"
    page = marketer.press(page, "Raw JSON", {"Last name": "Pertiwi"})
    sent(marketer, page)

    assert BIG in console.received(event_id)[0]["body"]
    assert '"ln":"Pertiwi"' in console.received(event_id)[0]["body"]


def test_json_that_cannot_be_read_stays_as_it_was_typed(marketer: Visitor) -> None:
    page = marketer.press(compose_for(marketer), "Raw JSON")
    broken = '{"events": [}'

    page = marketer.press(page, "Form", {"raw": broken})

    assert page.value("raw") == broken
    assert "cannot be read as JSON" in page.text


def test_a_parameter_is_typed_as_a_row_and_seen_as_json(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    event_id = event_id_of(page)
    page = marketer.press(page, "Add a field")
    typed = {"events.0.rows.0.key": "num_items", "events.0.rows.0.kind": "number", "events.0.rows.0.value": "3"}
    page = marketer.press(page, "Write all parameters as JSON", typed)
    assert json.loads(page.value("events.0.raw")) == {"currency": "IDR", "num_items": 3}
    sent(marketer, marketer.press(page, "Back to fields"))

    assert json.loads(console.received(event_id)[0]["body"])["events"][0]["parameters"]["num_items"] == 3


def test_a_breach_of_the_contract_is_named_beside_its_field_and_sent_only_on_purpose(
    console: Console, marketer: Visitor
) -> None:
    page = typed_line(marketer, compose_for(marketer))
    event_id = event_id_of(page)

    refused = marketer.press(page, "Send event", {"Line 1: quantity": "0"})
    assert (refused.status, refused.heading) == (422, "Compose")
    assert refused.by_id("in-variants-0-quantity").attrs["aria-invalid"] == "true"
    assert refused.by_id("in-variants-0-quantity-remarks").text
    assert console.received(event_id) == []

    answer = marketer.press(refused, "Send anyway, to see Scalev’s answer")
    assert answer.heading.startswith("Refused: Scalev refused this request")
    assert [each["answer"]["status"] for each in console.received(event_id)] == [400]


def test_an_expired_session_loses_nothing_that_was_typed(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    stranger = Visitor(console.origin, {name: value for name, value in marketer.cookies.items() if "csrf" in name})

    page = stranger.press(page, "Send event", {"City": "Bandung", "E-mail": "wulan.pertiwi@contoh.id"})
    assert page.heading == "Sign in"
    password = console.passwords["marketer"]
    page = stranger.press(page, "Sign in", {"E-mail": "marketer@console.test", "Password": password})

    assert page.heading == "Compose"
    assert page.value("City") == "Bandung"
    assert page.value("E-mail") == "wulan.pertiwi@contoh.id"


def _lines(page: Page) -> list[str]:
    values = [value_of(each) for each in page.root.all("input") if page.label_of(each).startswith("Line ")]
    return [f"{item} {quantity}" for item, quantity in zip(values[::2], values[1::2], strict=True)]
