"""From nothing to an accepted event that is found again by its event ID."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from tests.installation import Installation
from tests.journeys.composing import ITEM, compose_for, event_id_of, sent, typed_line
from tests.journeys.console import Console, console_of
from tests.journeys.visitor import Visitor


def test_a_newcomer_sends_an_event_and_finds_it_again_by_its_event_id(prepared: Installation) -> None:
    with console_of(prepared) as console:
        began = time.monotonic()
        _from_nothing_to_found(console)
        assert time.monotonic() - began < 60, "two minutes are for somebody who reads"


def test_what_reaches_scalev_is_what_the_composer_showed(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    event_id = event_id_of(page)
    typed = {"E-mail": "  Wulan.Pertiwi@Contoh.id", "Value": "189000.50", "Order": "88212"}
    checked = marketer.press(typed_line(marketer, page), "Check", typed)
    shown = checked.by_id("pane").text

    sent(marketer, checked)

    (request,) = console.received(event_id)
    assert '"value":189000.50' in request["body"]
    assert "189000.50" in shown
    assert '"ph"' not in request["body"], "what was left empty is left out"
    assert ITEM in request["body"]


def _from_nothing_to_found(console: Console) -> None:
    newcomer = Visitor(console.origin)
    page = newcomer.open("/")
    assert (page.heading, urlsplit(page.url).path) == ("Sign in", "/sign-in/")
    page = newcomer.press(
        page, "Sign in", {"E-mail": "marketer@console.test", "Password": console.passwords["marketer"]}
    )
    assert page.heading == "Compose"

    event_id = event_id_of(page)
    page = newcomer.press(typed_line(newcomer, page), "Send event", {"E-mail": "wulan.pertiwi@contoh.id"})
    assert "Scalev took this event for delivery." in page.heading
    assert "This says nothing yet about Meta" in page.text

    found = newcomer.press(newcomer.follow(page, "Log"), "Search", {"q": event_id})
    (row,) = found.of_class("row-link")
    detail = newcomer.open(row.attrs["href"])
    assert detail.url.split("?")[0] == page.url
    assert event_id in detail.text
    assert [each["answer"]["status"] for each in console.received(event_id)] == [204]
