"""JavaScript literals are read as a browser reads them, digit for digit, and nothing in them is ever run or guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain.reading.literal import NotLiteral, read_arguments, read_literal
from events.domain.tree import Json, format_path, pretty, read, write
from tests.domain.payloads import ANYTHING


def json_of(source: str) -> str:
    return write(read_literal(source)[0].tree).decode()


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("{value: 95300.00, 'currency': \"IDR\",}", '{"value":95300.00,"currency":"IDR"}'),
        ("[1, 2, , 'a',]", '[1,2,null,"a"]'),
        ("[.5, 5., -1_000, +7, 0x1F, 12n, 1e3]", "[0.5,5,-1000,7,31,12,1e3]"),
        ("100200300400500600700800900", "100200300400500600700800900"),
        (r"'Kemeja \'Parang\' \u00e9\x41\u{1F600}\ud83d\ude00\n'", "\"Kemeja 'Parang' éA😀😀\\n\""),
        ("`Kemeja\nBatik`", '"Kemeja\\nBatik"'),
        ("{/* a */ 1: true, // b\n $x: null}", '{"1":true,"$x":null}'),
        ("{value: 1, value: 2}", '{"value":2}'),
        ("JSON.stringify({value: 95300.00}, null, 2)", '"{\\"value\\":95300.00}"'),
        ("{‘value’: “Kemeja”}", '{"value":"Kemeja"}'),
    ],
)
def test_a_literal_says_what_it_says_in_a_browser(source: str, meant: str) -> None:
    assert json_of(source) == meant


@pytest.mark.parametrize(
    ("source", "rest", "unread"),
    [
        ("{value: total, currency: 'IDR'}", '{"currency":"IDR"}', ["value: total"]),
        ("{value: 10 * 2}", "{}", ["value: 10 * 2"]),
        ("{id: 'ORD-' + id}", "{}", ["id: 'ORD-' + id"]),
        ("{id: `ORD-${id}`}", "{}", ["id: `ORD-${id}`"]),
        ("{value: parseInt('12', 10), a: 1}", '{"a":1}', ["value: parseInt('12', 10)"]),
        ("{value: {{ order.total }}, a: 1}", '{"a":1}', ["value: {{ order.total }}"]),
        ("{...rest, short, f() { return {a: 1}; }, [key]: 1}", "{}", None),
        ("{ph: 0812}", "{}", ["ph: 0812"]),
        ("{contents: [{id: sku, quantity: 1}]}", '{"contents":[{"quantity":1}]}', ["contents[0].id: sku"]),
        ("{num_items: [sku].length}", "{}", ["num_items: [sku].length"]),
        ("{value: NaN, a: undefined}", "{}", ["value: NaN", "a: undefined"]),
        ("{on: () => ({a: 1}), b: 2}", '{"b":2}', ["on: () => ({a: 1})"]),
    ],
)
def test_what_only_a_running_page_knows_is_left_out_and_named(source: str, rest: str, unread: list[str] | None) -> None:
    value, end = read_literal(source)

    named = [f"{format_path(each.path)}: {each.source}" for each in value.unread]
    assert (write(value.tree).decode(), end) == (rest, len(source))
    assert len(named) == 4 if unread is None else named == unread


def test_a_variable_alone_has_no_value() -> None:
    assert not read_literal("payload")[0].is_known


@pytest.mark.parametrize("source", ["{a: 1", "'abc", "[1, 2", "{a 1", "{a: )}", "", "[" * 70 + "]" * 70, "{a: f(1}"])
def test_what_breaks_off_is_refused_with_its_place(source: str) -> None:
    with pytest.raises(NotLiteral):
        read_literal(source)


def test_arguments_end_with_their_call() -> None:
    text = "fbq('track', {a: ')'}, ) ; more"

    values, end = read_arguments(text, 4)

    assert [write(value.tree).decode() for value in values] == ['"track"', '{"a":")"}']
    assert text[end:] == " ; more"


@given(ANYTHING, st.booleans())
def test_every_json_is_a_literal_of_itself(tree: Json, is_pretty: bool) -> None:
    source = pretty(tree) if is_pretty else write(tree).decode()

    value, end = read_literal(source)

    assert (write(value.tree), end, value.unread) == (write(read(source)), len(source), ())
