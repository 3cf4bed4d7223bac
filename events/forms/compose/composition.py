"""The state of the composer: every text as it was typed, over the payload from which the form was drawn.

`base` is that payload. An input that still holds what was drawn in it leaves the base's value alone, so `null`, `""`,
`95300.00` and keys that no form knows survive any number of switches between form and JSON.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from events.domain import contract
from events.domain.tree import Array, Json, NotJson, Object, at, pretty, read, write
from events.forms.compose.fields import (
    BUYER_FIELDS,
    EVENT_FIELDS,
    LINE_KEYS,
    PAGE_FIELDS,
    PARAMETER_FIELDS,
    PARAMETER_KEYS,
    Field,
)
from events.forms.compose.values import KINDS, Row, row_of, shown

FORM, JSON = "form", "json"
# Beyond this a form of inputs is slower to use than the text, and a request would hold too many fields.
MAX_EVENTS, MAX_LINES, MAX_ROWS = 25, 200, 200


@dataclass(frozen=True)
class EventPart:
    """One event of the form. `origin` is its place in the base, None for a new one."""

    origin: int | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    as_json: bool = False
    raw: str = ""


@dataclass(frozen=True)
class LinePart:
    """One line of the cart."""

    origin: int | None = None
    item_id: str = ""
    quantity: str = ""


@dataclass(frozen=True)
class Composition:
    """Everything that the composer holds; immutable, so that an action gives a new one."""

    base: Object = field(default_factory=Object)
    mode: str = FORM
    raw: str = ""
    page: Mapping[str, str] = field(default_factory=dict)
    buyer: Mapping[str, str] = field(default_factory=dict)
    events: tuple[EventPart, ...] = ()
    lines: Mapping[str, tuple[LinePart, ...]] = field(default_factory=dict)
    extra: tuple[Row, ...] = ()
    buyer_rows: tuple[Row, ...] = ()

    @property
    def item_ids(self) -> list[str]:
        """What stands in the lines as their IDs, be it one or a name that is looked for."""
        return [part.item_id.strip() for parts in self.lines.values() for part in parts]

    @classmethod
    def of(cls, tree: Object) -> Composition:
        """The form as it is drawn for a payload; one too large for inputs is drawn as JSON."""
        buyer = tree.get("user_data")
        known = contract.TOP_KEYS
        return cls(
            base=tree,
            mode=FORM if fits_form(tree) else JSON,
            raw=pretty(tree),
            page=_texts(PAGE_FIELDS, tree),
            buyer=_texts(BUYER_FIELDS, buyer),
            events=tuple(_event_part(index, event) for index, event in enumerate(listed(tree, "events"))),
            lines={
                key: tuple(_line_part(key, index, line) for index, line in enumerate(listed(tree, key)))
                for key in LINE_KEYS
            },
            extra=_rows(tree, known),
            buyer_rows=_rows(buyer, tuple(field.key for field in BUYER_FIELDS)),
        )

    @classmethod
    def from_post(cls, data: QueryDict) -> Composition:
        """The form as it came back. Never raises: what is malformed is kept for the page to point at."""
        base = _base(data.get("base", ""))
        if data.get("mode") == JSON:
            return cls._from_text(base, data)
        return cls(
            base=base,
            raw=pretty(base),
            page=_typed(data, "", PAGE_FIELDS),
            buyer=_typed(data, "user_data.", BUYER_FIELDS),
            events=tuple(_posted_event(data, f"events.{n}.") for n in _numbers(data, "events", MAX_EVENTS)),
            lines={
                key: tuple(_posted_line(data, key, f"{key}.{n}.") for n in _numbers(data, key, MAX_LINES))
                for key in LINE_KEYS
            },
            extra=_posted_rows(data, "extra"),
            buyer_rows=_posted_rows(data, "buyer_rows"),
        )

    @classmethod
    def _from_text(cls, base: Object, data: QueryDict) -> Composition:
        """The JSON tab as it came back; the rows that wait for a value go along unseen."""
        drawn = cls.of(base)
        return replace(
            drawn,
            mode=JSON,
            raw=data.get("raw", "").replace("\r\n", "\n"),
            events=tuple(
                replace(part, rows=_posted_rows(data, f"events.{n}.rows")) for n, part in enumerate(drawn.events)
            ),
            extra=_posted_rows(data, "extra"),
            buyer_rows=_posted_rows(data, "buyer_rows"),
        )


def fits_form(tree: Object) -> bool:
    """Whether a payload is small enough for a form of inputs."""
    lines = sum(len(listed(tree, key)) for key in LINE_KEYS)
    buyer = tree.get("user_data")
    rows = len(tree.pairs) + (len(buyer.pairs) if isinstance(buyer, Object) else 0)
    rows += sum(len(parameters_of(event).pairs) for event in listed(tree, "events"))
    return len(listed(tree, "events")) <= MAX_EVENTS and lines <= MAX_LINES and rows <= MAX_ROWS


def listed(tree: Object, key: str) -> tuple[Json, ...]:
    """The entries of a list, or none where the payload holds something else in its place."""
    value = tree.get(key)
    return value.items if isinstance(value, Array) else ()


def parameters_of(event: Json) -> Object:
    parameters = event.get("parameters") if isinstance(event, Object) else None
    return parameters if isinstance(parameters, Object) else Object()


def _texts(fields: tuple[Field, ...], owner: Json) -> dict[str, str]:
    return {field.key: shown(at(owner, (field.key,))) for field in fields}


def _rows(owner: Json, known: tuple[str, ...]) -> tuple[Row, ...]:
    pairs = owner.pairs if isinstance(owner, Object) else ()
    return tuple(row_of(key, value, index) for index, (key, value) in enumerate(pairs) if key not in known)


def _event_part(index: int, event: Json) -> EventPart:
    parameters = parameters_of(event)
    return EventPart(
        origin=index,
        texts=_texts(EVENT_FIELDS, event),
        parameters=parameters_texts(parameters),
        rows=parameter_rows(parameters),
    )


def parameters_texts(parameters: Object) -> dict[str, str]:
    return _texts(PARAMETER_FIELDS, parameters)


def parameter_rows(parameters: Object) -> tuple[Row, ...]:
    return _rows(parameters, PARAMETER_KEYS)


def _line_part(key: str, index: int, line: Json) -> LinePart:
    item_id, quantity = at(line, (contract.LINE_ID_KEYS[key],)), at(line, ("quantity",))
    return LinePart(origin=index, item_id=shown(item_id), quantity=shown(quantity))


def _base(text: str) -> Object:
    try:
        tree = read(text)
    except NotJson:
        return Object()
    return tree if isinstance(tree, Object) else Object()


def _typed(data: QueryDict, prefix: str, fields: tuple[Field, ...]) -> dict[str, str]:
    return {field.key: data.get(prefix + field.key, "") for field in fields}


def _numbers(data: QueryDict, key: str, most: int) -> list[int]:
    """The numbers of the parts that were drawn, in the order in which they stood in the form."""
    found = [int(number) for number in data.getlist(f"{key}.n") if re.fullmatch(r"\d{1,4}", number)]
    return list(dict.fromkeys(found))[:most]


def _origin(data: QueryDict, prefix: str) -> int | None:
    text = data.get(prefix + "origin", "")
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def _posted_event(data: QueryDict, prefix: str) -> EventPart:
    return EventPart(
        origin=_origin(data, prefix),
        texts=_typed(data, prefix, EVENT_FIELDS),
        parameters=_typed(data, prefix + "parameters.", PARAMETER_FIELDS),
        rows=_posted_rows(data, prefix + "rows"),
        as_json=data.get(prefix + "as") == JSON,
        raw=data.get(prefix + "raw", ""),
    )


def _posted_line(data: QueryDict, key: str, prefix: str) -> LinePart:
    item_id = data.get(prefix + contract.LINE_ID_KEYS[key], "")
    return LinePart(origin=_origin(data, prefix), item_id=item_id, quantity=data.get(prefix + "quantity", ""))


def _posted_rows(data: QueryDict, prefix: str) -> tuple[Row, ...]:
    return tuple(_posted_row(data, f"{prefix}.{n}.") for n in _numbers(data, prefix, MAX_ROWS))


def _posted_row(data: QueryDict, prefix: str) -> Row:
    kind = data.get(prefix + "kind", "")
    return Row(
        key=data.get(prefix + "key", ""),
        kind=kind if kind in KINDS else "text",
        value=data.get(prefix + "value", ""),
        origin=_origin(data, prefix),
    )


def base_text(composition: Composition) -> str:
    """The base as the hidden field carries it."""
    return write(composition.base).decode()
