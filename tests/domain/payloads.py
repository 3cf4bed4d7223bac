"""Payloads for property tests: mostly near the contract, each a few steps off it."""

from __future__ import annotations

from hypothesis import strategies as st

from events.domain.tree import Array, Json, Number, Object


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


def often(usual: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    """Usually what belongs there, sometimes anything."""
    return st.one_of(usual, usual, usual, usual, ANYTHING)


def listed(items: st.SearchStrategy[Json], **bounds: int) -> st.SearchStrategy[Json]:
    return st.lists(items, max_size=3, **bounds).map(lambda found: Array(tuple(found)))


def members(
    required: dict[str, st.SearchStrategy[Json]], more: dict[str, st.SearchStrategy[Json]]
) -> st.SearchStrategy[Json]:
    """An object that mostly has its required keys, now and then one missing or one too many."""
    odd = {"extra": ANYTHING} | required
    usual = st.fixed_dictionaries(required, optional=more)
    return st.one_of(usual, usual, usual, st.fixed_dictionaries({}, optional=odd | more)).map(of)


QUANTITIES = often(st.sampled_from(["1", "2", "1.0", "10e-1"]).map(Number))
EVENTS = members(
    {"event_id": often(TEXTS), "event_name": often(TEXTS)},
    {"parameters": often(st.dictionaries(st.sampled_from(["value", "currency"]), ANYTHING, max_size=2).map(of))},
)
USER_DATA = members(
    {},
    {
        "em": often(st.one_of(st.none(), TEXTS)),
        "country": often(TEXTS),
        "location_id": often(st.one_of(st.none(), NUMBERS)),
        "client_ip_address": often(TEXTS),
        "zp": ANYTHING,
    },
)
PAYLOADS: st.SearchStrategy[Json] = often(
    members(
        {"user_data": often(USER_DATA), "events": often(listed(often(EVENTS)))},
        {
            "event_source_url": often(st.one_of(st.none(), TEXTS)),
            "referrer_url": often(TEXTS),
            "variants": often(listed(often(members({"variant_unique_id": often(TEXTS), "quantity": QUANTITIES}, {})))),
            "bundle_price_options": often(
                listed(often(members({"bundle_price_option_unique_id": often(TEXTS), "quantity": QUANTITIES}, {})))
            ),
            "test_event_code": ANYTHING,
        },
    )
)
