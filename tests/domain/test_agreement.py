"""Two witnesses of one contract: our validator and the sandbox's judge share no code and never differ."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.tree import Json, NotJson, Number, read, write
from events.domain.validation import check
from events.sandbox.judge import judge
from tests.domain.payloads import ANYTHING, NUMBERS, PAYLOADS


@settings(max_examples=600)
@given(st.one_of(PAYLOADS, PAYLOADS, ANYTHING))
def test_validator_and_sandbox_give_the_same_verdict(payload: Json) -> None:
    body = write(payload)

    assert (check(payload) == ()) == judge(body).accepted


@given(NUMBERS)
@settings(max_examples=200)
def test_both_read_the_same_whole_numbers(number: Number) -> None:
    for where in ('"variants":[{"variant_unique_id":"v","quantity":%s}]', '"user_data":{"location_id":%s}'):
        member = where % number.text
        rest = '"events":[{"event_id":"1","event_name":"Lead"}]'
        body = f"{{{member},{rest}}}" if "user_data" in member else f'{{"user_data":{{}},{member},{rest}}}'

        assert (check(read(body)) == ()) == judge(body.encode()).accepted


@given(st.one_of(st.binary(max_size=40), st.text(alphabet='{}[]",:0123456789.eE-+ntrue falsx\\u', max_size=40)))
def test_reader_and_sandbox_refuse_the_same_text(source: bytes | str) -> None:
    body = source if isinstance(source, bytes) else source.encode()
    try:
        tree = read(body)
    except NotJson:
        assert not judge(body).accepted
    else:
        assert (check(tree) == ()) == judge(body).accepted
