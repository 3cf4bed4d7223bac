"""The form drawn over a payload that a fix changed, with everything in it that stands for nothing yet."""

from __future__ import annotations

from dataclasses import replace

from events.domain.tree import Json, Object, at, pretty
from events.forms.compose.actions import with_waiting
from events.forms.compose.building import Built, Rows, drawn_pair, row_key
from events.forms.compose.composition import JSON, Composition, EventPart, listed, parameters_of
from events.forms.compose.values import Row


def redrawn(composition: Composition, built: Built, tree: Object) -> Composition:
    """The form of `tree`, which differs by a few values from what `composition` was built into, and by no part.

    Rows that are half filled or cannot be read stay as they were typed: nothing in the payload stands for them.
    """
    fresh = replace(Composition.of(tree), mode=composition.mode)
    if composition.mode == JSON:
        return with_waiting(fresh, composition, built)
    base, buyer = composition.base, Rows(composition.buyer_rows, "buyer_rows", ("user_data",))
    pairs = enumerate(zip(composition.events, fresh.events, strict=False))
    return replace(
        fresh,
        events=tuple(_event(index, typed, new, base, built, tree) for index, (typed, new) in pairs),
        extra=_rows(Rows(composition.extra, "extra"), base, fresh.extra, built, tree),
        buyer_rows=_rows(buyer, base.get("user_data"), fresh.buyer_rows, built, tree),
    )


def _event(index: int, typed: EventPart, fresh: EventPart, base: Object, built: Built, tree: Object) -> EventPart:
    if f"events.{index}.raw" in built.problems:
        return replace(fresh, as_json=True, raw=typed.raw)
    parameters = parameters_of(listed(tree, "events")[index])
    if typed.as_json:
        return replace(fresh, as_json=True, raw=pretty(parameters))
    drawn = parameters_of(at(base, ("events", typed.origin))) if typed.origin is not None else None
    place = Rows(typed.rows, f"events.{index}.rows", ("events", index, "parameters"))
    return replace(fresh, rows=_rows(place, drawn, fresh.rows, built, tree))


def _rows(place: Rows, base: Json, fresh: tuple[Row, ...], built: Built, tree: Object) -> tuple[Row, ...]:
    drawn, before, after = (_object(each) for each in (base, at(built.tree, place.path), at(tree, place.path)))
    new = {row_key(row, drawn_pair(after, row)): row for row in fresh}
    found = []
    for index, row in enumerate(place.rows):
        key, name = row_key(row, drawn_pair(drawn, row)), f"{place.prefix}.{index}"
        if key not in before or {f"{name}.key", f"{name}.value"} & built.problems.keys():
            known = new.pop(key, None)
            found.append(replace(row, origin=known.origin if known else None))
        elif key in new:
            found.append(new.pop(key))
    return (*found, *new.values())


def _object(value: Json) -> Object:
    return value if isinstance(value, Object) else Object()
