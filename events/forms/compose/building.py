"""From the state of the form to the payload that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from events.domain import contract
from events.domain.finding import Finding, Severity
from events.domain.presets import unfilled
from events.domain.text import Text
from events.domain.tree import Array, Json, Object, Path, at
from events.forms.compose.composition import (
    JSON,
    Composition,
    EventPart,
    LinePart,
    listed,
    parameters_of,
)
from events.forms.compose.fields import BUYER_FIELDS, EVENT_FIELDS, LINE_KEYS, PAGE_FIELDS, PARAMETER_FIELDS, Field
from events.forms.compose.values import Mistyped, Row, from_row, kind_of, number_or_text, read_typed, same, shown

# The name of the input that holds the whole request as text.
RAW = "raw"
# Where an input of the form cannot be said as a path of the payload, its problem hangs on the input's name.
InputName = str


@dataclass(frozen=True)
class Rows:
    """Rows of free keys, the start of their inputs' names, and the path of the object that they belong to."""

    rows: tuple[Row, ...]
    prefix: str
    path: Path = ()


@dataclass
class Built:
    """The payload of a form, what could not be read, and which placeholders nobody filled in.

    With either nothing can be sent, not even on purpose.
    """

    tree: Object
    problems: dict[InputName, Finding] = field(default_factory=dict)
    unfilled: tuple[Finding, ...] = ()

    @property
    def is_unread(self) -> bool:
        """Whether the whole text cannot be read: then the form stands for nothing, and there is nothing to judge."""
        return RAW in self.problems

    def cannot_read(self, name: InputName, text: Text, path: Path = ()) -> None:
        self.problems[name] = Finding("F001", Severity.ERROR, path, text)


def build(composition: Composition) -> Built:
    """The payload that the form stands for; `problems` names the inputs that stand for nothing."""
    built = Built(composition.base)
    if composition.mode == JSON:
        _read_raw(composition, built)
    else:
        _read_form(composition, built)
    built.unfilled = unfilled(built.tree)
    return built


def _read_form(composition: Composition, built: Built) -> None:
    tree = _with_fields(composition.base, PAGE_FIELDS, composition.page, contract.TOP_KEYS)
    tree = _with_part(tree, "user_data", _buyer(composition, tree, built))
    tree = _with_part(tree, "events", _events(composition, tree, built))
    for key in LINE_KEYS:
        tree = _with_part(tree, key, _lines(composition, tree, key))
    built.tree = _with_rows(tree, Rows(composition.extra, "extra"), composition.base, built, contract.TOP_KEYS)


def _read_raw(composition: Composition, built: Built) -> None:
    built.tree = Object()
    try:
        tree = read_typed(composition.raw)
    except Mistyped as problem:
        built.cannot_read(RAW, problem.text)
        return
    if isinstance(tree, Object):
        built.tree = tree
    else:
        built.cannot_read(RAW, Text("The request must be one JSON object, written in { }."))


class _Untouched:
    """Says of a part of the payload that the form leaves it as it was."""


class _Absent:
    """Says of a part of the payload that the form takes it out."""


_UNTOUCHED, _ABSENT = _Untouched(), _Absent()


def _with_part(tree: Object, key: str, value: Json | _Untouched | _Absent) -> Object:
    if isinstance(value, _Absent):
        return tree.without(key)
    return tree if isinstance(value, _Untouched) else _placed(tree, key, value, contract.TOP_KEYS)


def _buyer(composition: Composition, tree: Object, built: Built) -> Json | _Untouched:
    drawn = tree.get("user_data")
    if "user_data" in tree and not isinstance(drawn, Object):
        return _UNTOUCHED
    owner = drawn if isinstance(drawn, Object) else Object()
    filled = _with_fields(owner, BUYER_FIELDS, composition.buyer, contract.USER_KEYS)
    known = tuple(field.key for field in BUYER_FIELDS)
    rows = Rows(composition.buyer_rows, "buyer_rows", ("user_data",))
    filled = _with_rows(filled, rows, owner, built, known)
    return filled if filled.pairs or "user_data" in tree else _UNTOUCHED


def _events(composition: Composition, tree: Object, built: Built) -> Json | _Untouched:
    drawn = listed(tree, "events")
    if not composition.events and (not drawn or "events" not in tree):
        return _UNTOUCHED
    parts = enumerate(composition.events)
    return Array(tuple(_event(part, index, _original(drawn, part.origin), built) for index, part in parts))


def _event(part: EventPart, index: int, original: Json, built: Built) -> Json:
    if not isinstance(original, Object):
        return original
    event = _with_fields(original, EVENT_FIELDS, part.texts, contract.EVENT_KEYS)
    if "parameters" in event and not isinstance(event.get("parameters"), Object):
        return event
    parameters = _parameters(part, index, parameters_of(original), built)
    if parameters.pairs or "parameters" in event:
        return _placed(event, "parameters", parameters, contract.EVENT_KEYS)
    return event


def _parameters(part: EventPart, index: int, drawn: Object, built: Built) -> Object:
    path: Path = ("events", index, "parameters")
    if part.as_json:
        return _parameters_as_json(part, index, drawn, built)
    keys = tuple(field.key for field in PARAMETER_FIELDS)
    filled = _with_fields(drawn, PARAMETER_FIELDS, part.parameters, keys)
    return _with_rows(filled, Rows(part.rows, f"events.{index}.rows", path), drawn, built, keys)


def _parameters_as_json(part: EventPart, index: int, drawn: Object, built: Built) -> Object:
    name, path = f"events.{index}.raw", ("events", index, "parameters")
    if not part.raw.strip():
        return Object()
    try:
        tree = read_typed(part.raw)
    except Mistyped as problem:
        built.cannot_read(name, problem.text, path)
        return drawn
    if isinstance(tree, Object):
        return tree
    built.cannot_read(name, Text("Parameters are one JSON object, written in { }."), path)
    return drawn


def _lines(composition: Composition, tree: Object, key: str) -> Json | _Untouched | _Absent:
    parts, drawn = composition.lines.get(key, ()), listed(tree, key)
    if not parts:
        # Removing the last line removes the list; a list that was drawn empty, or is no list, stays.
        return _ABSENT if drawn else _UNTOUCHED
    return Array(tuple(_line(part, key, _original(drawn, part.origin)) for part in parts))


def _line(part: LinePart, key: str, original: Json) -> Json:
    if not isinstance(original, Object):
        return original
    id_key = contract.LINE_ID_KEYS[key]
    line = _with_text(original, id_key, part.item_id, str, (id_key, "quantity"))
    return _with_text(line, "quantity", part.quantity, number_or_text, (id_key, "quantity"))


def _original(drawn: tuple[Json, ...], origin: int | None) -> Json:
    return drawn[origin] if origin is not None and origin < len(drawn) else Object()


def _with_fields(owner: Object, fields: tuple[Field, ...], texts: Mapping[str, str], order: tuple[str, ...]) -> Object:
    for each in fields:
        convert = number_or_text if each.kind == "number" else str
        owner = _with_text(owner, each.key, texts.get(each.key, ""), convert, order)
    return owner


def _with_text(owner: Object, key: str, typed: str, convert: Callable[[str], Json], order: tuple[str, ...]) -> Object:
    """The owner with one input's text in it; untouched where the input still holds what was drawn."""
    if same(typed, shown(at(owner, (key,)))):
        return owner
    typed = typed.strip()
    return _placed(owner, key, convert(typed), order) if typed else owner.without(key)


def _with_rows(owner: Object, rows: Rows, drawn: Object, built: Built, fixed: tuple[str, ...]) -> Object:
    """The owner with its free keys as the rows say: changed in place, removed, or added at the end."""
    origins = [drawn_pair(drawn, row) for row in rows.rows]
    kept = {origin[0] for origin in origins if origin}
    gone = {key for key, _ in drawn.pairs if key not in fixed and key not in kept}
    owner = Object(tuple(pair for pair in owner.pairs if pair[0] not in gone))
    seen = set(fixed)
    for index, (row, origin) in enumerate(zip(rows.rows, origins, strict=True)):
        key = row_key(row, origin)
        if key in seen:
            built.cannot_read(f"{rows.prefix}.{index}.key", _TWICE, (*rows.path, key))
            continue
        if key or origin:
            seen.add(key)
        owner = _with_row(owner, row, origin, built, (f"{rows.prefix}.{index}.value", (*rows.path, key)))
    return owner


_TWICE = Text("This name stands here twice, or has a field of its own. Keep one of them.")


def drawn_pair(drawn: Object, row: Row) -> tuple[str, Json] | None:
    """The pair of the base from which a row was drawn."""
    return drawn.pairs[row.origin] if row.origin is not None and row.origin < len(drawn.pairs) else None


def row_key(row: Row, origin: tuple[str, Json] | None) -> str:
    """The key that a row stands for: the base's own where its input still holds what was drawn."""
    return origin[0] if origin and same(row.key, shown(origin[0])) else row.key.strip()


def _with_row(
    owner: Object, row: Row, origin: tuple[str, Json] | None, built: Built, place: tuple[InputName, Path]
) -> Object:
    key = row_key(row, origin)
    if origin and key == origin[0] and row.kind == kind_of(origin[1]) and same(row.value, shown(origin[1])):
        return owner
    if not key or (not row.value.strip() and row.kind != "null"):
        if row.value.strip():
            built.cannot_read(place[0], Text("Give this value a name."))
        return owner.without(origin[0]) if origin else owner
    try:
        value = from_row(row)
    except Mistyped as problem:
        built.cannot_read(place[0], problem.text, place[1])
        return owner
    if origin and key != origin[0]:
        return Object(tuple((key, value) if pair[0] == origin[0] else pair for pair in owner.pairs))
    return owner.with_(key, value)


def _placed(owner: Object, key: str, value: Json, order: tuple[str, ...]) -> Object:
    """A new known key goes where the contract lists it, before the first known key that follows."""
    if key in owner or key not in order:
        return owner.with_(key, value)
    later = order[order.index(key) + 1 :]
    at_index = next((n for n, pair in enumerate(owner.pairs) if pair[0] in later), len(owner.pairs))
    return Object((*owner.pairs[:at_index], (key, value), *owner.pairs[at_index:]))
