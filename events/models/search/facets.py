"""The filters of a delivery as short codes, which stand in both indexes: ` $07 ^s0 &00 !ac =5o ~02 %08 `.

A code is a sign for its kind and two digits (to the base of 36) or more. Three characters are one trigram, so that a
common fragment and a rare filter meet in the index and not row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.domain.outcome import WAITING, Outcome
from events.models.delivery import Delivery

# Their rows turn into one another when a lease passes, without anybody writing the document again.
UNSETTLED = WAITING | {Outcome.INTERRUPTED}
RESEND, FIRST = "^r1", "^r0"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ORDER = list(Outcome)


def facets(delivery: Delivery) -> str:
    """What stands from the first moment on, then what its ending adds: a document only ever grows."""
    return _joined((*_beginning(delivery), *_ending(delivery)))


def ending(delivery: Delivery) -> str:
    """What a row's closing adds to the facets that it had."""
    return "".join(f"{code} " for code in _ending(delivery))


def store(pk: int) -> str:
    return "$" + _number(pk)


def by(pk: int | None) -> str:
    return "&" + _number(pk or 0)


def channel(value: str) -> str:
    return "^s0" if value == "server" else "^b0"


def outcome(value: str) -> str:
    return "!" + _number(_ORDER.index(Outcome(value)))


def status(code: int) -> str:
    return "=" + _number(code)


def status_class(first_digit: int) -> str:
    return "~" + _number(first_digit)


def took(duration_ms: int) -> str:
    """Doubling steps: which power of two it stays under."""
    return "%" + _number(duration_ms.bit_length())


def took_between(low: int, high: int | None) -> tuple[str, ...]:
    """The steps that durations from `low` to `high` ms fall into; all the higher ones for None."""
    top = 31 if high is None else high.bit_length()
    return tuple("%" + _number(step) for step in range(low.bit_length(), top + 1))


def run(pk: int) -> str:
    return "@" + _number(pk)


def group(pk: int) -> str:
    return "+" + _number(pk)


def _beginning(delivery: Delivery) -> Iterator[str]:
    yield store(delivery.store_id)
    yield channel(delivery.channel)
    yield by(delivery.by_id)
    yield RESEND if delivery.resend_of_id else FIRST
    if delivery.run_id:
        yield run(delivery.run_id)


def _ending(delivery: Delivery) -> Iterator[str]:
    if delivery.outcome not in UNSETTLED:
        yield outcome(delivery.outcome)
    if delivery.status_code:
        yield from (status(delivery.status_code), status_class(delivery.status_code // 100))
    if delivery.duration_ms is not None:
        yield took(delivery.duration_ms)
    if delivery.group_id:
        yield group(delivery.group_id)


def _number(value: int) -> str:
    high, low = divmod(value, 36)
    return (_number(high).lstrip("0") if high >= 36 else _DIGITS[high]) + _DIGITS[low]


def _joined(codes: Iterable[str]) -> str:
    return f" {' '.join(codes)} "
