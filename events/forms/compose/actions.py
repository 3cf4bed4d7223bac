"""What the composer's small buttons do: each gives the form as it is drawn next, with everything typed still in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from events.domain import contract
from events.domain.text import Text
from events.domain.tree import Json, Object, pretty
from events.forms.compose.building import Built, build, drawn_pair, row_key
from events.forms.compose.composition import (
    FORM,
    JSON,
    MAX_EVENTS,
    MAX_LINES,
    MAX_ROWS,
    Composition,
    EventPart,
    LinePart,
    fits_form,
    listed,
    parameter_rows,
    parameters_of,
    parameters_texts,
)
from events.forms.compose.values import Row

Part = TypeVar("Part")
_ACTION = re.compile(
    r"(add|remove|up|down|new-id|as-json|as-rows):([a-z_]+)(?:\.(\d{1,4}))?(?:\.(rows)(?:\.(\d{1,4}))?)?\Z"
)

# An item of the store's catalogue for a line that is there already.
_PICK = re.compile(
    r"pick:(variants|bundle_price_options)\.([0-9]{1,4}):(variants|bundle_price_options):([\x21-\x7e]{1,128})\Z"
)


def after(composition: Composition, action: str, new_id: Callable[[], str]) -> Composition:
    """The form after a button named `action` (as `verb:place`); an unknown one changes nothing."""
    if action == "to-json":
        return to_json(composition)
    if action == "to-form":
        return to_form(composition)
    if picked := _PICK.match(action):
        return _with_item(composition, *picked.groups())
    match = _ACTION.match(action)
    if not match:
        return composition
    verb, place, number, rows, row_number = match.groups()
    index = int(number) if number else None
    if rows and place == "events" and index is not None:
        return _in_event_rows(composition, verb, index, int(row_number) if row_number else None)
    if verb in ("new-id", "as-json", "as-rows") and index is not None:
        return _in_event(composition, verb, index, new_id)
    return _in_list(composition, verb, place, index, new_id)


def hindrance(composition: Composition, action: str) -> Text | None:
    """Why a button changes nothing, where it is one that otherwise would."""
    match = _ACTION.match(action)
    if match and match[1] == "add":
        count, most = _room(composition, match)
        full = Text("The form holds {most} of these at most. For more, write them as raw JSON.", most=most)
        return full if count >= most else None
    if action not in ("to-json", "to-form") and not (match and match[1] in ("as-json", "as-rows")):
        return None
    built = build(composition)
    if built.problems:
        return Text("Some of what you typed cannot be read. Mend it first: it would be lost.")
    if action == "to-form" and not fits_form(built.tree):
        return Text("This is too large for the form: edit it as JSON.")
    return None


def _room(composition: Composition, add: re.Match[str]) -> tuple[int, int]:
    """How many there are of what a button adds, and how many there may be."""
    place, number = add[2], int(add[3] or 0)
    if place == "events" and not add[4]:
        return len(composition.events), MAX_EVENTS
    if place in composition.lines:
        return len(composition.lines[place]), MAX_LINES
    rows = {"extra": composition.extra, "buyer_rows": composition.buyer_rows}.get(place, ())
    if place == "events" and number < len(composition.events):
        rows = composition.events[number].rows
    return len(rows), MAX_ROWS


def focus_after(composition: Composition, action: str) -> str:
    """The ID of the element that a person goes on with after a button, or "" where it is the button itself.

    A new part wants filling in; a part that moved keeps the button under the hand, or its twin at the end of the list.
    Of an item that was chosen the quantity is asked next.
    """
    if picked := _PICK.match(action):
        kind = picked[3]
        index = int(picked[2]) if kind == picked[1] else len(composition.lines[kind]) - 1
        return f"in-{kind}-{index}-quantity"
    match = _ACTION.match(action)
    if not match:
        return ""
    verb, place, number, rows, _row = match.groups()
    if verb in ("up", "down") and number:
        return _moved_to(composition, verb, place, int(number))
    if verb != "add":
        return ""
    last = {"extra": composition.extra, "buyer_rows": composition.buyer_rows, "events": composition.events}
    if rows and number and int(number) < len(composition.events):
        return f"in-events-{number}-rows-{len(composition.events[int(number)].rows) - 1}-key"
    if place in composition.lines:
        return f"in-{place}-{len(composition.lines[place]) - 1}-{contract.LINE_ID_KEYS[place]}"
    if place not in last:
        return ""
    return f"in-{place}-{len(last[place]) - 1}-{'event_name' if place == 'events' else 'key'}"


def _moved_to(composition: Composition, verb: str, place: str, index: int) -> str:
    parts = composition.events if place == "events" else composition.lines.get(place, ())
    now = max(0, index - 1) if verb == "up" else min(len(parts) - 1, index + 1)
    at_end = now == (0 if verb == "up" else len(parts) - 1)
    usable = {"up": "down", "down": "up"}[verb] if at_end else verb
    return f"do-{usable}-{place}-{now}"


def to_json(composition: Composition) -> Composition:
    """The same payload as text; refused while an input cannot be read, since its text would be lost."""
    built = build(composition)
    if built.problems or composition.mode == JSON:
        return composition
    return with_waiting(replace(Composition.of(built.tree), mode=JSON), composition, built)


def to_form(composition: Composition) -> Composition:
    """The same payload as inputs; refused while the text cannot be read or is too large for inputs."""
    built = build(composition)
    if built.problems or composition.mode == FORM or not fits_form(built.tree):
        return composition
    return with_waiting(Composition.of(built.tree), composition, built)


def with_waiting(fresh: Composition, typed: Composition, built: Built) -> Composition:
    """`fresh`, drawn for what was built, with the rows that have a name and wait for a value: no payload holds them."""
    typed = typed if typed.mode == JSON else rebased(typed, built)
    events, empty = typed.events, EventPart()
    return replace(
        fresh,
        events=tuple(
            replace(part, rows=(*part.rows, *_waiting((events[n] if n < len(events) else empty).rows, part.rows)))
            for n, part in enumerate(fresh.events)
        ),
        extra=(*fresh.extra, *_waiting(typed.extra, fresh.extra)),
        buyer_rows=(*fresh.buyer_rows, *_waiting(typed.buyer_rows, fresh.buyer_rows)),
    )


def _waiting(rows: tuple[Row, ...], built: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    """Of rows over what they now stand for those that stand for nothing, but for a name that was built meanwhile."""
    there = {row.key for row in built}
    return tuple(row for row in rows if row.origin is None and row.key.strip() and row.key.strip() not in there)


def rebased(composition: Composition, built: Built) -> Composition:
    """The same form drawn over what it now stands for; half-filled rows stay half-filled."""
    tree, before = built.tree, composition.base
    events, drawn = listed(tree, "events"), listed(before, "events")
    return replace(
        composition,
        base=tree,
        events=tuple(
            replace(
                part,
                origin=index,
                rows=_rerooted(part.rows, _drawn_parameters(drawn, part), parameters_of(events[index])),
            )
            for index, part in enumerate(composition.events)
        ),
        lines={
            key: tuple(replace(part, origin=index) for index, part in enumerate(parts))
            for key, parts in composition.lines.items()
        },
        extra=_rerooted(composition.extra, before, tree),
        buyer_rows=_rerooted(composition.buyer_rows, before.get("user_data"), tree.get("user_data")),
    )


def _drawn_parameters(drawn: tuple[Json, ...], part: EventPart) -> Object:
    known = part.origin is not None and part.origin < len(drawn)
    return parameters_of(drawn[part.origin]) if known and part.origin is not None else Object()


def _rerooted(rows: tuple[Row, ...], drawn: Json, owner: Json) -> tuple[Row, ...]:
    """Rows that point into the new owner; a half-filled one, of which nothing was built, points nowhere."""
    before = drawn if isinstance(drawn, Object) else Object()
    present = owner.keys() if isinstance(owner, Object) else ()
    keys = [row_key(row, drawn_pair(before, row)) for row in rows]
    return tuple(
        replace(row, origin=present.index(key) if key in present else None) for row, key in zip(rows, keys, strict=True)
    )


def _in_list(
    composition: Composition, verb: str, place: str, index: int | None, new_id: Callable[[], str]
) -> Composition:
    if place == "events":
        blank = EventPart(texts={"event_name": "", "event_id": new_id()}, parameters={})
        return replace(composition, events=_changed(composition.events, verb, index, blank, MAX_EVENTS))
    if place == "extra":
        return replace(composition, extra=_changed(composition.extra, verb, index, Row(), MAX_ROWS))
    if place == "buyer_rows":
        return replace(composition, buyer_rows=_changed(composition.buyer_rows, verb, index, Row(), MAX_ROWS))
    if place in composition.lines:
        parts = _changed(composition.lines[place], verb, index, LinePart(quantity="1"), MAX_LINES)
        return replace(composition, lines={**composition.lines, place: parts})
    return composition


def _with_item(composition: Composition, place: str, number: str, kind: str, unique_id: str) -> Composition:
    """The line with this item in it; how many of it stays as it was typed.

    A line of the other kind moves to the end of that list: the contract keeps the two apart.
    """
    parts, index = list(composition.lines.get(place, ())), int(number)
    if index >= len(parts):
        return composition
    chosen = replace(parts[index], item_id=unique_id, quantity=parts[index].quantity.strip() or "1")
    if kind == place:
        parts[index] = chosen
        return replace(composition, lines={**composition.lines, place: tuple(parts)})
    del parts[index]
    moved = (*composition.lines.get(kind, ()), replace(chosen, origin=None))
    return replace(composition, lines={**composition.lines, place: tuple(parts), kind: moved})


def _in_event_rows(composition: Composition, verb: str, index: int, row: int | None) -> Composition:
    def changed(part: EventPart) -> EventPart:
        return replace(part, rows=_changed(part.rows, verb, row, Row(), MAX_ROWS))

    return _with_event(composition, index, changed)


def _in_event(composition: Composition, verb: str, index: int, new_id: Callable[[], str]) -> Composition:
    if verb == "new-id":
        return _with_event(composition, index, lambda part: replace(part, texts={**part.texts, "event_id": new_id()}))
    built = build(composition)
    if built.problems or index >= len(composition.events):
        return composition
    parameters = parameters_of(listed(built.tree, "events")[index])

    def switched(part: EventPart) -> EventPart:
        if verb == "as-json":
            return replace(part, as_json=True, raw=pretty(parameters), rows=_waiting(part.rows))
        texts, rows = parameters_texts(parameters), parameter_rows(parameters)
        return replace(part, as_json=False, raw="", parameters=texts, rows=(*rows, *_waiting(part.rows, rows)))

    return _with_event(rebased(composition, built), index, switched)


def _with_event(composition: Composition, index: int, change: Callable[[EventPart], EventPart]) -> Composition:
    events = tuple(change(part) if n == index else part for n, part in enumerate(composition.events))
    return replace(composition, events=events)


def _changed(parts: tuple[Part, ...], verb: str, index: int | None, blank: Part, most: int) -> tuple[Part, ...]:
    items = list(parts)
    if verb == "add" and len(items) < most:
        items.append(blank)
    elif index is not None and index < len(items):
        if verb == "remove":
            del items[index]
        elif verb in ("up", "down"):
            other = index - 1 if verb == "up" else index + 1
            if 0 <= other < len(items):
                items[index], items[other] = items[other], items[index]
    return tuple(items)
