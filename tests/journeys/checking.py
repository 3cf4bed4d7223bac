"""A recorded visit on its way to its ladder, in every state that looks different."""

from __future__ import annotations

from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.recordings import ORDER, call, event, har, hit, visit

RUINED = call(event("Purchase", "ord-88214-Purchase", value="95.300", currency="Rp"), seconds=130, status=404)
LATE = (hit("Lead", "lead-7", 200), call(event("Lead", "lead-7"), seconds=900))
WHOLE = (hit("Purchase", "ord-88213", **ORDER), call(event("Purchase", "ord-88213", **ORDER)))


def checked(console: Console, content: bytes) -> Page:
    marketer = console.visitor("marketer")
    return marketer.upload(marketer.open("/recording/"), "Check the visit", content)


CHECKED_PAGES = {
    "recording": lambda console: console.visitor("marketer").open("/recording/"),
    "recording, checked": lambda console: checked(console, har(*visit(), *LATE, RUINED)),
    "recording, all is well": lambda console: checked(console, har(*WHOLE)),
    "recording, nothing in it": lambda console: checked(console, har()),
    "recording, refused": lambda console: checked(console, b"%PDF-1.7"),
}
