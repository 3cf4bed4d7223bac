"""A group is told in one plain sentence, whatever its outcome."""

from __future__ import annotations

import pytest

from events.domain.group_words import explain_group, title
from events.domain.outcome import Outcome

FAILED = [outcome for outcome in Outcome if outcome not in (Outcome.ACCEPTED, Outcome.PENDING, Outcome.QUEUED)]


@pytest.mark.parametrize(
    ("outcome", "status", "form", "sentence"),
    [
        ("rejected", 400, "line …: “too small”", "Scalev refused this request: line …: “too small”."),
        ("rejected", 400, "“No events”", "Scalev refused this request: No events."),
        ("rejected", 400, "", "Scalev refused this request."),
        ("rejected", 401, "“invalid key”", "Scalev refused this request: it does not allow it (401)."),
        ("not_found", 404, "“Store not found”", "Scalev does not find the store for this request."),
        ("server_error", 503, "Service unavailable", "Scalev had a problem of its own (503)."),
        ("unreachable", None, "connection refused", "Scalev was not reached: connection refused."),
        ("timed_out", None, "", "Scalev did not answer in time."),
        ("interrupted", None, "connection reset by peer", "No whole answer came: connection reset by peer."),
        ("interrupted", None, "", "The console stopped while this event was under way."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_happened(outcome: str, status: int | None, form: str, sentence: str) -> None:
    assert explain_group(Outcome(outcome), status, form).sentence == sentence


def test_an_unexpected_answer_is_not_called_as_it_calls_itself() -> None:
    assert title(Outcome.UNEXPECTED, 200, "OK") == explain_group(Outcome.UNEXPECTED, 200, "OK").sentence


@pytest.mark.parametrize("outcome", FAILED)
@pytest.mark.parametrize("form", ["", "{odd} words: …"])
def test_every_failure_has_a_sentence_a_title_and_a_next_step(outcome: Outcome, form: str) -> None:
    told = explain_group(outcome, None, form)

    assert told.sentence
    assert told.next_step
    assert title(outcome, None, form)


def test_a_title_is_the_words_that_tell_it_from_others() -> None:
    assert title(Outcome.REJECTED, 400, "“Bad request”") == "Bad request"
    assert title(Outcome.REJECTED, 400, "line …, `quantity` “too small”") == "Line …, `quantity` “too small”"
    assert title(Outcome.SERVER_ERROR, 503, "") == "Scalev had a problem of its own (503)."


@pytest.mark.parametrize("form", ["user_data.ph: is wrong", "events[…].event_id: can't be blank", "… is wrong"])
def test_a_title_leaves_wire_names_as_they_are_written(form: str) -> None:
    assert title(Outcome.REJECTED, 400, form) == form
