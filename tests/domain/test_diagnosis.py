"""Likely trouble beyond the contract: said, and never in the way of a send."""

from __future__ import annotations

import json
from typing import Any

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.finding import Severity, has_errors
from events.domain.payload import Payload
from events.domain.tree import format_path

PAGE = "https://batiknusantara.contoh.id/checkout"
BUYER = {"em": "wulan.pertiwi@contoh.id"}


def found(user_data: dict[str, Any] | None = None, event: dict[str, Any] | None = None, **more: Any) -> dict[str, str]:
    event = {"event_id": "1", "event_name": "Lead", **(event or {})}
    source = json.dumps({"user_data": user_data or {}, "events": [event], **more})
    findings = review(Payload.from_json(source))
    assert not has_errors(findings)
    return {finding.code: format_path(finding.path) for finding in findings}


def test_a_believable_event_has_no_remark() -> None:
    parameters = {"value": 189000, "currency": "IDR"}
    variants = [{"variant_unique_id": "variant_k3R9vQ2", "quantity": 1}]

    assert (
        found(
            {"em": "wulan.pertiwi@contoh.id", "ph": "6281290076543", "country": "id"},
            {"event_name": "Purchase", "parameters": parameters},
            event_source_url=PAGE,
            variants=variants,
        )
        == {}
    )


def test_a_purchase_without_value_and_currency_is_remarked_on_twice() -> None:
    source = json.dumps({"user_data": {}, "events": [{"event_id": "1", "event_name": "Purchase"}]})

    findings = review(Payload.from_json(source))

    assert [finding.path[-1] for finding in findings if finding.code == "M020"] == ["value", "currency"]


def test_thousands_written_with_dots_are_remarked_on() -> None:
    event = '{"event_id":"1","event_name":"Lead","parameters":{"value":189.000,"currency":"IDR"}}'
    source = f'{{"event_source_url":"{PAGE}","user_data":{json.dumps(BUYER)},"events":[{event}]}}'

    assert [finding.code for finding in review(Payload.from_json(source))] == ["M023"]


def test_an_inference_is_only_a_hint_and_says_so() -> None:
    source = json.dumps(
        {
            "event_source_url": PAGE,
            "user_data": BUYER,
            "events": [{"event_id": "1", "event_name": "Lead"}],
            "variants": [{"variant_unique_id": "KMJ", "quantity": 1}],
        }
    )

    (finding,) = review(Payload.from_json(source))

    assert finding.severity is Severity.HINT
    assert "inference" in finding.evidence


def test_errors_come_first() -> None:
    findings = review(Payload.from_json('{"user_data":{"ph":"0812"},"events":[]}'))

    assert [finding.severity for finding in findings] == [Severity.ERROR, Severity.WARNING, Severity.HINT]


def test_a_payload_of_odd_shapes_is_reviewed_without_trouble() -> None:
    source = '{"user_data":[],"events":[1,{"event_name":2,"parameters":[]}],"variants":{"a":1},"event_source_url":5}'

    assert has_errors(review(Payload.from_json(source)))


def test_a_phone_is_read_by_the_country_that_is_meant_or_else_by_the_shops() -> None:
    for country in ("id", " ID ", "Indonesia", "Nusantara"):
        event = {"event_id": "1", "event_name": "Lead"}
        source = json.dumps({"user_data": {"ph": "081290076543", "country": country}, "events": [event]})
        findings = review(Payload.from_json(source), Circumstances(country="id"))

        assert [finding.fix[0].value for finding in findings if finding.code == "M001"] == ["6281290076543"]
