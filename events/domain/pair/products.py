"""What both halves say of the products: `contents` and `content_ids`, whatever their order."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from events.domain.pair.amounts import number, text_of, unfolded
from events.domain.text import Text
from events.domain.tree import Array, Json, Object

Item = tuple[str, Decimal | str | None, Decimal | str | None]

SAME_IDS = Text("The same products.")


def same_ids(browser: Json, server: Json) -> bool:
    """Whether both list the same IDs, as text and in any order; a single ID counts as a list of one."""
    return Counter(ids(browser)) == Counter(ids(server))


def ids(value: Json) -> list[str]:
    """The IDs of `content_ids`; text from a URL may be a list in JSON, or one ID."""
    listed = unfolded(value)
    return [_id(each) for each in (listed if isinstance(listed, Array) else (listed,))]


def same_contents(browser: Json, server: Json) -> bool:
    return _items(browser) == _items(server)


def contents_words(browser: Json, server: Json) -> Text:
    """Where two lists of products first differ."""
    one, two = _items(browser), _items(server)
    if one is None or two is None:
        return Text("One half holds no list of products here.")
    for first, second in zip(sorted(one.elements(), key=repr), sorted(two.elements(), key=repr), strict=False):
        if first[0] != second[0]:
            break
        if first[1] != second[1]:
            return Text("The quantity of {id} differs.", id=first[0][:60])
        if first[2] != second[2]:
            return Text("The price of {id} differs.", id=first[0][:60])
    left = {item[0] for item in one} ^ {item[0] for item in two}
    if left:
        return Text("{id} is in one half only.", id=sorted(left)[0][:60])
    return Text("The two halves count the products differently.")


def _items(value: Json) -> Counter[Item] | None:
    listed = unfolded(value)
    if not isinstance(listed, Array):
        return None
    return Counter(_item(each) for each in listed)


def _item(each: Json) -> Item:
    if not isinstance(each, Object):
        return (_id(each), None, None)
    return (_id(each.get("id")), _counted(each.get("quantity")), _counted(each.get("item_price")))


def _counted(value: Json) -> Decimal | str | None:
    if value is None or value == "":
        return None
    counted = number(value)
    return text_of(value) if counted is None else counted


def _id(value: Json) -> str:
    return text_of(value)
