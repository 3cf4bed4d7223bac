"""The web process goes down: killed between commit and redirect, or told to stop while it sends."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import requests

from tests.faults.console import Web, web_of
from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation
from tests.journeys.composing import delivery_number
from tests.journeys.reading import Page

AFTER_THE_LEASE_S = 120
# More than serve has threads, so that some wait for one.
SENDERS = 14
# Longer than waitress waits for its threads, and less than the deadline.
ANSWER_AFTER_S = 6.5


def test_killed_between_commit_and_redirect_the_same_form_leads_to_its_delivery(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared) as web:
        page = web.compose()
        receiver.before_answer = web.process.kill
        assert sent(web, page) is None
        receiver.before_answer = lambda: None
        with web_of(prepared, before=web) as later:
            reloaded = later.visitor.open(page.url.replace(web.visitor.origin, later.visitor.origin))
            # An edited one is not taken for sent: it is told that this form was.
            edited = later.visitor.press(later.at_hand(page), "Send event", {"First name": "Wulan"})
            again = later.visitor.press(later.at_hand(page), "Send event")

    assert delivery_number(again) == delivery_number(edited) == delivery_number(reloaded) == 1
    assert "sent already, and only once" in edited.text
    assert receiver.event_ids == [page.value("Event ID")]


def test_told_to_stop_under_load_it_loses_nothing_and_doubles_nothing(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared) as web, worker_of(prepared) as other:
        pages = [web.compose() for _ in range(SENDERS)]
        receiver.may_answer.clear()
        with ThreadPoolExecutor(SENDERS) as at_once:
            sending = [at_once.submit(sent, web, page) for page in pages]
            for _ in range(10):
                receiver.wait()
            web.process.terminate()
            threading.Timer(ANSWER_AFTER_S, receiver.may_answer.set).start()
            assert web.process.wait(timeout=30) == 0
            answers = [each.result() for each in sending]
        rows = {row["event_id"]: row["outcome"] for row in other.look(AFTER_THE_LEASE_S)}

        assert sorted(receiver.event_ids) == sorted(set(receiver.event_ids)), "doubled"
        assert set(receiver.event_ids) <= set(rows), "lost"
        # What was under way had its time: it is written down as it ended.
        assert set(rows.values()) == {"accepted"}
        assert 10 <= len(rows) <= SENDERS
        assert all(answer is None or delivery_number(answer) for answer in answers)
        with web_of(prepared, before=web) as later:
            again = [later.visitor.press(later.at_hand(page), "Send event") for page in pages]
    assert len({delivery_number(each) for each in again}) == SENDERS
    assert sorted(receiver.event_ids) == sorted(page.value("Event ID") for page in pages)


def sent(web: Web, page: Page) -> Page | None:
    """The page after the press of "Send", or None where the console was gone before it answered."""
    with suppress(requests.ConnectionError):
        return web.visitor.tab().press(page, "Send event")
    return None
