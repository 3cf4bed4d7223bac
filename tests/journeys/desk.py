"""How to come to the pages of somebody who works through a search: her columns, her saved searches, the list beside."""

from __future__ import annotations

from uuid import uuid4

from tests.journeys.composing import delivery_number
from tests.journeys.console import Console
from tests.journeys.marking import delivery_of
from tests.journeys.reading import Page

SEARCH = "?q=AddToCart+last%3A7d+outcome%3Aaccepted"


def saved(console: Console, role: str, name: str, *, who: str = "everybody") -> Page:
    """The log of a search that has just got a name, or the form that says why not."""
    visitor = console.visitor(role)
    form = visitor.open(f"/log/saved/add/{SEARCH}")
    return visitor.press(form, "Save search", {"Name": name, "seen_by": who})


def first_columns(console: Console, role: str) -> None:
    """This person's log as it is before anybody chose: other tests work as the same person."""
    visitor = console.visitor(role)
    page = visitor.press(visitor.open("/log/"), "Move Time down")
    visitor.press(page, "Back to the first ten")


def _beside(console: Console) -> Page:
    number = delivery_number(delivery_of(console))
    return console.visitor("support").open(f"/log/?outcome=accepted&open={number}")


def _own_columns(console: Console) -> Page:
    delivery_of(console)
    admin = console.visitor("admin")
    page = admin.press(admin.open("/log/"), "Move Channel up")
    assert page.of_class("log-channel")
    return page


def _saved_list(console: Console) -> Page:
    saved(console, "marketer", f"Keranjang {uuid4().hex[:6]}")
    saved(console, "support", f"Milik sendiri {uuid4().hex[:6]}", who="mine")
    return console.visitor("support").open("/log/saved/")


def _refused_name(console: Console) -> Page:
    return saved(console, "support", "Pesanan wulan.pertiwi@contoh.id")


def _changing(console: Console) -> Page:
    name = f"Diterima {uuid4().hex[:6]}"
    saved(console, "support", name)
    return console.visitor("support").follow(console.visitor("support").open("/log/saved/?q=lunas"), f"Change {name}")


DESK_PAGES = {
    "log, a delivery beside it": _beside,
    "log, a missing delivery beside it": lambda console: console.visitor("support").open("/log/?open=999999999"),
    "log, own columns": _own_columns,
    "save a search": lambda console: console.visitor("support").open("/log/saved/add/?q=lunas"),
    "save a search, refused": _refused_name,
    "saved searches": _saved_list,
    "saved search, change": _changing,
    "saved search, missing": lambda console: console.visitor("support").open("/log/saved/999999999/"),
}
