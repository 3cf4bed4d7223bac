"""The events that a shop usually sends, as presets: believable, and without a remark worse than a hint."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain import contract
from events.domain.catalogue import PRICE_FORM, VARIANTS, Item
from events.domain.presets import NEW_EVENT_ID, ORDER_ID, TEST_BUYER, written
from events.domain.tree import Array, Json, Number, Object

# What a shop sells of which nothing is known.
SAMPLE = Item("variant_KemejaBatikParangL", VARIANTS, "Kemeja Batik Parang · L", price="149000")
_NAMED_HOST = "batiknusantara.example"


@dataclass(frozen=True, slots=True)
class Shop:
    """What a store brings along: `item` is one that it sells."""

    host: str = _NAMED_HOST
    currency: str = "IDR"
    country: str = "id"
    item: Item = SAMPLE


@dataclass(frozen=True, slots=True)
class Usual:
    """One event: the path on which it happens and the one before, and what it says of the goods."""

    name: str
    page: str
    before: str
    has_goods: bool = False
    has_lines: bool = False
    has_order: bool = False
    has_buyer: bool = True
    extra: tuple[tuple[str, str], ...] = ()


_PRODUCT, _CART, _CHECKOUT = "produk/kemeja-batik-parang", "keranjang", "checkout"
USUAL = (
    Usual("PageView", "", "", has_buyer=False),
    Usual("Search", "cari", "", has_buyer=False, extra=(("search_string", "kemeja batik"),)),
    Usual("ViewContent", _PRODUCT, "", has_goods=True, has_buyer=False),
    Usual("AddToCart", _PRODUCT, "", has_goods=True, has_lines=True),
    Usual("InitiateCheckout", _CHECKOUT, _CART, has_goods=True, has_lines=True),
    Usual("AddPaymentInfo", _CHECKOUT, _CART, has_goods=True, has_lines=True),
    Usual("Purchase", "checkout/terima-kasih", _CHECKOUT, has_goods=True, has_lines=True, has_order=True),
    Usual("Lead", "hubungi-kami", "", extra=(("content_name", "Formulir WhatsApp"),)),
    Usual("CompleteRegistration", "daftar", ""),
)
BY_NAME = {usual.name: usual for usual in USUAL}


def preset(usual: Usual, shop: Shop) -> Object:
    """The payload with its placeholders still in it."""
    event = Object(
        (
            ("event_id", written(ORDER_ID) + f"-{usual.name}" if usual.has_order else written(NEW_EVENT_ID)),
            ("event_name", usual.name),
            ("parameters", Object(tuple(_parameters(usual, shop)))),
        )
    )
    return Object(
        (
            ("event_source_url", f"https://{shop.host}/{usual.page}"),
            *((("referrer_url", f"https://{shop.host}/{usual.before}"),) if usual.page else ()),
            ("user_data", _buyer(usual, shop)),
            ("events", Array((event,))),
            *_lines(usual, shop),
        )
    )


def _buyer(usual: Usual, shop: Shop) -> Object:
    """Whoever only looks around is known by the shop's own ID for her."""
    keys = [key for key, _value in TEST_BUYER] if usual.has_buyer else ["country", "external_id"]
    return Object(tuple((key, shop.country if key == "country" else value) for key, value in TEST_BUYER if key in keys))


def _parameters(usual: Usual, shop: Shop) -> list[tuple[str, Json]]:
    item = shop.item
    pairs: list[tuple[str, Json]] = [*usual.extra]
    if usual.has_goods and PRICE_FORM.match(item.price):
        pairs += [("value", Number(item.price)), ("currency", item.currency or shop.currency)]
    if usual.has_goods:
        content: tuple[tuple[str, Json], ...] = (("id", item.unique_id), ("quantity", Number("1")))
        pairs += [
            ("content_type", "product"),
            ("content_ids", Array((item.unique_id,))),
            ("contents", Array((Object(content),))),
            ("content_name", item.name),
        ]
    if usual.has_lines:
        pairs.append(("num_items", Number("1")))
    if usual.has_order:
        pairs.append(("order_id", written(ORDER_ID)))
    return pairs


def _lines(usual: Usual, shop: Shop) -> tuple[tuple[str, Json], ...]:
    if not usual.has_lines:
        return ()
    line = Object(((contract.LINE_ID_KEYS[shop.item.kind], shop.item.unique_id), ("quantity", Number("1"))))
    return ((shop.item.kind, Array((line,))),)
