"""The composer's small buttons: rows come, go and move, and nothing typed is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from events.domain.tree import Object, read, write
from events.forms.compose.actions import after, rebased
from events.forms.compose.building import build
from events.forms.compose.composition import Composition
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.values import Row
from tests.domain.payloads import PAYLOADS
from tests.forms.browser import posted
from tests.quickly import quickly

SOURCE = (
    '{"user_data":{"em":null,"zp":"40115"},"events":[{"event_id":"e1","event_name":"Purchase","parameters":'
    '{"value":95300.00,"currency":"IDR","content_ids":["a","b"],"status":true}}],'
    '"variants":[{"variant_unique_id":"variant_a","quantity":1},{"variant_unique_id":"variant_b","quantity":2}],'
    '"test_event_code":"TEST1"}'
)


def composition(source: str = SOURCE, **typed: str) -> Composition:
    """The form for a payload after somebody typed into it; dots of input names written as `__`."""
    tree = read(source)
    assert isinstance(tree, Object)
    drawn = Composition.of(tree)
    return Composition.from_post(posted(ComposeForm(drawn, build(drawn), ()), **typed))


def act(form: Composition, *actions: str) -> Composition:
    for action in actions:
        form = after(form, action, lambda: "new-id")
        form = Composition.from_post(posted(ComposeForm(form, build(form), ())))
    return form


def result(form: Composition) -> str:
    built = build(form)
    assert built.problems == {}
    return write(built.tree).decode()


def test_lines_are_moved_with_what_they_hold() -> None:
    moved = result(act(composition(variants__0__quantity="7"), "down:variants.0"))

    assert '[{"variant_unique_id":"variant_b","quantity":2},{"variant_unique_id":"variant_a","quantity":7}]' in moved


def test_the_last_line_that_goes_takes_its_list_along() -> None:
    assert '"variants"' not in result(act(composition(), "remove:variants.0", "remove:variants.0"))


def test_a_new_line_counts_one_and_is_missed_its_id() -> None:
    assert '{"quantity":1}]' in result(act(composition(), "add:variants"))


def test_a_second_event_gets_an_id_of_its_own() -> None:
    added = act(composition(), "add:events")

    assert '{"event_id":"new-id"}]' in result(added)


def test_a_new_id_replaces_the_old_one_only() -> None:
    assert '"event_id":"new-id","event_name":"Purchase"' in result(act(composition(), "new-id:events.0"))


def test_a_half_filled_row_stays_through_other_buttons() -> None:
    form = act(composition(), "add:events.0.rows")
    row = len(form.events[0].rows) - 1
    typed = Composition.from_post(
        posted(ComposeForm(form, build(form), ()), **{f"events__0__rows__{row}__key": "num_items"})
    )

    kept = act(typed, "add:variants", "add:extra", "up:variants.1")

    assert kept.events[0].rows[row].key == "num_items"
    assert "num_items" not in result(kept)


@pytest.mark.parametrize(("there", "back"), [("to-json", "to-form"), ("as-json:events.0", "as-rows:events.0")])
def test_a_half_filled_row_stays_through_json_and_back(there: str, back: str) -> None:
    form = named(act(composition(), "add:events.0.rows", "add:extra", "add:buyer_rows"), "content_name")

    returned = act(form, there, "nonsense", back)

    assert result(returned) == result(form)
    assert [row.key for row in returned.events[0].rows] == ["content_ids", "status", "content_name"]
    assert [row.key for row in returned.extra] == ["test_event_code", "content_name"]
    assert [row.key for row in returned.buyer_rows] == ["zp", "content_name"]


def test_a_half_filled_row_whose_name_was_filled_in_as_json_stands_there_once() -> None:
    form = act(named(act(composition(), "add:extra"), "utm_source"), "to-json")

    returned = act(replace(form, raw=form.raw.replace('"test_event_code"', '"utm_source"')), "to-form")

    assert [(row.key, row.value) for row in returned.extra] == [("utm_source", "TEST1")]


def named(form: Composition, key: str) -> Composition:
    """The form with a name in each row that was added last, and no value."""
    rows = (*form.events[0].rows[:-1], Row(key))
    buyer_rows = (*form.buyer_rows[:-1], Row(key)) if form.buyer_rows else ()
    return replace(
        form, events=(replace(form.events[0], rows=rows),), extra=(*form.extra[:-1], Row(key)), buyer_rows=buyer_rows
    )


def test_parameters_as_json_and_back_are_the_same() -> None:
    there = act(composition(), "as-json:events.0")
    back = act(there, "as-rows:events.0")

    assert there.events[0].as_json
    assert result(there) == result(back) == result(composition()) == SOURCE


def test_parameters_typed_as_json_come_back_as_rows() -> None:
    there = act(composition(), "as-json:events.0")
    typed = replace(there, events=(replace(there.events[0], raw='{"value": 1.50, "odd": {"a": null}}'),))

    back = act(typed, "as-rows:events.0")

    assert '"parameters":{"value":1.50,"odd":{"a":null}}' in result(back)
    assert [(row.key, row.kind) for row in back.events[0].rows] == [("odd", "json")]


def test_parameters_that_cannot_be_read_stay_as_they_were_typed() -> None:
    there = act(composition(), "as-json:events.0")
    typed = replace(there, events=(replace(there.events[0], raw='{"value": }'),))

    back = act(typed, "as-rows:events.0")

    assert back.events[0].raw == '{"value": }'
    assert build(back).problems["events.0.raw"].path == ("events", 0, "parameters")


def test_the_json_tab_holds_what_the_form_held() -> None:
    form = act(composition(user_data__fn="Wulan"), "to-json")

    assert form.mode == "json"
    assert '"fn": "Wulan"' in form.raw
    assert '"value": 95300.00' in form.raw


def test_switching_to_json_is_refused_while_an_input_cannot_be_read() -> None:
    form = composition(events__0__rows__0__kind="number", events__0__rows__0__value="dua")

    assert act(form, "to-json").mode == "form"
    assert act(form, "to-json").events[0].rows[0].value == "dua"


def test_json_that_cannot_be_read_stays_in_its_tab() -> None:
    form = replace(act(composition(), "to-json"), raw='{"events": [')

    back = act(form, "to-form")

    assert (back.mode, back.raw) == ("json", '{"events": [')


def test_a_request_of_a_thousand_events_is_edited_as_json() -> None:
    events = ",".join(f'{{"event_id":"{n}","event_name":"Lead"}}' for n in range(1000))
    form = composition(f'{{"user_data":{{}},"events":[{events}]}}')

    assert form.mode == "json"
    assert act(form, "to-form").mode == "json"


@pytest.mark.parametrize(
    ("kind", "typed", "json"),
    [
        ("text", " Kemeja ", '"Kemeja"'),
        ("number", "95300.00", "95300.00"),
        ("boolean", "TRUE", "true"),
        ("list", "a, b,,", '["a","b"]'),
        ("json", '{"a": 1.0}', '{"a":1.0}'),
        ("null", "", "null"),
    ],
)
def test_a_typed_row_becomes_a_value_of_its_kind(kind: str, typed: str, json: str) -> None:
    form = act(composition("{}"), "add:extra")
    changes = {"extra__0__key": "mine", "extra__0__kind": kind, "extra__0__value": typed}
    filled = Composition.from_post(posted(ComposeForm(form, build(form), ()), **changes))

    assert result(filled) == f'{{"mine":{json}}}'


@pytest.mark.parametrize(("kind", "typed"), [("number", "95.300,00"), ("boolean", "ya"), ("json", "{a}")])
def test_what_its_kind_cannot_be_made_of_is_named_beside_the_row(kind: str, typed: str) -> None:
    form = act(composition("{}"), "add:extra")
    changes = {"extra__0__key": "mine", "extra__0__kind": kind, "extra__0__value": typed}
    filled = Composition.from_post(posted(ComposeForm(form, build(form), ()), **changes))

    assert list(build(filled).problems) == ["extra.0.value"]


def test_a_name_that_stands_twice_is_refused_where_it_stands() -> None:
    form = act(composition("{}"), "add:extra", "add:extra")
    changes = {f"extra__{n}__{part}": "same" for n in (0, 1) for part in ("key", "value")}
    filled = Composition.from_post(posted(ComposeForm(form, build(form), ()), **changes))

    assert list(build(filled).problems) == ["extra.1.key"]


def test_a_row_that_takes_a_fields_own_name_is_refused() -> None:
    form = act(composition("{}"), "add:extra")
    filled = Composition.from_post(
        posted(ComposeForm(form, build(form), ()), extra__0__key="events", extra__0__value="x")
    )

    assert list(build(filled).problems) == ["extra.0.key"]


@given(PAYLOADS.filter(lambda tree: isinstance(tree, Object)), st.data())
def test_no_walk_through_the_buttons_changes_what_nobody_touched(tree: Object, data: st.DataObject) -> None:
    actions = ["as-json:events.0", "as-rows:events.0", "to-json", "to-form", "down:events.0", "up:events.1", "nonsense"]
    form = Composition.of(tree)
    for action in data.draw(st.lists(st.sampled_from(actions), max_size=4)):
        moves = action in ("down:events.0", "up:events.1")
        form = act(form, action, action) if moves and len(form.events) == 2 else act(form, "check" if moves else action)

    assert write(build(form).tree) == write(tree)


@given(PAYLOADS.filter(lambda tree: isinstance(tree, Object)))
def test_drawing_the_form_anew_over_what_it_stands_for_changes_nothing(tree: Object) -> None:
    form = Composition.of(tree)

    assert write(build(rebased(form, build(form))).tree) == write(tree)


def test_a_form_whose_hidden_base_holds_very_many_keys_is_read_quickly() -> None:
    keys = ",".join(f'"k{n}":1' for n in range(30_000))
    data = QueryDict(mutable=True)
    data["base"] = f'{{"user_data":{{{keys}}},"events":[],{keys}}}'

    with quickly():
        tree = build(Composition.from_post(data)).tree

    assert tree.keys() == ("user_data", "events")
