"""There is no payload on which the rules raise, and each fix can be applied to the payload that it was made for."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain.circumstances import Circumstances, History, Use
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import NOW
from events.domain.landing import landed
from events.domain.match_keys import match_keys
from events.domain.meta_forms import compared
from events.domain.patch import apply, before_and_after
from events.domain.payload import Payload
from events.domain.tree import Array, Json, Number, Object, read, write
from tests.domain.payloads import ANYTHING, PAYLOADS, listed, members, of
from tests.quickly import quickly

ODD_TEXTS = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"\A[ +0-9().,-]{0,20}\Z"),
    st.from_regex(r"\A[\d.,]{1,8}\Z"),  # in the digits of any script
    st.sampled_from(
        ['[{"id": "KMJ"}]', '["KMJ", 7]', "[[", "KMJ-1, KMJ-2", "1,5 juta", "Wulan Pertiwi", "81290076543"]
    ),
    st.from_regex(
        r"\A(fb\.\d?\.\d{0,14}\.[A-Za-z0-9%.]{0,12}|[a-z. @]{0,20}|Rp ?[0-9.,]{0,12}|https?://[a-z.:/?=@%\[\]]{0,30}"
        r"(\?fbclid=[A-Za-z%.]{0,9})?)\Z"
    ),
)
ODD: st.SearchStrategy[Json] = st.one_of(ODD_TEXTS, ANYTHING)
USERS = st.dictionaries(
    st.sampled_from(["em", "ph", "fn", "ln", "ct", "st", "country", "fbc", "fbp", "external_id", "ge", "email"]), ODD
).map(of)
PRODUCTS = st.dictionaries(st.sampled_from(["id", "quantity", "item_price"]), ODD).map(of)
CONTENTS = st.one_of(ODD, st.lists(st.one_of(PRODUCTS, ODD), max_size=3).map(lambda each: Array(tuple(each))))
NAMES = ["value", "currency", "content_ids", "content_type", "num_items", "delivery_category", "order_id"]
NAMES += ["predicted_ltv", "nama"]
PARAMETERS = st.builds(
    lambda contents, rest: of({"contents": contents} | rest), CONTENTS, st.dictionaries(st.sampled_from(NAMES), ODD)
)
EVENT_NAMES: st.SearchStrategy[Json] = st.one_of(st.sampled_from(["Purchase", "AddToCart", "purchase", "sign_up"]), ODD)
EVENTS = members({"event_id": ODD, "event_name": EVENT_NAMES}, {"parameters": st.one_of(PARAMETERS, ODD)})
LIKELY = members(
    {"events": listed(EVENTS)},
    {"user_data": st.one_of(USERS, ODD), "event_source_url": ODD, "referrer_url": ODD, "test_event_code": ODD},
)
USE = Use(event=0, delivery=7, event_name="Purchase", age=timedelta(hours=2))
KNOWN = st.builds(
    Circumstances,
    country=st.sampled_from(["", "id", "us", "xx"]),
    currency=st.sampled_from(["", "IDR"]),
    hosts=st.sampled_from([(), ("batiknusantara.contoh.id",)]),
    now=st.sampled_from([None, NOW]),
    landing_url=st.one_of(ODD_TEXTS, st.just("https://batiknusantara.contoh.id/?fbclid=IwAR2F4-dbP0l7Mn1IawQQ")),
    history=st.just(History((USE,), (USE,), 1)),
)


@given(st.one_of(LIKELY, PAYLOADS), KNOWN)
def test_no_payload_makes_the_rules_raise_and_every_fix_can_be_applied(tree: Json, known: Circumstances) -> None:
    payload = Payload.of(tree)
    for finding in review(payload, known):
        assert read(write(apply(payload.tree, finding.fix))) is not None
        for operation in finding.fix:
            before_and_after(payload.tree, operation)
            assert read(write(operation.as_json())) == operation.as_json()


@given(st.one_of(LIKELY, PAYLOADS), KNOWN)
def test_no_payload_keeps_its_buyer_from_being_compared_and_its_click_from_being_judged(
    tree: Json, known: Circumstances
) -> None:
    payload = Payload.of(tree)
    findings = review(payload, known)

    assert len(match_keys(payload, findings, by_browser=False).steps) == 8
    assert landed(known.landing_url, findings).standing
    for value in compared(payload):
        assert {len(value.sdk_hash), len(value.builder_hash)} <= {0, 64}
        assert value.agree or value.why


SIGNS = ["a", "a.", "a@", "0", "8 ", " ", "fb.1.", "%", "Rp1.", "é", "/ "]
PLACES = ["em", "ph", "fn", "ct", "st", "country", "fbc", "fbp", "value", "currency", "event_source_url", "event_id"]


@pytest.mark.parametrize(("sign", "place"), list(product(SIGNS, PLACES)))
def test_very_many_letters_are_judged_quickly(sign: str, place: str) -> None:
    long = sign * (200_000 // len(sign))
    parameters = of({"value": long if place == "value" else Number("1"), "currency": long})
    event = of({"event_id": long, "event_name": "Purchase", "parameters": parameters})
    user = of({place: long}) if place in PLACES[:8] else Object()
    payload = Payload(of({"event_source_url": long, "user_data": user, "events": Array((event,))}))

    with quickly():
        review(payload, Circumstances(country="id", currency="IDR", hosts=("contoh.id",), now=NOW, landing_url=long))
