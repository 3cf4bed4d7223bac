"""The verdict "Scalev will not accept this", sentence by sentence of the published contract."""

from __future__ import annotations

import pytest

from events.domain.tree import format_path, read
from events.domain.validation import check

GOOD = '{"user_data":{},"events":[{"event_id":"1","event_name":"Purchase"}]}'


def found(source: str) -> list[tuple[str, str]]:
    return [(finding.code, format_path(finding.path)) for finding in check(read(source))]


def with_events(event: str) -> str:
    return f'{{"user_data":{{}},"events":[{event}]}}'


def with_more(more: str) -> str:
    return GOOD[:-1] + f",{more}}}"


def with_user(member: str) -> str:
    return GOOD.replace('"user_data":{}', f'"user_data":{{{member}}}')


def test_the_smallest_good_request_has_no_finding() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("source", "code", "path"),
    [
        ("[]", "C001", ""),
        ('"text"', "C001", ""),
        ('{"events":[{"event_id":"1","event_name":"x"}]}', "C002", "user_data"),
        ('{"user_data":{}}', "C002", "events"),
        ('{"user_data":null,"events":[{"event_id":"1","event_name":"x"}]}', "C010", "user_data"),
        ('{"user_data":{"em":1},"events":[{"event_id":"1","event_name":"x"}]}', "C011", "user_data.em"),
        (with_user('"location_id":"7"'), "C012", "user_data.location_id"),
        (with_user('"location_id":true'), "C012", "user_data.location_id"),
        ('{"user_data":{},"events":{}}', "C020", "events"),
        ('{"user_data":{},"events":[]}', "C021", "events"),
        (with_events("1"), "C022", "events[0]"),
        (with_events('{"event_name":"x"}'), "C023", "events[0].event_id"),
        (with_events('{"event_id":1,"event_name":"x"}'), "C024", "events[0].event_id"),
        (with_events('{"event_id":null,"event_name":"x"}'), "C024", "events[0].event_id"),
        (with_events('{"event_id":"1","event_name":"x","parameters":null}'), "C025", "events[0].parameters"),
        (with_events('{"event_id":"1","event_name":"x","event_time":1}'), "C040", "events[0].event_time"),
        (with_more('"event_source_url":7'), "C011", "event_source_url"),
        (with_more('"variants":null'), "C030", "variants"),
        (with_more('"variants":[[]]'), "C031", "variants[0]"),
        (with_more('"variants":[{"quantity":1}]'), "C032", "variants[0].variant_unique_id"),
        (with_more('"variants":[{"variant_unique_id":7,"quantity":1}]'), "C033", "variants[0].variant_unique_id"),
        (with_more('"variants":[{"variant_unique_id":"v"}]'), "C034", "variants[0].quantity"),
        (with_more('"variants":[{"variant_unique_id":"v","quantity":"1"}]'), "C035", "variants[0].quantity"),
        (with_more('"variants":[{"variant_unique_id":"v","quantity":1.5}]'), "C035", "variants[0].quantity"),
        (with_more('"variants":[{"variant_unique_id":"v","quantity":true}]'), "C035", "variants[0].quantity"),
        (with_more('"variants":[{"variant_unique_id":"v","quantity":0}]'), "C036", "variants[0].quantity"),
        (with_more('"variants":[{"variant_unique_id":"v","quantity":-2}]'), "C036", "variants[0].quantity"),
        (with_more('"variants":[{"variant_unique_id":"v","quantity":1,"price":1}]'), "C040", "variants[0].price"),
        (
            with_more('"bundle_price_options":[{"bundle_price_option_unique_id":"b","quantity":0}]'),
            "C036",
            "bundle_price_options[0].quantity",
        ),
    ],
)  # fmt: skip
def test_a_breach_is_found_at_its_place(source: str, code: str, path: str) -> None:
    assert found(source) == [(code, path)]


@pytest.mark.parametrize(
    "source",
    [
        with_more('"event_source_url":null,"referrer_url":"no address at all"'),
        with_more('"test_event_code":"TEST1"'),
        with_events('{"event_id":"","event_name":""}'),
        with_more('"variants":[]'),
        with_more('"variants":[{"variant_unique_id":"","quantity":1.0}]'),
        with_more('"variants":[{"variant_unique_id":"v","quantity":10e-1}]'),
        with_more('"variants":[{"variant_unique_id":"v","quantity":123456789012345678901234567890}]'),
        '{"user_data":{"em":null,"zp":[1],"client_ip_address":"127.0.0.1"},"events":[{"event_id":"1","event_name":"x"}]}',
    ],
)
def test_what_the_contract_leaves_open_passes(source: str) -> None:
    assert found(source) == []


def test_a_finding_says_what_is_wrong_and_what_to_do() -> None:
    (finding,) = check(read(with_more('"variants":[{"variant_unique_id":"v","quantity":0}]')))

    assert finding.message == "Line 1 has quantity 0."
    assert "Set it to 1" in finding.hint
    assert finding.evidence


def test_a_bundle_is_not_called_by_the_number_of_a_variant() -> None:
    lines = '"variants":[{"variant_unique_id":"v","quantity":0}],"bundle_price_options":[{"quantity":1}]'

    assert [finding.message for finding in check(read(with_more(lines)))] == [
        "Line 1 has quantity 0.",
        "Bundle line 1 has no `bundle_price_option_unique_id`.",
    ]


def test_a_very_long_number_is_named_shortly() -> None:
    (finding,) = check(read(with_more('"variants":[{"variant_unique_id":"v","quantity":-' + "9" * 5000 + "}]")))

    assert len(finding.message) < 60
