"""The steps of composing that most journeys begin with."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.journeys.reading import Page
from tests.journeys.visitor import Visitor

ITEM = "variant_KemejaBatikParangL"
BATIK = "Toko Batik Nusantara"
# A composition for it; without a store in the address it is the one that somebody sent to last.
AT_BATIK = "/compose/?store=1"
BUYER = {"E-mail": "wulan.pertiwi@contoh.id", "Phone": "6281290076543", "First name": "Wulan", "Last name": "Pertiwi"}


def event_id_of(page: Page) -> str:
    """The event ID that the composer made up."""
    return page.value("Event ID")


def typed_line(visitor: Visitor, page: Page, item: str = ITEM) -> Page:
    """The composer with one variant line more, filled in."""
    added = visitor.press(page, "Variant")
    number = sum("Line " in added.label_of(each) for each in added.root.all("input")) // 2
    return visitor.press(added, "Check", {f"Line {number}: unique ID": item})


def sent(visitor: Visitor, page: Page, typed: dict[str, str] | None = None) -> Page:
    """The delivery's page, after the form was sent."""
    answer = visitor.press(page, "Send event", typed)
    assert delivery_number(answer), answer.text
    return answer


def delivery_number(page: Page) -> int:
    """Which delivery a page is about, 0 for any other page."""
    parts = urlsplit(page.url).path.strip("/").split("/")
    return int(parts[1]) if parts[0] == "log" and len(parts) > 1 and parts[1].isdigit() else 0


def compose_for(visitor: Visitor, store: str = BATIK) -> Page:
    """A new composition for the store of this name."""
    page = visitor.open("/compose/")
    options = page.by_id("in-store").all("option")
    chosen = next(each.attrs["value"] for each in options if each.text.startswith(store))
    return visitor.press(page, "Check", {"store": chosen})
