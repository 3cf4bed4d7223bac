"""A button of the composer that cannot do what it says tells why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from events.domain.tree import Object, read
from events.forms.compose.actions import after, hindrance
from events.forms.compose.composition import MAX_EVENTS, MAX_LINES, MAX_ROWS, Composition


def form_of(*, lines: int = 0, events: int = 0, rows: int = 0, extra: int = 0) -> Composition:
    made = {
        "variants": ",".join('{"variant_unique_id":"variant_a","quantity":1}' for _ in range(lines)),
        "events": ",".join(
            f'{{"event_id":"e{n}","parameters":{{{",".join(f""""p{row}":1""" for row in range(rows))}}}}}'
            for n in range(events)
        ),
    }
    keys = "".join(f',"k{n}":1' for n in range(extra))
    tree = read(f'{{"events":[{made["events"]}],"variants":[{made["variants"]}]{keys}}}')
    assert isinstance(tree, Object)
    return replace(Composition.of(tree), mode="form")


@pytest.mark.parametrize(
    ("form", "button"),
    [
        (form_of(lines=MAX_LINES), "add:variants"),
        (form_of(events=MAX_EVENTS), "add:events"),
        (form_of(events=1, rows=MAX_ROWS), "add:events.0.rows"),
        (form_of(extra=MAX_ROWS), "add:extra"),
    ],
)
def test_a_form_that_is_full_names_its_limit(form: Composition, button: str) -> None:
    assert after(form, button, str) == form
    assert "at most. For more, write them as raw JSON." in str(hindrance(form, button))


def test_one_more_is_added_without_a_word() -> None:
    form = form_of(lines=MAX_LINES - 1, events=1)

    assert [hindrance(form, button) for button in ("add:variants", "add:events", "add:events.0.rows", "check")] == [
        None
    ] * 4


@pytest.mark.parametrize("size", [{"lines": MAX_LINES + 1}, {"events": MAX_EVENTS + 1}])
def test_json_that_is_too_large_for_the_form_says_so(size: dict[str, int]) -> None:
    form = replace(form_of(**size), mode="json")

    assert after(form, "to-form", str).mode == "json"
    assert hindrance(form, "to-form") == "This is too large for the form: edit it as JSON."


def test_a_tab_that_stays_since_something_cannot_be_read_says_so() -> None:
    form = replace(form_of(), mode="json", raw="{")

    assert "cannot be read. Mend it first" in str(hindrance(form, "to-form"))
