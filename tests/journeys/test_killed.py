"""The web process dies at the worst moments: no delivery is lost, none goes out twice, none hides how it ended."""

from __future__ import annotations

import random
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

DEADLINE_S = 2
# Five seconds beyond the deadline, and one for clocks and a busy machine.
LEASE_S = DEADLINE_S + 6
KILLS, SENDERS = 4, 6


def test_a_send_that_was_killed_is_found_interrupted_and_never_goes_out_again(prepared: Installation) -> None:
    with sandbox_of(prepared, SCALEV_DEADLINE_SECONDS=str(DEADLINE_S)) as console:
        with web_of(console) as web:
            store = _store(console, "store_sandbox_hang")
            page = compose_for(_marketer(console), store)
            event_id = page.value("Event ID")
            with ThreadPoolExecutor(1) as beside:
                sending = beside.submit(_try_to_send, _marketer(console), page)
                _until(lambda: bool(console.received(event_id)))
                web.kill()
                assert sending.result() is None
        with web_of(console):
            found = _found(console, event_id)
            assert found.heading.startswith("Sending"), "its lease has not passed"
            assert "Resend as it was" not in found.buttons()
            time.sleep(LEASE_S)

            found = _found(console, event_id)
            assert found.heading == "Interrupted: The console stopped while this event was under way."
            assert "it is never sent again by itself" in found.text
            assert "Resend as it was" in found.buttons()
            again = _marketer(console).press(_at(console, page), "Send event")
            assert delivery_number(again) == delivery_number(found)
        assert len(console.received(event_id)) == 1


def test_kills_at_any_moment_lose_no_delivery_and_repeat_none(prepared: Installation) -> None:
    with sandbox_of(prepared, SCALEV_DEADLINE_SECONDS=str(DEADLINE_S)) as console:
        tried: list[Page] = []
        for _ in range(KILLS):
            with web_of(console) as web:
                pages = [compose_for(_marketer(console)) for _ in range(SENDERS)]
                with ThreadPoolExecutor(SENDERS) as beside:
                    sending = [beside.submit(_try_to_send, _marketer(console), page) for page in pages]
                    time.sleep(random.uniform(0, 0.3))
                    web.kill()
                    assert all(each.exception() is None for each in sending)
                tried += pages
        with web_of(console):
            assert console.installation.manage("search_log", "", "--limit", "100").returncode == 0
            before = {page.value("Event ID"): len(console.received(page.value("Event ID"))) for page in tried}
            time.sleep(LEASE_S)
            for event_id, arrived in before.items():
                assert arrived <= 1, event_id
                rows = _rows(console, event_id)
                assert len(rows) <= 1, event_id
                assert rows or not arrived, f"{event_id} went out and left no row"
                assert "Sending" not in " ".join(rows), event_id
            # Whoever goes back and presses again sends what had not gone out, and only that.
            for page in tried:
                _marketer(console).press(_at(console, page), "Send event")
                assert len(_rows(console, page.value("Event ID"))) == 1
            after = {event_id: len(console.received(event_id)) for event_id in before}
            assert set(after.values()) <= {0, 1}
            assert all(after[event_id] >= count for event_id, count in before.items())


def test_a_send_under_way_is_finished_when_the_console_is_told_to_stop(prepared: Installation) -> None:
    with sandbox_of(prepared, SCALEV_DEADLINE_SECONDS="8") as console:
        with web_of(console) as web:
            store = _store(console, "store_sandbox_slow")
            page = compose_for(_marketer(console), store)
            with ThreadPoolExecutor(1) as beside:
                sending = beside.submit(_try_to_send, _marketer(console), page)
                _until(lambda: bool(console.received(page.value("Event ID"))))
                web.terminate()
                assert web.wait(timeout=20) == 0
                sending.result()
        with web_of(console):
            assert _found(console, page.value("Event ID")).heading.startswith("Accepted")


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
    deadline = time.monotonic() + 10
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _rows(console: Console, event_id: str) -> list[str]:
    """The outcomes in the log's lines with this event ID."""
    visitor = _marketer(console)
    page = visitor.press(visitor.open("/log/"), "Search", {"q": event_id})
    return [each.text for each in page.of_class("log-outcome") if each.tag == "td"]


def _found(console: Console, event_id: str) -> Page:
    visitor = _marketer(console)
    page = visitor.press(visitor.open("/log/"), "Search", {"q": event_id})
    (row,) = page.of_class("row-link")
    return visitor.open(row.attrs["href"])
