"""A storefront's product payload, read for what a line of a cart needs: unique IDs, names and prices.

Taken are the answers of `public/products/{slug}` and `public/bundle-price-options/{slug}`, lists of them, and whatever
they are wrapped in: an item is known by its unique ID, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.domain import contract
from events.domain.catalogue import (
    BUNDLES,
    CURRENCY_FORM,
    ID_FORM,
    MOST_ITEMS,
    NAME_LENGTH,
    PRICE_FORM,
    SKU_LENGTH,
    VARIANTS,
    Item,
    plain,
)
from events.domain.text import Text, writable
from events.domain.tree import Array, Json, NotJson, Number, Object, at, read

# The ends of unique IDs' first words, as Scalev's examples have them; `bpo_` stands in some of its older ones.
_PREFIXES = {"variant_": VARIANTS, "bundle_price_option_": BUNDLES, "bpo_": BUNDLES}
_MOST_KEYS = 6


class NotProducts(ValueError):
    """Nothing could be read; `text` says what was found instead, and what to look for."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Products:
    """`items` in the order of the payload; `without_id` counts variants that have none, or one that cannot be used."""

    items: tuple[Item, ...]
    without_id: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """An object of the payload, the key that it stands under, and the object around it."""

    tree: Object
    key: str
    owner: Object


def read_products(source: str | bytes) -> Products:
    """Raises `NotProducts`, also for more than `MOST_ITEMS` of them."""
    tree = _tree(source)
    found: dict[str, Item] = {}
    without_id = 0
    for entry in _entries(tree):
        kind, unique_id = _identity(entry)
        if ID_FORM.match(unique_id):
            item = _item(entry, kind, unique_id)
            known = found.get(unique_id)
            # A variant stands in its product and in its bundles: the fuller one counts.
            found[unique_id] = item if known is None or (item.price and not known.price) else known
        elif kind:
            without_id += 1
    if not found:
        raise NotProducts(_instead(tree, without_id))
    if len(found) > MOST_ITEMS:
        raise NotProducts(Text("These are {n} items, and {most} fit at most.", n=len(found), most=MOST_ITEMS))
    return Products(tuple(found.values()), without_id)


def _tree(source: str | bytes) -> Json:
    text = source if isinstance(source, str) else source.removeprefix(b"\xef\xbb\xbf")
    try:
        return read(text)
    except NotJson as error:
        start = text[:200].decode("utf-8", "replace") if isinstance(text, bytes) else text[:200]
        raise NotProducts(_no_json(start.lstrip("\ufeff \t\r\n"), error)) from error


def _no_json(start: str, error: NotJson) -> Text:
    if start.startswith("<"):
        return Text("This is a web page, not the JSON behind it. Copy the answer of the call to Scalev.")
    if start.startswith(("curl ", "fetch(", "await fetch(", "GET ", "https://", "http://")):
        return Text("This is a call or an address, not its answer. Open it, and paste what comes back.")
    where = Text(" ({place})", place=error.place) if error.place else Text("")
    return Text("This cannot be read as JSON: {why}{where}.", why=error.message, where=where)


def _entries(tree: Json, key: str = "", owner: Object = Object()) -> Iterator[_Entry]:  # noqa: B008  # it is frozen
    if isinstance(tree, Array):
        for each in tree:
            yield from _entries(each, key, owner)
    elif isinstance(tree, Object):
        yield _Entry(tree, key, owner)
        for name, value in tree.pairs:
            yield from _entries(value, name, tree)


def _identity(entry: _Entry) -> tuple[str, str]:
    """The kind of item and its unique ID; ("", "") for what is none, and a kind without an ID where it is missing."""
    for kind, id_key in contract.LINE_ID_KEYS.items():
        if named := _text(entry.tree.get(id_key)):
            return kind, named
    unique_id = _text(entry.tree.get("unique_id"))
    for prefix, kind in _PREFIXES.items():
        if unique_id.startswith(prefix):
            return kind, unique_id
    if entry.key in contract.LINE_ID_KEYS and not isinstance(entry.owner.get(entry.key), Object):
        return entry.key, unique_id
    is_bundle = entry.tree.get("entity_type") == "bundle_price_option" and bool(unique_id)
    return (BUNDLES, unique_id) if is_bundle else ("", "")


def _item(entry: _Entry, kind: str, unique_id: str) -> Item:
    sku = _text(entry.tree.get("sku"))
    currency = _text(entry.tree.get("currency")).upper()
    return Item(
        unique_id=unique_id,
        kind=kind,
        name=(_name(entry) or sku or unique_id)[:NAME_LENGTH],
        sku=sku[:SKU_LENGTH],
        price=_price(entry.tree),
        currency=currency if CURRENCY_FORM.match(currency) else "",
        is_active=entry.tree.get("is_active") is not False,
    )


def _name(entry: _Entry) -> str:
    """The full name; else the product's and the variant's own, where the second does not hold the first."""
    if full := _text(entry.tree.get("fullname")):
        return full
    options = [_text(entry.tree.get(f"option{number}_value")) for number in (1, 2, 3)]
    own = _text(entry.tree.get("name")) or " / ".join(filter(None, options))
    owners = (entry.tree.get("product_name"), at(entry.tree, ("product", "name")), at(entry.tree, ("bundle", "name")))
    product = next((text for each in owners if (text := _text(each))), "")
    if not product and entry.key in contract.LINE_ID_KEYS:
        product = _text(entry.owner.get("name"))
    if not own or not product or product.casefold() in own.casefold():
        return own or product
    return f"{product} · {own}"


def _price(tree: Object) -> str:
    given = tree.get("price")
    least, most = at(tree, ("price_range", "min")), at(tree, ("price_range", "max"))
    if given is None and least == most:
        given = least
    written = given.text if isinstance(given, Number) else _text(given)
    return plain(written) if PRICE_FORM.match(written) else ""


def _text(value: Json) -> str:
    return " ".join(writable(value).split()) if isinstance(value, str) else ""


def _instead(tree: Json, without_id: int) -> Text:
    """What was found where no item was, and the way on."""
    if without_id:
        return Text(
            "Variants stand in it ({n}), but none has a unique_id: their numbers are what checkout uses, and not what "
            "an event needs. Take the payload of the product itself, public/products/….",
            n=without_id,
        )
    if isinstance(tree, Object):
        if "error" in tree:
            said = _text(tree.get("error"))[:100] or "error"
            return Text("This is an error that Scalev answered: {error}.", error=said)
        if "user_data" in tree:
            return Text("This is an event, not a product. Paste it into the composer.")
        if isinstance(at(tree, ("log", "entries")), Array):
            return Text("This is the recording of a visit (HAR). Copy the answer of public/products/… out of it.")
    cards = sum("entity_type" in entry.tree for entry in _entries(tree))
    if cards:
        return Text(
            "Products stand in it ({n}), but without their variants, as a list of items names them. Open one product, "
            "and take the answer of public/products/…: it names the variants.",
            n=cards,
        )
    return Text("No variant and no bundle stands in it, but {found}.", found=_shape(tree))


def _shape(tree: Json) -> Text:
    if isinstance(tree, Object):
        keys = ", ".join(name[:30] for name in tree.keys()[:_MOST_KEYS])
        return Text("an object with {keys}", keys=keys) if keys else Text("an empty object")
    if isinstance(tree, Array):
        return Text("a list of {n}", n=len(tree))
    return Text("a single value")
