"""Switching between form and JSON keeps every key, every digit and every odd value."""

from __future__ import annotations

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from events.domain.tree import Array, Json, Number, Object, read, write
from events.forms.compose.building import build
from events.forms.compose.composition import Composition
from events.forms.compose.drawing import ComposeForm
from tests.forms.browser import posted

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=12),
    st.sampled_from(["95300.00", "0", "-0.0", "1e400", "123456789012345678901234567890"]).map(Number),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: Array(tuple(items))),
        st.dictionaries(st.text(max_size=6), inner, max_size=3).map(lambda d: Object(tuple(d.items()))),
    ),
    max_leaves=6,
)
KEYS = st.one_of(
    st.sampled_from(
        [
            "event_source_url",
            "referrer_url",
            "user_data",
            "events",
            "variants",
            "bundle_price_options",
            "test_event_code",
        ]
    ),
    st.text(min_size=1, max_size=8),
)
EVENT = st.dictionaries(
    st.sampled_from(["event_id", "event_name", "parameters", "value", "odd key"]),
    st.one_of(
        VALUES,
        st.dictionaries(st.sampled_from(["value", "currency", "x"]), VALUES).map(lambda d: Object(tuple(d.items()))),
    ),
    max_size=4,
).map(lambda d: Object(tuple(d.items())))
LINE = st.dictionaries(st.sampled_from(["variant_unique_id", "quantity", "sku"]), VALUES, max_size=3).map(
    lambda d: Object(tuple(d.items()))
)
LISTS = st.one_of(
    st.lists(st.one_of(EVENT, LINE, VALUES), max_size=3).map(lambda items: Array(tuple(items))),
    st.dictionaries(st.sampled_from(["em", "ph", "fn", "location_id", "zp", "odd"]), VALUES, max_size=4).map(
        lambda d: Object(tuple(d.items()))
    ),
    VALUES,
)
PAYLOADS = st.dictionaries(KEYS, LISTS, max_size=6).map(lambda d: Object(tuple(d.items())))


@given(PAYLOADS)
def test_a_form_that_nobody_touched_gives_back_the_payload_it_was_drawn_for(tree: Object) -> None:
    drawn = ComposeForm(Composition.of(tree), build(Composition.of(tree)), ())

    back = build(Composition.from_post(posted(drawn)))

    assert write(back.tree) == write(tree)
    assert back.problems == {}


def test_text_in_the_json_tab_is_the_payload() -> None:
    data = QueryDict(mutable=True)
    data.update({"mode": "json", "base": "{}", "raw": '{"a": 95300.00, "b": null}'})

    built = build(Composition.from_post(data))

    assert built.tree == read('{"a":95300.00,"b":null}')


def _json(tree: Json) -> str:
    return write(tree).decode()
