"""How to come to the pages of a store whose products are known, and of presets."""

from __future__ import annotations

from uuid import uuid4

from tests.journeys.composing import AT_BATIK, compose_for
from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.test_stores_and_keys import new_store
from tests.products import payload, shirt, variant

LONG_NAME = "Kemeja Batik Parang Lengan Panjang Katun Primisima Halus " * 3


def _asked(console: Console) -> Page:
    marketer = console.visitor("marketer")
    products = f"{new_store(console.visitor('admin')).url}products/"
    read = payload(shirt(variant("variant_" + "Panjang" * 12, "XXL"), variant(None, "M"), name=LONG_NAME), shirt())
    return marketer.press(marketer.open(products), "Look what is in it", {"Product payload": read})


def _stocked(console: Console) -> Page:
    return console.visitor("marketer").press(_asked(console), "Read them in")


def _refused(console: Console) -> Page:
    return console.visitor("marketer").press(_stocked(console), "Look what is in it", {"Product payload": "<html>"})


def _choosing(console: Console) -> Page:
    marketer = console.visitor("marketer")
    name = _stocked(console).heading.removeprefix("Products of ")
    return marketer.press(marketer.press(compose_for(marketer, name), "Variant"), "Variant")


def _saving(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return marketer.press(marketer.press(marketer.open(AT_BATIK), "Purchase"), "Save this one as a preset …")


def _saved(console: Console) -> Page:
    marketer = console.visitor("marketer")
    marketer.press(_saving(console), "Save the preset", {"Name": f"{LONG_NAME[:70]} {uuid4().hex[:6]}"})
    return marketer.open("/stores/1/presets/")


def _nameless(console: Console) -> Page:
    return console.visitor("marketer").press(_saving(console), "Save the preset", {"Name": "wulan@contoh.id"})


def _unfilled(console: Console) -> Page:
    marketer = console.visitor("marketer")
    typed = {"Event ID": "{{new_event_id}}", "Order": "{{order.id}}"}
    return marketer.press(marketer.open(AT_BATIK), "Send event", typed)


STOCKED_PAGES = {
    "products, none": lambda console: console.visitor("admin").open(
        f"{new_store(console.visitor('admin')).url}products/"
    ),
    "products, asked": _asked,
    "products": _stocked,
    "products, refused": _refused,
    "compose, choosing products": _choosing,
    "compose, started from a preset": lambda console: console.visitor("marketer").press(
        console.visitor("marketer").open(AT_BATIK), "Purchase"
    ),
    "compose, placeholders left": _unfilled,
    "preset, save": _saving,
    "preset, name refused": _nameless,
    "presets": _saved,
    "preset, rename": lambda console: console.visitor("marketer").follow(_saved(console), "Rename"),
}
