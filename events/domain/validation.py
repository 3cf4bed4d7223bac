"""Breaches of Scalev's published contract: the verdict "Scalev will not accept this".

Every finding here is an error with a C code. The schema is read literally: booleans are not integers, `1.0` is an
integer, `variants: null` is refused, `format: uri` is an annotation, empty strings and readOnly keys pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from events.domain import contract
from events.domain.finding import Finding, Severity
from events.domain.patch import Operation, add, remove, replace
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Array, Json, Number, Object, Path, is_number

Fix = tuple[Operation, ...]
SOURCE = Text("Scalev's published API description")
_ONE = Number("1")
_INTEGER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?\Z")


def check(payload: Json) -> tuple[Finding, ...]:
    """All breaches of the contract in a payload, in the order in which the payload is read."""
    return tuple(breaches(payload))


def breaches(payload: Json) -> Iterator[Finding]:
    """The same one after the other, for whoever does not want as many as there are."""
    if isinstance(payload, Object):
        yield from _top(payload)
    else:
        yield _breach("C001", (), Text("The request must be one JSON object, written in { }."), _IN_BRACES)


def _top(payload: Object) -> Iterator[Finding]:
    for key in contract.REQUIRED_KEYS:
        if key not in payload:
            fix = (add((key,), Object()),) if key == "user_data" else ()
            yield _breach("C002", (key,), Text("`{key}` is missing.", key=key), _ADD.get(key, NO_TEXT), fix)
    for key in contract.URL_KEYS:
        yield from _nullable_text(payload.get(key), (key,))
    if "user_data" in payload:
        yield from _user_data(payload.get("user_data"))
    if "events" in payload:
        yield from _events(payload.get("events"))
    for key, id_key in contract.LINE_ID_KEYS.items():
        if key in payload:
            yield from _lines(payload.get(key), key, id_key)


_ADD = {
    "user_data": Text("Fill in something about the buyer, or send an empty object { }."),
    "events": Text("Add an event."),
}


def _user_data(value: Json) -> Iterator[Finding]:
    if not isinstance(value, Object):
        text = Text("`user_data` must be an object, written in { }.")
        fix = (replace(("user_data",), Object()),) if value is None else ()
        yield _breach("C010", ("user_data",), text, _ADD["user_data"], fix)
        return
    for key, member in value.pairs:
        path = ("user_data", key)
        if key == contract.USER_INTEGER_KEY and member is not None and not is_integer(member):
            text, cure = Text("`location_id` must be a whole number."), Text("Write digits only.")
            yield _breach("C012", path, text, cure, _as_integer(path, member))
        elif key in contract.USER_KEYS and key != contract.USER_INTEGER_KEY:
            yield from _nullable_text(member, path)


def _events(value: Json) -> Iterator[Finding]:
    if not isinstance(value, Array):
        text = Text("`events` must be a list, written in [ ].")
        fix = (replace(("events",), Array((value,))),) if isinstance(value, Object) and value.pairs else ()
        yield _breach("C020", ("events",), text, Text("A single event, too, stands in a list: [{…}]."), fix)
        return
    if len(value) < contract.MINIMUM_EVENTS:
        yield _breach("C021", ("events",), Text("There is no event."), Text("Add at least one."))
    for index, event in enumerate(value):
        yield from _event(event, ("events", index))


def _event(event: Json, path: Path) -> Iterator[Finding]:
    number = _position(path)
    if not isinstance(event, Object):
        yield _breach("C022", path, Text("Event {n} must be an object, written in {{ }}.", n=number), _IN_BRACES)
        return
    for key in contract.EVENT_REQUIRED_KEYS:
        if key not in event:
            yield _breach("C023", (*path, key), Text("Event {n} has no `{key}`.", n=number, key=key), _FILL)
        elif not isinstance(event.get(key), str):
            fix = _as_text((*path, key), event.get(key))
            yield _breach("C024", (*path, key), Text("`{key}` must be text.", key=key), _AS_TEXT, fix)
    parameters, place = event.get("parameters"), (*path, "parameters")
    if "parameters" in event and not isinstance(parameters, Object):
        text = Text("`parameters` must be an object, written in { }.")
        yield _breach("C025", place, text, Text("Write {…}, or leave it out."), _left_out(place, parameters))
    yield from _closed(event, contract.EVENT_KEYS, path, Text("an event"))


def _lines(value: Json, key: str, id_key: str) -> Iterator[Finding]:
    if not isinstance(value, Array):
        text = Text("`{key}` must be a list, written in [ ].", key=key)
        yield _breach("C030", (key,), text, _NO_LINES, _left_out((key,), value))
        return
    for index, line in enumerate(value):
        yield from _line(line, (key, index), id_key)


def _line(line: Json, path: Path, id_key: str) -> Iterator[Finding]:
    named = _line_in_words(path)
    if not isinstance(line, Object):
        yield _breach("C031", path, Text("{line} must be an object, written in {{ }}.", line=named), _IN_BRACES)
        return
    if id_key not in line:
        yield _breach("C032", (*path, id_key), Text("{line} has no `{key}`.", line=named, key=id_key), _FILL)
    elif not isinstance(line.get(id_key), str):
        yield _breach("C033", (*path, id_key), Text("`{key}` must be text.", key=id_key), _AS_TEXT)
    if "quantity" not in line:
        one = (add((*path, "quantity"), _ONE),)
        yield _breach("C034", (*path, "quantity"), Text("{line} has no quantity.", line=named), _QUANTITY, one)
    else:
        yield from _quantity(line.get("quantity"), (*path, "quantity"), named)
    yield from _closed(line, (id_key, "quantity"), path, Text("a line of the cart"))


def _quantity(value: Json, path: Path, named: Text) -> Iterator[Finding]:
    if not is_integer(value):
        message = Text("{line} has a quantity that is not a whole number.", line=named)
        yield _breach("C035", path, message, _QUANTITY, _as_integer(path, value))
    elif isinstance(value, Number) and not _at_least_one(value):
        shown = value.text if len(value.text) <= 20 else value.text[:20] + "…"
        text = Text("{line} has quantity {value}.", line=named, value=shown)
        yield _breach("C036", path, text, _QUANTITY, (replace(path, _ONE),))


_IN_BRACES = Text("Write its members in braces, each with its name: {…}.")
_FILL = Text("Fill it in.")
_AS_TEXT = Text("Write it in double quotes.")
_QUANTITY = Text("Scalev takes whole numbers from 1. Set it to 1, or remove the line.")
_NO_LINES = Text("Leave it out if the cart has no such lines.")


def _nullable_text(value: Json, path: Path) -> Iterator[Finding]:
    if value is not None and not isinstance(value, str):
        yield _breach("C011", path, Text("`{key}` must be text.", key=path[-1]), _AS_TEXT, _as_text(path, value))


def _closed(value: Object, known: tuple[str, ...], path: Path, owner: Text) -> Iterator[Finding]:
    for key, _ in value.pairs:
        if key not in known:
            message = Text("`{key}` does not belong in {owner}.", key=key, owner=owner)
            hint = Text("Scalev allows only {known} there. Remove it.", known=", ".join(known))
            yield _breach("C040", (*path, key), message, hint, (remove((*path, key)),))


def _as_text(path: Path, value: Json) -> Fix:
    return (replace(path, value.text),) if isinstance(value, Number) else ()


def _as_integer(path: Path, value: Json) -> Fix:
    """Digits without their quotes."""
    if not isinstance(value, str) or not is_number(value) or not is_integer(Number(value)):
        return ()
    return (replace(path, Number(value)),)


def _left_out(path: Path, value: Json) -> Fix:
    """What says nothing can go."""
    return (remove(path),) if value in (None, "", Array()) else ()


def is_integer(value: Json) -> bool:
    """JSON Schema's integer: any number without a fraction, so `1.0` and `10e-1` too, by text and never by float."""
    if not isinstance(value, Number):
        return False
    digits, exponent = _digits_and_exponent(value)
    return not digits or exponent >= 0


def _at_least_one(value: Number) -> bool:
    digits, _ = _digits_and_exponent(value)
    return bool(digits) and not value.text.startswith("-")


def _digits_and_exponent(value: Number) -> tuple[str, int]:
    """The number as digits without zeros at either end, times ten to the exponent; no digits mean zero."""
    match = _INTEGER.match(value.text)
    assert match  # the reader lets nothing else become a Number
    whole, fraction, exponent = match.group(2), match.group(3) or "", match.group(4) or "0"
    digits = (whole + fraction).lstrip("0")
    stripped = digits.rstrip("0")
    # int() refuses more than 4,300 digits; an exponent that long only asks for its sign.
    power = int(exponent) if len(exponent) < 20 else int(exponent[:20])
    return stripped, power - len(fraction) + len(digits) - len(stripped)


def _position(path: Path) -> int:
    """The number of a list item as people count, from 1."""
    index = path[-1]
    assert isinstance(index, int)
    return index + 1


# As the composer names them: each kind is counted for itself.
_LINES_IN_WORDS = {"variants": "Line {n}", "bundle_price_options": "Bundle line {n}"}


def _line_in_words(path: Path) -> Text:
    return Text(_LINES_IN_WORDS[str(path[0])], n=_position(path))


def _breach(code: str, path: Path, message: Text, hint: Text = NO_TEXT, fix: Fix = ()) -> Finding:
    return Finding(code, Severity.ERROR, path, message, hint, SOURCE, fix)
