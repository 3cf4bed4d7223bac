"""Invented deliveries as the columns of their rows, bodies and search documents: what takes time, away from the lock.

A million are made at once, so what repeats is made once: a shop's headers, a buyer's hashes, an error's words. Tests
hold the outcome against what the sender leaves.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from random import Random
from typing import Any, TypeAlias
from uuid import uuid4

from django.db import connection, models

from events.delivery import client
from events.domain import contract
from events.domain.exchange import Failure, Timings
from events.domain.grouping import normal_form
from events.domain.outcome import Outcome
from events.management.believable import Invented, invented
from events.management.invented_documents import Documents
from events.models import Delivery, Person, StorefrontKey
from events.models.body import Record, request_context, response_context, sealed
from events.models.channel import Channel
from events.models.group import group_of

Row: TypeAlias = tuple[Any, ...]
# The first two columns of a row: its own number and that of the delivery that it repeats.
NUMBERS = ("id", "resend_of_id")
_FIELDS = [field for field in Delivery._meta.concrete_fields if field.attname not in NUMBERS]
COLUMNS: list[str] = [*NUMBERS, *(str(field.column) for field in _FIELDS)]
_RATE = [["X-Ratelimit-Limit", "600"], ["X-Ratelimit-Remaining", "599"], ["X-Ratelimit-Reset", "60"]]
_FAILURES = {
    Outcome.TIMED_OUT: Failure.TIMED_OUT, Outcome.UNREACHABLE: Failure.REFUSED, Outcome.INTERRUPTED: Failure.RESET,
}  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Deliveries that are invented and written together. `number` decides which they are."""

    number: int
    size: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Made:
    """Columns of three tables. Each begins with the delivery's number within the group; `rows` as in `COLUMNS`."""

    rows: list[Row]
    bodies: list[Row]
    documents: list[Row]


class Maker:
    """Makes what stores are filled with; `keys` are the numbers of their storefront keys, shop by shop. `seed` decides
    what, and who sent it.
    """

    def __init__(self, keys: list[int], seed: int) -> None:
        found = StorefrontKey.objects.select_related("store").in_bulk(keys)
        self._keys = [found[key] for key in keys]
        self._seed = seed
        self._people = [*Person.objects.values_list("pk", flat=True), None]
        self._documents = Documents()
        # One object a shop, which every row of it borrows: to make a model's takes longer than all that is in it.
        self._lent = [_of(key) for key in self._keys]
        self._groups: dict[tuple[object, ...], int] = {}
        self._columns = [(field.attname, _taken(field)) for field in _FIELDS]

    def made(self, group: Group) -> Made:
        seed = f"{self._seed}:{group.number}"
        chance = Random(f"{seed}:calls")  # nosec B311  # invented data, no secret
        made = Made([], [], [])
        for each in invented(group.size, seed, group.start, group.end):
            row = self._row(each, chance)
            columns = (take(getattr(row, name)) if take else getattr(row, name) for name, take in self._columns)
            made.rows.append((each.number, each.repeats, *columns))
            made.bodies.append((each.number, *self._bodies(each, row, chance)))
            made.documents.append((each.number, *self._documents.of(each, row)))
        return made

    def _row(self, each: Invented, chance: Random) -> Delivery:
        row = self._lent[each.visit.shop]
        row.uuid, row.attempt = uuid4(), uuid4()
        row.created_at = each.at
        row.finished_at = each.at + timedelta(milliseconds=each.duration_ms)
        row.lease_until = each.at + timedelta(seconds=25)
        row.by_id = chance.choice(self._people)
        row.channel = Channel.BROWSER.value if each.browser else Channel.SERVER.value
        row.resend_of_id = each.repeats
        row.outcome, row.status_code = each.outcome.value, each.status
        row.group_id = self._group(each, row.store_id)
        row.error, row.duration_ms = each.error, each.duration_ms
        row.event_names, row.event_ids, row.event_count = list(each.names), list(each.ids), len(each.ids)
        row.request_bytes = len(each.payload)
        row.keep_buyer(self._documents.masked(each.visit))
        return row

    def _group(self, each: Invented, store: int) -> int | None:
        if each.outcome is Outcome.ACCEPTED:
            return None
        kind = (store, each.outcome, each.status, normal_form(each.error))
        if kind not in self._groups:
            self._groups[kind] = group_of(store, each.outcome, each.status, each.error, each.at)
        return self._groups[kind]

    def _bodies(self, each: Invented, row: Delivery, chance: Random) -> tuple[bytes, bytes]:
        key = self._keys[each.visit.shop]
        headers = [*client.FIXED_HEADERS.items(), (contract.KEY_HEADER, key.masked)]
        asked = {
            "method": "POST", "url": contract.url("http://127.0.0.1", key.store.store_id), "headers": headers,
            "findings": [],
        }  # fmt: skip
        return (
            sealed(Record(asked, each.payload), request_context(row)),
            sealed(Record(_answer(each, headers, chance), each.answer), response_context(row)),
        )


def _of(key: StorefrontKey) -> Delivery:
    return Delivery(store=key.store, environment=key.store.environment, storefront_key=key)


def _taken(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How the database takes a column's values; None where it takes them as they are."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.UUIDField) and not connection.features.has_native_uuid_field:
        return lambda value: value and value.hex
    return None


def _answer(each: Invented, headers: list[tuple[str, str]], chance: Random) -> dict[str, Any]:
    """What the sender would have recorded of the call."""
    unique = [["Date", f"{each.at:%a, %d %b %Y %H:%M:%S} GMT"], ["cf-ray", f"{chance.getrandbits(64):016x}-SIN"]]
    failure, took = _FAILURES.get(each.outcome), each.duration_ms
    timings = Timings(send_ms=0.2, first_byte_ms=took - 0.5, receive_ms=round(chance.random(), 3), total_ms=took)
    return {
        "status": each.status,
        "reason": HTTPStatus(each.status).phrase if each.status else "",
        "headers": unique + _RATE if each.status else [],
        "request_headers": headers,
        "failure": failure,
        "failure_detail": each.error if failure else "",
        "body_marks": [],
        "response_size": len(each.answer),
        "timings": vars(timings),
        "peer": "127.0.0.1:4010",
        "bytes_may_have_left": each.outcome is not Outcome.UNREACHABLE,
    }
