"""What sending the same bytes again will mean to Meta and to Scalev, said before anybody does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from events.domain.outcome import Outcome
from events.domain.resending import Earlier, early_warning, foresight, repeat_warning, resend_warning
from events.domain.text import NO_TEXT, Text
from events.domain.waiting import wait_asked
from events.models import Body, Delivery
from events.models.encryption import Unreadable
from events.views.timeline import Try, tries_of


def foresight_of(delivery: Delivery, tries: Sequence[Try], now: datetime) -> Text:
    """One sentence for the page that offers it."""
    return foresight(_earlier(tries, now), has_id=_has_ids(delivery), status=delivery.status_code)


def warnings_of(delivery: Delivery, now: datetime) -> list[Text]:
    """What has to be confirmed first; nothing where nothing speaks against it."""
    tries = tries_of(delivery)
    last = tries[-1]
    repeated = repeat_warning(now - last.created_at, Outcome(last.outcome)) if last.pk > delivery.pk else NO_TEXT
    late = resend_warning(_earlier(tries, now), has_id=_has_ids(delivery), status=delivery.status_code)
    return [text for text in (repeated, _too_early(last, now), late) if text]


def _earlier(tries: Iterable[Try], now: datetime) -> list[Earlier]:
    return [Earlier(Outcome(each.outcome), now - each.created_at) for each in tries]


def _has_ids(delivery: Delivery) -> bool:
    return bool(delivery.event_ids) and all(delivery.event_ids)


def _too_early(last: Try, now: datetime) -> Text:
    """Whether the answer to the last one asked for a wait that is not over."""
    if last.outcome != Outcome.RATE_LIMITED:
        return NO_TEXT
    body = Body.objects.select_related("delivery").filter(delivery=last.pk).first()
    try:
        response = body.read_response() if body else None
    except Unreadable:
        response = None
    if body is None or response is None:
        return NO_TEXT
    answered_at = body.delivery.finished_at or now
    wait = wait_asked(tuple(map(tuple, response.facts.get("headers", ()))), answered_at)
    age = now - answered_at
    return early_warning(wait.left_words(age)) if wait and not wait.is_over(age) else NO_TEXT
