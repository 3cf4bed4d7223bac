"""Payloads for property tests: allowed by the contract, or a step or two off it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from events.domain.payload import replaced
from events.domain.tree import Array, Json, Number, Object, walk


def of(pairs: dict[str, Json]) -> Object:
    return Object(tuple(pairs.items()))


NUMBERS = st.sampled_from(
    ["0", "-0", "1", "2", "1.0", "1.5", "-1", "10e-1", "1e0", "1E+2", "0.5e1", "1e-400", "1e400", "00e0"[1:], "0.0",
     "9" * 30, "1" + "0" * 400, "123456789012345678901234567890.0", "5e-1", "50e-1", "1e99999999999999999999999",
     "0e99999999999999999999999", "1e-99999999999999999999999"]
).map(Number)  # fmt: skip
TEXTS = st.sampled_from(["", "Purchase", "ord-88212", "store", "wulan.pertiwi@contoh.id", "\x00", "é", "\ud800"])
SCALARS: st.SearchStrategy[Json] = st.one_of(st.none(), st.booleans(), TEXTS, NUMBERS)
ANYTHING: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: Array(tuple(items))),
        st.dictionaries(st.sampled_from(["a", "b", "value"]), inner, max_size=3).map(of),
    ),
    max_leaves=5,
)


def listed(items: st.SearchStrategy[Json], least: int = 0) -> st.SearchStrategy[Json]:
    return st.lists(items, min_size=least, max_size=2).map(lambda found: Array(tuple(found)))


def members(required: dict[str, Any], more: dict[str, Any]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(required, optional=more).map(of)


def lines(id_key: str) -> st.SearchStrategy[Json]:
    quantities = st.sampled_from(["1", "2", "1.0", "10e-1", "9" * 30, "1E+2"]).map(Number)
    return listed(members({id_key: TEXTS, "quantity": quantities}, {}))


FREE = st.dictionaries(st.sampled_from(["value", "currency"]), ANYTHING, max_size=2).map(of)
NULLABLE = st.one_of(st.none(), TEXTS)
GOOD: st.SearchStrategy[Json] = members(
    {
        "user_data": members(
            {},
            {
                "em": NULLABLE,
                "country": TEXTS,
                "location_id": st.one_of(st.none(), st.sampled_from(["7", "1.0", "-3", "0e9"]).map(Number)),
                "client_ip_address": NULLABLE,
                "zp": ANYTHING,
            },
        ),
        "events": listed(members({"event_id": TEXTS, "event_name": TEXTS}, {"parameters": FREE}), least=1),
    },
    {
        "event_source_url": NULLABLE,
        "referrer_url": NULLABLE,
        "variants": lines("variant_unique_id"),
        "bundle_price_options": lines("bundle_price_option_unique_id"),
        "test_event_code": ANYTHING,
    },
)


@st.composite
def payloads(draw: st.DrawFn) -> Json:
    """A payload that the contract allows, with none, one or two of its values spoilt."""
    payload = draw(GOOD)
    for _ in range(draw(st.integers(0, 2))):
        path, value = draw(st.sampled_from(list(walk(payload))))
        payload = replaced(payload, path, draw(spoilt(value)))
    return payload


def spoilt(value: Json) -> st.SearchStrategy[Json]:
    """Something else in a value's place; of an object, mostly one key fewer or one too many."""
    if not isinstance(value, Object):
        return st.one_of(ANYTHING, NUMBERS) if not isinstance(value, Number) else st.one_of(NUMBERS, ANYTHING)
    fewer = [st.just(value.without(key)) for key, _ in value.pairs]
    more = ANYTHING.map(lambda extra: value.with_("extra", extra))
    return st.one_of(*fewer, more, ANYTHING)


PAYLOADS = payloads()
