"""Writing down what came back: the row is closed with its outcome, or left to its lease where that cannot be done."""

from __future__ import annotations

import copy
import logging
import time
from dataclasses import asdict
from typing import Any

from django.db import Error, close_old_connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.domain import redaction, refusal
from events.domain.exchange import Exchange
from events.domain.outcome import Outcome, classify
from events.domain.tree import Json, NotJson, read
from events.models import Body, Delivery, encryption, search
from events.models.body import Record, response_context, sealed

ERROR_LENGTH = 200
# A database that restarts is back within seconds; the lease covers what these do not.
PAUSES_S = (0.1, 0.5, 2.0)
_LOG = logging.getLogger(__name__)


def record(delivery: Delivery, exchange: Exchange, tree: Json) -> None:
    """Close the row. A database that is away for a moment is waited for; the answer exists only here.

    Raises nothing for the database: where it stays away `answer_lost` is set, and the lease closes the row.
    """
    for pause in (*PAUSES_S, None):
        try:
            _close(delivery, exchange, tree)
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


def _close(delivery: Delivery, exchange: Exchange, tree: Json) -> None:
    """Close the row of one's own call: an answer counts also where the lease passed meanwhile."""
    # A lease leaves no duration: a row that was interrupted by what came of its call is as final as any other.
    is_open = Delivery.objects.filter(outcome__in=(Outcome.PENDING, Outcome.INTERRUPTED), duration_ms=None)
    close(is_open, delivery, exchange, tree)


def close(closable: QuerySet[Delivery], delivery: Delivery, exchange: Exchange, tree: Json, **more: Any) -> bool:
    """Write the outcome down, once: only the attempt that made the call may, and only while the row is `closable`.

    False where it was not, and nothing was written. `more` are facts to keep beside those of the exchange.
    """
    outcome, error = classify(exchange), error_words(exchange, tree)
    closing: dict[str, Any] = {
        "outcome": outcome.value,
        "status_code": exchange.status,
        "error": error[:ERROR_LENGTH],
        "duration_ms": round(exchange.timings.total_ms or 0),
        "finished_at": timezone.now(),
    }
    # The caller's object learns of it after the commit only: until then it may still fail.
    closed = copy.copy(delivery)
    _take(closed, closing)
    with transaction.atomic():
        mine = closable.filter(uuid=delivery.uuid, attempt=delivery.attempt)
        if is_first := bool(mine.update(**closing)):
            _write_answer(closed, exchange, tree, error, more)
    if is_first:
        _take(delivery, closing)
    else:
        delivery.refresh_from_db(fields=closing)
    return is_first


def _take(delivery: Delivery, closing: dict[str, Any]) -> None:
    for name, value in closing.items():
        setattr(delivery, name, value)


def _write_answer(closed: Delivery, exchange: Exchange, tree: Json, error: str, more: dict[str, Any]) -> None:
    answer = Record(facts=_facts(exchange) | more, body=exchange.response_body)
    Body.objects.filter(delivery=closed).update(response=sealed(answer, response_context(closed)))
    if error:
        search.index(closed, tree, error)
    else:
        search.settle(closed)


def error_words(exchange: Exchange, sent: Json) -> str:
    """What Scalev said, or what stopped the call, in one line without keys and without anything of the buyer."""
    if exchange.status is None:
        return exchange.failure_detail
    if classify(exchange) is Outcome.ACCEPTED:
        return ""
    hidden, answer = redaction.buyer_values(sent), read_or_none(exchange.response_body)
    complaints = refusal.read_error(answer, hidden)
    if complaints:
        return "; ".join(refusal.in_words(complaint) for complaint in complaints[:3])
    plain = exchange.response_body[:ERROR_LENGTH].decode("utf-8", "replace").replace("\0", "")
    is_text = not plain.lstrip().startswith("<") and plain.isprintable()
    return redaction.scrub(plain, hidden) if is_text else exchange.reason


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
        "timings": asdict(exchange.timings),
        "peer": exchange.peer,
        "bytes_may_have_left": exchange.bytes_may_have_left,
    }


def read_or_none(body: bytes) -> Json:
    """The payload as a tree, or None where verbatim bytes are no JSON: they are sent and kept all the same."""
    try:
        return read(body)
    except NotJson:
        return None
