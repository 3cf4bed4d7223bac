"""The judge decides numbers by their exact text."""

from __future__ import annotations

import pytest

from events.sandbox.judge import judge
from tests.sandbox.talk import payload


def with_quantity(text: str) -> bytes:
    line = b'[{"variant_unique_id": "variant_k3R9", "quantity": ' + text.encode() + b"}]"
    return payload(variants="LINES").replace(b'"LINES"', line)


WHOLE = ("1", "1.0", "1E0", "1e+0", "0.1e1", "10e-1", "1000e-3", "1e400", "9" * 400, "1.000000000000000000000")
HUGE_EXPONENTS = ("1e99999999999999999999", "1" + "0" * 30 + "e-30", "100e-000000000000000000000002")
FRACTIONS = (
    "1.5",
    "0.5",
    "1e-1",
    "15e-1",
    "1.0000000000000000000000000001",
    "9007199254740993.5",
    "1e-99999999999999999999",
)


@pytest.mark.parametrize("text", WHOLE + HUGE_EXPONENTS)
def test_a_whole_number_is_an_integer_however_it_is_written(text: str) -> None:
    assert judge(with_quantity(text)).accepted


@pytest.mark.parametrize("text", FRACTIONS)
def test_a_fraction_is_no_integer_however_small_it_is(text: str) -> None:
    assert [hit.rule for hit in judge(with_quantity(text)).rules] == ["type: integer"]


@pytest.mark.parametrize("text", ["0", "-0", "0.0", "0e9", "0e-9", "-1", "-1.0", "-1e400", "-9e-0"])
def test_a_quantity_below_one_is_refused(text: str) -> None:
    (hit,) = judge(with_quantity(text)).rules
    assert (hit.place, hit.rule) == ("variants[0].quantity", "minimum: 1")
    assert text in hit.message


@pytest.mark.parametrize("text", ["true", "false", "null", '"1"', "[1]", "{}"])
def test_a_quantity_that_is_no_number_is_refused(text: str) -> None:
    assert [hit.rule for hit in judge(with_quantity(text)).rules] == ["type: integer"]


def test_any_number_is_fine_in_parameters() -> None:
    body = payload(events=[{"event_id": "a", "event_name": "Purchase", "parameters": {"value": "N"}}])
    for text in (b"95300.00", b"1e400", b"-0.5", b"1" * 30):
        assert judge(body.replace(b'"N"', text)).accepted
