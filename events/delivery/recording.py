"""Writing down what came back: the row is closed with its outcome, or left to its lease where that cannot be done."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from functools import partial
from typing import Any

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from events.domain import personal, redaction, refusal
from events.domain.credentials import DOTS
from events.domain.exchange import Exchange
from events.domain.outcome import Outcome, classify
from events.domain.tree import Json, NotJson, read
from events.models import Body, Delivery, encryption, search, statements
from events.models.body import Record, response_context, sealed
from events.models.group import group_of
from events.models.statements import Change, Condition
from events.models.writing import written

ERROR_LENGTH = 200
# A database that restarts is back within seconds; the lease covers what these do not.
PAUSES_S = (0.1, 0.5, 2.0)
# The answer to one's own call counts also where the lease passed meanwhile. That leaves no duration: a row which was
# interrupted by what came of its call is as final as any other.
OWN_CALL = Condition("outcome IN (%s, %s) AND duration_ms IS NULL", (Outcome.PENDING.value, Outcome.INTERRUPTED.value))
_LOG = logging.getLogger(__name__)


def record(delivery: Delivery, exchange: Exchange, tree: Json) -> None:
    """Close the row. A database that is away for a moment is waited for; the answer exists only here.

    Raises nothing for the database: where it stays away `answer_lost` is set, and the lease closes the row.
    """
    for pause in (*PAUSES_S, None):
        try:
            close(OWN_CALL, delivery, exchange, tree)
        except (Error, encryption.Unreadable) as error:
            if pause is None or isinstance(error, encryption.Unreadable):
                _lose(delivery, error)
                break
            time.sleep(pause)
            close_old_connections()
        else:
            break


def _lose(delivery: Delivery, error: Exception) -> None:
    delivery.answer_lost = True
    # The engine's own words may repeat what was to be written.
    _LOG.error("The answer to delivery %s could not be recorded (%s).", delivery.pk, type(error).__name__)


def close(closable: Condition, delivery: Delivery, exchange: Exchange, tree: Json, **more: Any) -> bool:
    """Write the outcome down, once: only the attempt that made the call may, and only while the row is `closable`.

    False where it was not, and nothing was written. `more` are facts to keep beside those of the exchange.
    """
    error = error_words(exchange, tree)
    closing = _ending(delivery, exchange, error[:ERROR_LENGTH])
    # Sealed and scrubbed before the lock is taken: everybody else who sends waits for that.
    answer = sealed(Record(facts=_facts(exchange) | more, body=exchange.response_body), response_context(delivery))
    said = search.remark(delivery, tree, error)
    earlier = {name: getattr(delivery, name) for name in closing}
    _take(delivery, closing)
    try:
        changes = Change(Delivery, closing), Change(Body, {"response": answer}), search.ending(delivery, said)
        # Of a power cut the row before the call has to know; without its answer it ends INTERRUPTED.
        write = partial(statements.update, delivery.pk, *changes, only=_mine(closable, delivery))
        is_first = written(write, waits=False)
    except BaseException:
        # It may be tried again, and until it has worked the row is as it was.
        _take(delivery, earlier)
        raise
    if not is_first:
        delivery.refresh_from_db(fields=closing)
    return is_first


def _ending(delivery: Delivery, exchange: Exchange, error: str) -> dict[str, Any]:
    """The columns that say how it ended."""
    outcome, now = classify(exchange), timezone.now()
    return {
        "outcome": outcome.value,
        "status_code": exchange.status,
        "error": error,
        "duration_ms": round(exchange.timings.total_ms or 0),
        "finished_at": now,
        "group_id": _group(delivery, outcome, exchange.status, error, now),
    }


def _group(delivery: Delivery, outcome: Outcome, status: int | None, error: str, now: datetime) -> int | None:
    """The error group of a failure. Where that cannot be had the answer is written down without."""
    if outcome is Outcome.ACCEPTED:
        return None
    try:
        return group_of(delivery.store_id, outcome, status, error, now)
    except Exception as trouble:  # whatever it is, it must not cost the answer
        _LOG.warning("Delivery %s was left without an error group (%s).", delivery.pk, type(trouble).__name__)
        return None


def _mine(closable: Condition, delivery: Delivery) -> Condition:
    attempt = Delivery._meta.get_field("attempt").get_db_prep_value(delivery.attempt, connection)
    return Condition(f"attempt = %s AND {closable.sql}", (attempt, *closable.values))


def _take(delivery: Delivery, closing: dict[str, Any]) -> None:
    for name, value in closing.items():
        setattr(delivery, name, value)


def error_words(exchange: Exchange, sent: Json) -> str:
    """What Scalev said, or what stopped the call, in one line without keys and without anything of the buyer.

    Not even her masks: it is kept in clear, and a first letter and a mail domain tell a thief something.
    """
    if exchange.status is None:
        return exchange.failure_detail
    if classify(exchange) is Outcome.ACCEPTED:
        return ""
    hidden, answer = personal.buyer_values(sent), read_or_none(exchange.response_body)
    complaints = refusal.read_error(answer, hidden, instead=DOTS)
    if complaints:
        return "; ".join(refusal.in_words(complaint) for complaint in complaints[:3])
    plain = exchange.response_body[:ERROR_LENGTH].decode("utf-8", "replace").replace("\0", "")
    is_text = not plain.lstrip().startswith("<") and plain.isprintable()
    return redaction.scrub(plain, hidden, instead=DOTS) if is_text else exchange.reason


def _facts(exchange: Exchange) -> dict[str, Any]:
    return {
        "status": exchange.status,
        "reason": exchange.reason,
        "headers": exchange.response_headers,
        "request_headers": exchange.request_headers,
        "failure": exchange.failure,
        "failure_detail": exchange.failure_detail,
        "body_marks": sorted(exchange.body_marks),
        "response_size": exchange.response_size,
        "timings": vars(exchange.timings),
        "peer": exchange.peer,
        "bytes_may_have_left": exchange.bytes_may_have_left,
    }


def read_or_none(body: bytes) -> Json:
    """The payload as a tree, or None where verbatim bytes are no JSON: they are sent and kept all the same."""
    try:
        return read(body)
    except NotJson:
        return None
