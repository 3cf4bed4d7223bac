"""The pages of stores, their keys and their pixels, for every journey that looks at all pages."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.test_stores_and_keys import SECRET, new_key, new_store

SHOP = "https://batiknusantara.contoh.id/"
Way = Callable[[Console], Page]


def _at(address: str) -> Way:
    return lambda console: console.visitor("admin").open(address)


def _store_with_keys(console: Console) -> Page:
    admin = console.visitor("admin")
    page = new_store(admin)
    for _ in range(2):
        page = admin.press(page, "Add the key", {"Storefront key": new_key(), "Label": "Landing pages"})
    return page


def _refused_key(console: Console) -> Page:
    admin = console.visitor("admin")
    return admin.press(_store_with_keys(console), "Add the key", {"Storefront key": SECRET})


def _on_a_key(words: str) -> Way:
    def way(console: Console) -> Page:
        return console.visitor("admin").follow(_store_with_keys(console), words)

    return way


def _key_test_in_production(console: Console) -> Page:
    """Only the question: nothing is sent."""
    admin = console.visitor("admin")
    page = new_store(admin, environment="production")
    return admin.follow(admin.press(page, "Add the key", {"Storefront key": new_key()}), "Test")


def _archived(console: Console) -> Page:
    admin = console.visitor("admin")
    page = new_store(admin)
    return admin.follow(admin.press(page, "Archive"), page.heading)


def _refused_store(console: Console) -> Page:
    admin = console.visitor("admin")
    return admin.press(admin.open("/stores/add/"), "Add the store", {"Name": "Toko", "Store ID": "48213"})


def _asked(console: Console) -> Page:
    admin = console.visitor("admin")
    page = admin.press(new_store(admin), "Add the key", {"Storefront key": new_key()})
    return admin.follow(page, "Prove it")


def _begun(console: Console) -> Page:
    typed = {"A page of the shop": SHOP, "A page of its checkout": f"{SHOP}checkout"}
    return console.visitor("admin").press(_asked(console), "Send the two PageViews", typed)


def _wrong_address(console: Console) -> Page:
    typed = {"A page of the shop": "batiknusantara", "A page of its checkout": SHOP}
    return console.visitor("admin").press(_asked(console), "Send the two PageViews", typed)


STORE_PAGES: dict[str, Way] = {
    "stores": _at("/stores/"),
    "store": _store_with_keys,
    "store, no key": lambda console: new_store(console.visitor("admin")),
    "store, key refused": _refused_key,
    "store, archived": _archived,
    "store, edit": lambda console: console.visitor("admin").follow(_store_with_keys(console), "Edit"),
    "store, add": _at("/stores/add/"),
    "store, refused": _refused_store,
    "key, remove": _on_a_key("Remove…"),
    "key, test in production": _key_test_in_production,
    "pixels": _asked,
    "pixels, two sent": _begun,
    "pixels, wrong address": _wrong_address,
}
