"""What an event says of its products (`contents`, `content_ids`, `num_items` …), beside the lines of the cart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import META, hint, warning
from events.domain.finding import Finding
from events.domain.patch import add, replace
from events.domain.payload import Event, Payload
from events.domain.text import Text
from events.domain.tree import Array, Json, Number, Object, Path, is_number

# Without products Meta's catalogue ads cannot use these.
_FOR_CATALOGUES = frozenset({"ViewContent", "AddToCart", "Purchase", "Search"})
_TYPES = ("product", "product_group")
_DELIVERIES = ("in_store", "curbside", "home_delivery")
_INTEGER = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")
_MOST = Decimal(10) ** 15


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    in_cart, has_cart = sum(_quantity(line.tree) for line in payload.lines), bool(payload.lines)
    for event in payload.events:
        yield from _contents(event)
        yield from _content_ids(event)
        yield from _content_type(event)
        yield from _sums(event, in_cart)
        yield from _delivery(event)
        if event.event_name in _FOR_CATALOGUES and not has_cart and not _has_products(event):
            yield hint(
                "M032",
                _at(event, "contents"),
                Text("Nothing says which product this {name} was about.", name=event.event_name),
                Text("Add the cart's lines, or `contents`: Meta's catalogue ads need them."),
                META,
            )


def _contents(event: Event) -> Iterator[Finding]:
    path, contents = _at(event, "contents"), event.parameters.get("contents")
    if contents in (None, ""):
        return
    if not isinstance(contents, Array):
        yield warning("M027", path, Text("`contents` is not a list."), Text("Write a list of products: [{…}]."), META)
        return
    for place, item in enumerate(contents):
        lacking = [key for key in ("id", "quantity") if _lacks(item, key)]
        if lacking:
            text = Text("Product {n} has no {keys}.", n=place + 1, keys=", ".join(lacking))
            yield warning("M027", (*path, place), text, Text("Meta needs both for each product."), META)


def _lacks(item: Json, key: str) -> bool:
    # Not by `in`: to compare a number with a text takes longer than everything else here.
    value = item.get(key) if isinstance(item, Object) else None
    return value is None or (isinstance(value, str) and not value)


def _content_ids(event: Event) -> Iterator[Finding]:
    path, ids = _at(event, "content_ids"), event.parameters.get("content_ids")
    if ids in (None, ""):
        return
    if not isinstance(ids, Array):
        fix = (replace(path, Array((ids,))),) if isinstance(ids, str | Number) else ()
        text = Text("`content_ids` is not a list.")
        yield warning("M035", path, text, Text('Write a list: ["KMJ-BTK-L"].'), META, fix)
        return
    named, listed = set(_ids(event.parameters.get("contents"))), {_id(each) for each in ids}
    if named and listed != named:
        text = Text("`content_ids` and `contents` name different products.")
        yield hint("M028", path, text, Text("Write the same IDs in both, or send `contents` alone."))


def _content_type(event: Event) -> Iterator[Finding]:
    path, kind = _at(event, "content_type"), event.parameters.get("content_type")
    if kind in (None, ""):
        if event.parameters.get("content_ids") not in (None, ""):
            text = Text("Without `content_type` Meta takes every item that has one of these IDs.")
            cure = Text("Write product for variants, product_group for whole products.")
            yield hint("M031", path, text, cure, META, (add(path, "product"),))
    elif kind not in _TYPES:
        text = Text("Meta knows no such `content_type`.")
        yield warning("M031", path, text, Text("Write product or product_group."), META, (replace(path, "product"),))


def _sums(event: Event, in_cart: int) -> Iterator[Finding]:
    path, count = _at(event, "num_items"), event.parameters.get("num_items")
    items = _items(event.parameters.get("contents"))
    quantities = [_quantity(item) for item in items]
    in_contents = sum(quantities)
    if count not in (None, ""):
        number = int(count.text) if isinstance(count, Number) and _INTEGER.match(count.text) else None
        meant = in_contents or in_cart
        if number is None:
            fix = (replace(path, Number(count)),) if isinstance(count, str) and _INTEGER.match(count) else ()
            yield warning("M034", path, Text("`num_items` is not a whole number."), Text("Write digits."), META, fix)
        elif meant and number != meant:
            text = Text("`num_items` says {number}, and the quantities add up to {sum}.", number=number, sum=meant)
            cure = Text("Count pieces, not lines.")
            yield hint("M030", path, text, cure, fix=(replace(path, Number(str(meant))),))
    if in_contents and in_cart and in_contents != in_cart:
        text = Text("`contents` holds {a} pieces, the cart's lines hold {b}.", a=in_contents, b=in_cart)
        yield hint("M029", _at(event, "contents"), text, Text("Write the same products in both."))
    yield from _worth(event, items, quantities)


def _worth(event: Event, items: list[Object], quantities: list[int]) -> Iterator[Finding]:
    value = event.parameters.get("value")
    prices = [_decimal(item.get("item_price")) for item in items] if isinstance(value, Number) else []
    if not isinstance(value, Number) or not prices or any(price is None for price in prices):
        return
    total = sum((count * (price or 0) for count, price in zip(quantities, prices, strict=True)), Decimal(0))
    worth = _decimal(value)
    if worth is not None and total > 0 and not total / 2 <= worth <= total * 2:
        text = Text("The products add up to {total}, and the value says {value}.", total=total, value=value.text[:20])
        cure = Text("Shipping and discounts may explain it; a slip by thousands would look like this, too.")
        yield hint("M036", _at(event, "value"), text, cure)


def _delivery(event: Event) -> Iterator[Finding]:
    kind = event.parameters.get("delivery_category")
    if kind not in (None, "", *_DELIVERIES):
        text = Text("Meta knows no such `delivery_category`.")
        cure = Text("Write in_store, curbside or home_delivery, or leave it out.")
        yield warning("M033", _at(event, "delivery_category"), text, cure, META)


def _has_products(event: Event) -> bool:
    return any(event.parameters.get(key) not in (None, "") for key in ("contents", "content_ids"))


def _items(contents: Json) -> list[Object]:
    return [item for item in contents if isinstance(item, Object)] if isinstance(contents, Array) else []


def _ids(contents: Json) -> list[str]:
    return [_id(item.get("id")) for item in _items(contents)]


def _id(value: Json) -> str:
    return value.text if isinstance(value, Number) else str(value)


def _quantity(item: Object) -> int:
    count = item.get("quantity")
    return int(count.text) if isinstance(count, Number) and _INTEGER.match(count.text) else 0


def _decimal(value: Json) -> Decimal | None:
    text = value.text if isinstance(value, Number) else value
    try:
        found = Decimal(text) if isinstance(text, str) and is_number(text) else None
    except ArithmeticError:
        return None
    return found if found is not None and found.is_finite() and -_MOST < found < _MOST else None


def _at(event: Event, key: str) -> Path:
    return (*event.path, "parameters", key)
