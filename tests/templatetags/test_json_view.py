"""The coloured JSON of a page: the same document when copied, harmless when hostile, marked where findings are."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from events.domain.tree import Array, Json, Number, Object, Path, read
from events.templatetags.console import json_view
from tests.quickly import quickly

SCALARS = (
    st.none() | st.booleans() | st.text(max_size=70) | st.sampled_from(["0", "-1.50", "95300.00", "1e400"]).map(Number)
)


def objects(values: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    pairs = st.lists(st.tuples(st.text(max_size=20), values), max_size=3, unique_by=lambda pair: pair[0])
    return pairs.map(lambda found: Object(tuple(found)))


TREES: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda values: objects(values) | st.lists(values, max_size=3).map(lambda found: Array(tuple(found))),
    max_leaves=10,
)


def text_of(view: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", view))


@given(TREES)
def test_what_is_copied_from_the_page_is_the_same_json(tree: Json) -> None:
    assert read(text_of(json_view(tree))) == tree


@given(st.text(alphabet="<>\"&'/ahrefscipt="))
def test_stored_text_never_becomes_markup(text: str) -> None:
    view = json_view(Object(((text, text),)), {(text,): "error"})
    tags = set(re.findall(r"<(/?\w+)", view))
    assert tags == {"pre", "/pre", "span", "/span", "mark", "/mark"}


def test_htmx_leaves_stored_text_alone() -> None:
    assert " hx-disable>" in json_view(Object((("hx-get", "/people/"),)))


def test_a_short_object_stands_on_one_line() -> None:
    tree = read('{"value": 189000, "currency": "IDR"}')
    assert text_of(json_view(tree)) == '{ "value": 189000, "currency": "IDR" }'


def test_a_long_list_of_one_object_opens_on_one_line() -> None:
    tree = read('{"events": [{"event_id": "ord-88212-Purchase-of-Wulan", "event_name": "Purchase"}]}')
    lines = text_of(json_view(tree)).splitlines()
    assert lines[1] == '  "events": [{'
    assert lines[-2:] == ["  }]", "}"]


def test_a_value_with_a_finding_carries_its_severity() -> None:
    view = json_view(read('{"user_data": {"ph": "081290076543"}}'), {("user_data", "ph"): "warning"})
    assert '<mark data-severity="warning" data-path="user_data.ph"><span class="json-key">' in view


def test_a_list_and_its_only_object_may_both_be_marked() -> None:
    tree = read('{"variants": [{"variant_unique_id": "variant_k3R9vQ2mLx8TzYp4k3R9vQ2mLx8TzYp4", "quantity": 0}]}')
    view = json_view(tree, {("variants",): "hint", ("variants", 0): "error"})
    assert 'data-path="variants"' in view
    assert 'data-path="variants[0]"' in view


def test_a_finding_on_a_missing_key_marks_the_object_that_lacks_it() -> None:
    view = json_view(read('{"events": [{}]}'), {("events", 0, "event_name"): "error"})
    assert 'data-path="events[0]"' in view


def test_an_error_wins_over_a_warning_at_the_same_place() -> None:
    marks = {("events", 0, "event_name"): "error", ("events", 0): "warning"}
    view = json_view(read('{"events": [{}]}'), marks)
    assert 'data-severity="error" data-path="events[0]"' in view
    assert 'data-severity="warning"' not in view


def test_a_huge_document_ends_with_an_ellipsis() -> None:
    tree = Array(tuple("batik" * 20 for _ in range(5000)))
    lines = text_of(json_view(tree)).splitlines()
    assert len(lines) == 1001
    assert lines[-1] == "…"


def test_as_many_marks_as_a_document_has_lines_cost_little() -> None:
    keys = Object(tuple((f"k{n}", None) for n in range(10_000)))
    tree = Object((("variants", Array((Number("0"),) * 10_000)), ("x", keys)))
    marks: dict[Path, str] = {("variants", n): "error" for n in range(10_000)}
    marks |= {("x", f"k{n}"): "error" for n in range(10_000)}

    with quickly():
        assert 'data-path="variants[0]"' in json_view(tree, marks)
