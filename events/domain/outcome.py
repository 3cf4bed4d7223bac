"""The verdict on one exchange, and who may send it again."""

from datetime import timedelta
from enum import StrEnum

from events.domain.exchange import Exchange, Failure

META_DEDUPLICATION_WINDOW = timedelta(hours=48)
NOTICEABLY_LATE = timedelta(hours=1)


class Outcome(StrEnum):
    """How a delivery stands. The last nine are final; a delivery never leaves a final one."""

    QUEUED = "queued"
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    UNEXPECTED = "unexpected"
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"
    INTERRUPTED = "interrupted"


class ResendAdvice(StrEnum):
    """What the age of an event means for sending the same event_id again."""

    FINE = "fine"
    LATE = "late"  # Scalev stamps the time itself, so Meta would see the event at the wrong hour
    MAY_COUNT_TWICE = "may_count_twice"  # beyond the window in which Meta drops a repeated event_id


WAITING = frozenset({Outcome.QUEUED, Outcome.PENDING})
# Nothing was taken in for certain: no byte left, or the vendor says that it turned the request away.
SAFE_TO_REPEAT = frozenset({Outcome.UNREACHABLE, Outcome.RATE_LIMITED})


def classify(exchange: Exchange) -> Outcome:
    """Judge an exchange: by its status if one came, else by whether bytes may have left."""
    if exchange.status is not None:
        return _by_status(exchange.status)
    if not exchange.bytes_may_have_left:
        return Outcome.UNREACHABLE
    # Which redirect it was, a browser does not say; that an answer came, it does.
    told_apart = {Failure.TIMED_OUT: Outcome.TIMED_OUT, Failure.REDIRECTED: Outcome.UNEXPECTED}
    return told_apart.get(exchange.failure, Outcome.INTERRUPTED) if exchange.failure else Outcome.INTERRUPTED


def _by_status(status: int) -> Outcome:
    named = {204: Outcome.ACCEPTED, 404: Outcome.NOT_FOUND, 429: Outcome.RATE_LIMITED}
    if status in named:
        return named[status]
    if 400 <= status <= 499:
        return Outcome.REJECTED
    if 500 <= status <= 599:
        return Outcome.SERVER_ERROR
    return Outcome.UNEXPECTED


def is_final(outcome: Outcome) -> bool:
    """Say whether the exchange is over."""
    return outcome not in WAITING


def may_be_resent_by_machine(outcome: Outcome, *, store_opted_in: bool = False) -> bool:
    """Say whether a retry needs nobody's decision; a 5xx does, unless the store opted in."""
    return outcome in SAFE_TO_REPEAT or (outcome is Outcome.SERVER_ERROR and store_opted_in)


def may_be_resent_by_person(outcome: Outcome) -> bool:
    """Say whether a person may send the same bytes again; a delivery still under way may not be doubled."""
    return is_final(outcome)


def resend_advice(age: timedelta) -> ResendAdvice:
    """Weigh a resend with the same event_id by the time since the event was first sent."""
    if age >= META_DEDUPLICATION_WINDOW:
        return ResendAdvice.MAY_COUNT_TWICE
    if age >= NOTICEABLY_LATE:
        return ResendAdvice.LATE
    return ResendAdvice.FINE
