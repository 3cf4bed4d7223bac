"""Somebody else writes and does not come to an end: nothing goes out, pages can be read, and the form stays."""

from __future__ import annotations

from tests.faults.console import IMPATIENT, web_of
from tests.faults.database import locked, run
from tests.faults.receivers import Receiver
from tests.installation import Installation

TYPED = {"First name": "Wulan", "E-mail": "wulan.pertiwi@contoh.id"}


def test_while_the_database_is_locked_nothing_goes_out_and_the_form_stays(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, IMPATIENT) as web:
        page = web.compose()
        with locked(prepared):
            refused = web.visitor.press(page, "Send event", TYPED)

        assert refused.status == 503
        assert "could not be saved, and nothing was sent" in refused.text
        assert refused.value("First name") == "Wulan"
        assert receiver.requests == []

        accepted = web.visitor.press(refused, "Send event")
        assert accepted.heading.startswith("Accepted")
        assert receiver.event_ids == [page.value("Event ID")]


def test_a_small_button_under_a_locked_database_keeps_what_was_typed(
    prepared: Installation, receiver: Receiver
) -> None:
    with web_of(prepared, IMPATIENT) as web:
        page = web.compose()
        with locked(prepared):
            drawn = web.visitor.press(page, "Variant", TYPED)

        assert (drawn.status, drawn.value("First name")) == (503, "Wulan")
        assert "Line 1: unique ID" in drawn.html or "variants.0" in drawn.html


def test_a_locked_database_turns_no_page_into_an_error_that_only_reads(
    prepared: Installation, receiver: Receiver
) -> None:
    # Without impatience: on a busy machine a chore may hold the lock for longer than that takes.
    with web_of(prepared) as patient:
        patient.visitor.press(patient.compose(), "Send event")
    # A call whose lease has passed asks whoever looks for a write.
    run(prepared, "UPDATE events_delivery SET outcome = 'pending', lease_until = '2020-01-01 00:00:00+00:00'")
    with web_of(prepared, IMPATIENT, patient) as web, locked(prepared):
        assert web.visitor.open("/log/").status == 200
        assert web.visitor.open("/log/1/").status == 200
