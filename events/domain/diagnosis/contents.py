"""What an event says of its products (`contents`, `content_ids`, `num_items` …), beside the lines of the cart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from types import UnionType

from events.domain.circumstances import Circumstances
from events.domain.diagnosis.amounts import amount, currency_of
from events.domain.diagnosis.remarks import META, META_CODE, Fix, hint, warning
from events.domain.finding import Finding
from events.domain.patch import add, replace
from events.domain.payload import Event, Payload
from events.domain.text import Text
from events.domain.tree import Array, Json, NotJson, Number, Object, Path, is_number, read
from events.domain.validation import is_integer

# Without products Meta's catalogue ads cannot use these.
_FOR_CATALOGUES = frozenset({"ViewContent", "AddToCart", "Purchase", "Search"})
_TYPES = ("product", "product_group")
_DELIVERIES = ("in_store", "curbside", "home_delivery")
_INTEGER = re.compile(r"(0|[1-9][0-9]{0,8})(?:\.0{1,9})?\Z")
_MOST = Decimal(10) ** 15


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    in_cart, has_cart = sum(_quantity(line.tree) for line in payload.lines), bool(payload.lines)
    for event in payload.events:
        yield from _contents(event, known)
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


def _contents(event: Event, known: Circumstances) -> Iterator[Finding]:
    path, contents = _at(event, "contents"), event.parameters.get("contents")
    if contents in (None, ""):
        return
    if not isinstance(contents, Array):
        text = Text("`contents` is not a list.")
        fix = _listed(path, _parsed(contents), Object)
        yield warning("M027", path, text, Text("Write a list of products: [{…}]."), META, fix)
        return
    for place, item in enumerate(contents):
        lacking = [key for key in ("id", "quantity") if _lacks(item, key)]
        if lacking:
            text = Text("Product {n} has no {keys}.", n=place + 1, keys=", ".join(lacking))
            yield warning("M027", (*path, place), text, Text("Meta needs both for each product."), META)
        if isinstance(item, Object):
            yield from _counted(item, (*path, place))
            yield from _priced(item, (*path, place), event, known)


def _lacks(item: Json, key: str) -> bool:
    # Not by `in`: to compare a number with a text takes longer than everything else here.
    value = item.get(key) if isinstance(item, Object) else None
    return value is None or (isinstance(value, str) and not value)


def _counted(item: Object, path: Path) -> Iterator[Finding]:
    count = item.get("quantity")
    number = _whole(count)
    if number or (number is None and _is_huge(count)) or _lacks(item, "quantity"):
        return
    fix = (replace((*path, "quantity"), Number(count)),) if isinstance(count, str) and _INTEGER.match(count) else ()
    text = Text("The quantity of product {n} is no whole number from 1 up.", n=int(path[-1]) + 1)
    yield hint("M039", (*path, "quantity"), text, Text("Write digits: 2"), fix=fix)


def _priced(item: Object, path: Path, event: Event, known: Circumstances) -> Iterator[Finding]:
    price = item.get("item_price")
    if isinstance(price, Number) or _lacks(item, "item_price") or (isinstance(price, str) and is_number(price)):
        return
    meant = amount(price, currency_of(event, known)) if isinstance(price, str) else ""
    fix = (replace((*path, "item_price"), Number(meant)),) if meant else ()
    text = Text("The price of product {n} is not a number.", n=int(path[-1]) + 1)
    yield hint("M039", (*path, "item_price"), text, Text("Write digits only: 189000"), fix=fix)


def _content_ids(event: Event) -> Iterator[Finding]:
    path, ids = _at(event, "content_ids"), event.parameters.get("content_ids")
    if ids in (None, ""):
        return
    if not isinstance(ids, Array):
        text = Text("`content_ids` is not a list.")
        fix = _listed(path, _split(ids), str | Number)
        yield warning("M035", path, text, Text('Write a list: ["KMJ-BTK-L"].'), META, fix)
        return
    named, listed = set(_ids(event.parameters.get("contents"))), {_id(each) for each in ids}
    if named and listed != named:
        text = Text("`content_ids` and `contents` name different products.")
        yield hint("M028", path, text, Text("Write the same IDs in both, or send `contents` alone."))


def _parsed(value: Json) -> Json:
    """What JSON says that was written into a text; any other value as it is."""
    try:
        return read(value) if isinstance(value, str) and value.lstrip()[:1] in ("[", "{") else value
    except NotJson:
        return None


def _split(ids: Json) -> Json:
    """Several IDs in one text, as JSON or with signs between them. A blank may separate them or belong to one."""
    found = _parsed(ids)
    if not isinstance(found, str):
        return found
    pieces = [piece.strip() for piece in re.split(r"[,;|]", found)]
    return None if re.search(r"\s", "".join(pieces)) else Array(tuple(filter(None, pieces)))


def _listed(path: Path, value: Json, kind: type | UnionType) -> Fix:
    """What puts a list of that kind there, if it is one or a single one of them."""
    items = value.items if isinstance(value, Array) else (value,)
    return (replace(path, Array(items)),) if items and all(isinstance(item, kind) for item in items) else ()


def _content_type(event: Event) -> Iterator[Finding]:
    path, kind = _at(event, "content_type"), event.parameters.get("content_type")
    if kind in (None, ""):
        if _is_filled(event.parameters.get("content_ids")):
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
        meant, number = in_contents or in_cart, _whole(count)
        if number is None and not _is_huge(count):
            fix = (replace(path, Number(count)),) if isinstance(count, str) and _INTEGER.match(count) else ()
            yield warning("M034", path, Text("`num_items` is not a whole number."), Text("Write digits."), META, fix)
        elif meant and number != meant:
            said = _id(count)[:20]
            text = Text("`num_items` says {number}, and the quantities add up to {sum}.", number=said, sum=meant)
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
        yield warning("M033", _at(event, "delivery_category"), text, cure, META_CODE)


def _has_products(event: Event) -> bool:
    return any(_is_filled(event.parameters.get(key)) for key in ("contents", "content_ids"))


def _is_filled(products: Json) -> bool:
    """Whether anything is named: no empty text, no empty list and none of empty texts."""
    if isinstance(products, Array):
        return any(_is_filled(item) for item in products)
    return products is not None and not (isinstance(products, str) and not products.strip())


def _items(contents: Json) -> list[Object]:
    return [item for item in contents if isinstance(item, Object)] if isinstance(contents, Array) else []


def _ids(contents: Json) -> list[str]:
    return [_id(item.get("id")) for item in _items(contents)]


def _id(value: Json) -> str:
    return value.text if isinstance(value, Number) else str(value)


def _quantity(item: Object) -> int:
    return _whole(item.get("quantity")) or 0


def _whole(value: Json) -> int | None:
    """A number of pieces; None for what is none."""
    found = _INTEGER.match(value.text) if isinstance(value, Number) else None
    return int(found[1]) if found else None


def _is_huge(value: Json) -> bool:
    """Whether it is a whole number all the same, only written as nobody counts: 1e3."""
    return isinstance(value, Number) and is_integer(value) and not value.text.startswith("-")


def _decimal(value: Json) -> Decimal | None:
    text = value.text if isinstance(value, Number) else value
    try:
        found = Decimal(text) if isinstance(text, str) and is_number(text) else None
    except ArithmeticError:
        return None
    return found if found is not None and found.is_finite() and -_MOST < found < _MOST else None


def _at(event: Event, key: str) -> Path:
    return (*event.path, "parameters", key)
