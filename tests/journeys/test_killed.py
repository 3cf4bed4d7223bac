"""The web process dies while it sends: what people see of that, and what they can do next.

That no kill at any moment loses or doubles a delivery is shown in `tests/faults`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import requests

from tests.installation import Installation
from tests.journeys.composing import compose_for, delivery_number
from tests.journeys.console import Console, sandbox_of, web_of
from tests.journeys.reading import Page
from tests.journeys.test_stores_and_keys import new_key, new_store, store_name
from tests.journeys.visitor import Visitor

# Short, since the lease of a dead send lasts five seconds more.
DEADLINE_S = 4
PATIENCE_S = 40


def test_a_send_that_was_killed_is_found_interrupted_and_never_goes_out_again(prepared: Installation) -> None:
    """Two web processes, as behind a proxy: one dies, the other shows what became of its send."""
    with sandbox_of(prepared, SCALEV_DEADLINE_SECONDS=str(DEADLINE_S)) as console, web_of(console):
        other, store = console.origin, _store(console, "store_sandbox_hang")
        with web_of(console) as web, ThreadPoolExecutor(1) as beside:
            page = compose_for(_marketer(console), store)
            event_id = page.value("Event ID")
            sending = beside.submit(_try_to_send, _marketer(console), page)
            _until(lambda: bool(console.received(event_id)))
            web.kill()
            assert sending.result() is None
        console.origin = other
        found = _found(console, event_id)
        assert found.heading.startswith("Sending"), "its lease has not passed"
        assert "Resend as it was" not in found.buttons()

        _until(lambda: not _found(console, event_id).heading.startswith("Sending"))

        found = _found(console, event_id)
        assert found.heading == "Interrupted: The console stopped while this event was under way."
        assert "it is never sent again by itself" in found.text
        assert "Resend as it was" in found.buttons()
        again = _marketer(console).press(_at(console, page), "Send event")
        assert delivery_number(again) == delivery_number(found)
        assert len(console.received(event_id)) == 1


def _store(console: Console, store_id: str) -> str:
    admin = console.visitor("admin")
    page = new_store(admin, store_id)
    admin.press(page, "Add the key", {"Storefront key": new_key()})
    return store_name(page)


def _marketer(console: Console) -> Visitor:
    """The marketer at whichever web process runs now; a restart signs nobody out."""
    visitor = console.visitor("marketer")
    visitor.origin = console.origin
    return visitor


def _at(console: Console, page: Page) -> Page:
    """The form as it stands in the browser, beside the console's new port."""
    path = page.url.split("/", 3)[3]
    return Page(f"{console.origin}/{path}", page.status, page.html)


def _try_to_send(visitor: Visitor, page: Page) -> Page | None:
    with suppress(requests.ConnectionError):
        return visitor.press(page, "Send event")
    return None


def _until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _found(console: Console, event_id: str) -> Page:
    visitor = _marketer(console)
    page = visitor.press(visitor.open("/log/"), "Search", {"q": event_id})
    (row,) = page.of_class("row-link")
    return visitor.open(row.attrs["href"])
