"""What both halves say of the event: value, currency, products and the rest. It decides nothing; reports follow it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from events.domain.diagnosis.remarks import INFERENCE, META
from events.domain.pair import amounts, products
from events.domain.pair.browser_event import NEAR_MISSES, BrowserEvent
from events.domain.pair.point import Point, Standing, is_nothing, shown, standing
from events.domain.patch import Operation, add
from events.domain.payload import Event, Payload
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Array, Json, Number, Object, Path

_KEPT = Text("Meta keeps the browser's if both come within five minutes, else the first: its reports follow that one.")
_TAKES_OVER = Text("Write the same in both.")


@dataclass(frozen=True, slots=True)
class Kind:
    """How one parameter is compared, and what is said where the two say the same in other words."""

    label: Text
    same: Callable[[Json, Json], bool]
    written: Text


_LIKE = Text("The same, written differently.")
_NUMBER = Text("The same number, written differently.")
KINDS = {
    "value": Kind(Text("Value"), amounts.same_number, _NUMBER),
    "currency": Kind(
        Text("Currency"),
        amounts.same_code,
        Text("The same currency, in other letters."),
    ),
    "contents": Kind(Text("Products with quantities"), products.same_contents, _LIKE),
    "content_ids": Kind(Text("Product IDs"), products.same_ids, _LIKE),
    "content_type": Kind(Text("Kind of product"), amounts.alike, _LIKE),
    "num_items": Kind(Text("Number of items"), amounts.same_number, _NUMBER),
    "order_id": Kind(Text("Order number"), amounts.alike, _LIKE),
}
# Meta's reports, or its catalogue, read these of an event's products.
_OF_PRODUCTS = ("contents", "content_ids", "content_type", "num_items")


def points(browser: BrowserEvent, event: Event, payload: Payload | None) -> Iterator[Point]:
    """A point for each parameter that at least one half has, those that Meta knows best first."""
    keys = dict.fromkeys((*KINDS, *browser.parameters.keys(), *event.parameters.keys()))
    for key in keys:
        one, two = browser.parameters.get(key), event.parameters.get(key)
        said = not (is_nothing(one) and is_nothing(two)) or (key in browser.computed)
        if said and key.lower() not in NEAR_MISSES:
            yield _point(key, browser, event, payload)


def _point(key: str, browser: BrowserEvent, event: Event, payload: Payload | None) -> Point:
    kind = KINDS.get(key, Kind(Text(key), amounts.alike, _LIKE))
    one, two = browser.parameters.get(key), event.parameters.get(key)
    path = (*event.path, "parameters", key)
    stands = standing(one, two, same=kind.same(one, two))
    if browser.is_computed(key):
        stands = Standing.OPEN
    message, cure, evidence = _words(key, kind, one, two, stands)
    if stands is Standing.ONLY_BROWSER and key in ("value", *_OF_PRODUCTS) and payload and payload.lines:
        message = Text(
            "The payload has the cart's lines instead. That Scalev makes `{key}` of them, nobody says.", key=key
        )
        cure, evidence = Text("Send it as well, as Scalev's own examples do."), INFERENCE
    fix = _fix(event, path, one) if stands in (Standing.DIFFERS, Standing.ONLY_BROWSER) else ()
    return Point(key, kind.label, stands, shown(one), shown(two), path, message, cure, evidence, fix)


def _words(key: str, kind: Kind, one: Json, two: Json, stands: Standing) -> tuple[Text, Text, Text]:
    if stands is Standing.SAME:
        return (Text("The same.") if one == two else kind.written), NO_TEXT, NO_TEXT
    if stands is Standing.OPEN:
        return Text("The page works this out as it runs."), NO_TEXT, NO_TEXT
    if stands is Standing.DIFFERS:
        cure = NO_TEXT if key == "currency" and amounts.currency(one) == amounts.currency(two) else _TAKES_OVER
        return _difference(key, one, two), cure, META
    only = (
        Text("Only the browser says this: Meta knows it only if it keeps the browser's half.")
        if stands is Standing.ONLY_BROWSER
        else Text("Only the server says this: Meta knows it only if it keeps the server's half.")
    )
    return only, Text("Say it in both."), META


def _difference(key: str, one: Json, two: Json) -> Text:
    if key == "contents":
        return products.contents_words(one, two)
    if key == "currency" and amounts.currency(one) == amounts.currency(two):
        return Text("Both mean {code}, but Meta knows only the code. Write {code} in both.", code=amounts.currency(one))
    if key in ("value", "currency"):
        return Text("They differ. {kept}", kept=_KEPT)
    return Text("They differ.")


def _fix(event: Event, path: Path, value: Json) -> tuple[Operation, ...]:
    """Take the browser's value over, in the type that Meta wants; nothing where the payload has no such place."""
    key, taken = str(path[-1]), amounts.unfolded(value)
    if key in ("value", "num_items"):
        counted = amounts.number(value)
        if counted is None:
            return ()
        taken = value if isinstance(value, Number) else Number(f"{counted:f}")
    if key == "currency":
        taken = amounts.currency(value)
    if key == "content_ids" and not isinstance(taken, Array):
        taken = Array((taken,))
    if taken == event.parameters.get(key):
        return ()
    if isinstance(event.tree.get("parameters"), Object):
        return (add(path, taken),)
    return (add(path[:-1], Object(((key, taken),))),)
