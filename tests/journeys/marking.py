"""How to come to the pages of what people left at a delivery."""

from __future__ import annotations

from tests.journeys.composing import BUYER, compose_for, sent
from tests.journeys.console import Console
from tests.journeys.reading import Page

NOTE = "Pembeli menelepon dan bertanya kenapa pesanannya belum masuk laporan; sudah dikirim ulang. " * 4


def delivery_of(console: Console, role: str = "marketer") -> Page:
    """The page of what this role has just sent."""
    visitor = console.visitor(role)
    return sent(visitor, compose_for(visitor), BUYER)


def _marked(console: Console, role: str = "marketer") -> Page:
    visitor = console.visitor(role)
    page = visitor.press(delivery_of(console, role), "Resend as it was")
    page = visitor.press(visitor.press(page, "Pin"), "Tag", {"Add tags": "lebaran tindak-lanjut"})
    return visitor.press(page, "Keep the note", {"Note": NOTE})


def _by_somebody_else(console: Console) -> Page:
    return console.visitor("marketer").open(_marked(console, "admin").url)


def _refused_tag(console: Console) -> Page:
    return console.visitor("marketer").press(delivery_of(console), "Tag", {"Add tags": BUYER["E-mail"]})


def _note_on_the_buyer(console: Console) -> Page:
    note = f"Balas ke {BUYER['E-mail']} sebelum Jumat"
    return console.visitor("marketer").press(delivery_of(console), "Keep the note", {"Note": note})


def _listed(console: Console) -> Page:
    _marked(console)
    return console.visitor("marketer").open("/log/?is=pinned&tag=lebaran")


MARKED_PAGES = {
    "delivery, marked": _marked,
    "delivery, marked by somebody else": _by_somebody_else,
    "delivery, tag refused": _refused_tag,
    "delivery, note on the buyer": _note_on_the_buyer,
    "log, marked": _listed,
}
