"""A composition as a browser would send its form: what `Composition.from_post` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import QueryDict

from events.domain import contract
from events.forms.compose.composition import JSON, Composition, EventPart, base_text
from events.forms.compose.values import Row


def posted(composition: Composition, beside: QueryDict) -> QueryDict:
    """The form's data; what in `beside` is no part of the composition (store, channel …) goes along, no button does."""
    data = beside.copy()
    for name in [name for name in data if name == "do" or name.endswith(".n")]:
        del data[name]
    for name, value in _inputs(composition):
        if name.endswith(".n"):
            data.appendlist(name, value)
        else:
            data[name] = value
    return data


def _inputs(composition: Composition) -> Iterator[tuple[str, str]]:
    yield from {"mode": composition.mode, "base": base_text(composition), "raw": composition.raw}.items()
    if composition.mode == JSON:
        for number, event in enumerate(composition.events):
            yield from _rows(f"events.{number}.rows", event.rows)
    else:
        yield from _parts(composition)
    yield from _rows("extra", composition.extra)
    yield from _rows("buyer_rows", composition.buyer_rows)


def _parts(composition: Composition) -> Iterator[tuple[str, str]]:
    yield from composition.page.items()
    yield from _prefixed("user_data.", composition.buyer)
    for number, event in enumerate(composition.events):
        yield "events.n", str(number)
        yield from _prefixed(f"events.{number}.", _event(event))
        yield from _rows(f"events.{number}.rows", event.rows)
    for key, parts in composition.lines.items():
        for number, line in enumerate(parts):
            yield f"{key}.n", str(number)
            texts = {contract.LINE_ID_KEYS[key]: line.item_id, "quantity": line.quantity}
            yield from _prefixed(f"{key}.{number}.", texts | {"origin": _origin(line.origin)})


def _event(event: EventPart) -> dict[str, str]:
    parameters = {f"parameters.{key}": text for key, text in event.parameters.items()}
    shape = {"origin": _origin(event.origin), "as": JSON if event.as_json else "rows", "raw": event.raw}
    return {**shape, **event.texts, **parameters}


def _rows(prefix: str, rows: tuple[Row, ...]) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(rows):
        yield f"{prefix}.n", str(number)
        texts = {"origin": _origin(row.origin), "key": row.key, "kind": row.kind, "value": row.value}
        yield from _prefixed(f"{prefix}.{number}.", texts)


def _prefixed(prefix: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((prefix + name, text) for name, text in texts.items())


def _origin(place: int | None) -> str:
    return "" if place is None else str(place)
