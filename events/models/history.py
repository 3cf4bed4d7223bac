"""What the log holds of a payload's events already: the same event ID, or a Purchase of the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from events.domain.circumstances import History, Use
from events.domain.meta import EVENT_NAMES
from events.domain.payload import Event, Payload
from events.domain.query import Field, Term
from events.domain.tree import Json, Number
from events.models import search
from events.models.body import Body
from events.models.delivery import Delivery, OutcomeChoices
from events.models.store import Store

# Nobody reads the history of more; and what was sent more often is told by its newest.
MOST_EVENTS, NEWEST = 10, 10
# Shorter ones have no three letters of their own, by which the index could tell them while somebody types.
SHORTEST = 3
PURCHASE = "Purchase"
# As an ID such a name is a slip, and every document holds it.
_EVERYWHERE = frozenset(map(str.lower, EVENT_NAMES))


class _Asked(NamedTuple):
    """An identity of one event, by its place among the payload's events."""

    place: int
    event: Event
    term: Term


def history_of(store: Store, payload: Payload, now: datetime, *, below: int | None = None) -> History:
    """Accepted deliveries of this store that hold an event ID of the payload, or a Purchase of one of its orders.

    One use of each kind for an event, the newest. `below` leaves out the row of that ID and all that came after it.
    Two queries, and a third for the bodies of what is to be compared.
    """
    asked = [*_event_ids(payload), *_orders(payload)]
    unlooked = max(0, len(payload.events) - MOST_EVENTS)
    if not asked:
        return History(unlooked=unlooked)
    deliveries = Delivery.objects.filter(store=store, environment=store.environment)
    held = search.holders(deliveries, [each.term for each in asked], NEWEST, below=below)
    accepted = deliveries.filter(pk__in={pk for pks in held for pk in pks}, outcome=OutcomeChoices.ACCEPTED)
    rows = {row.pk: row for row in accepted.only("uuid", "store", "created_at", "event_names", "event_ids")}
    ids: list[Use] = []
    orders: list[Use] = []
    for each, pks in zip(asked, held, strict=True):
        newest = [rows[pk] for pk in pks if pk in rows]
        if each.term.field is Field.ID:
            ids += _uses_of_id(each, newest, now)
        else:
            orders += _uses_of_order(each, newest, now)
    return History(tuple(_compared(payload, ids)), tuple(orders), unlooked)


def _event_ids(payload: Payload) -> Iterator[_Asked]:
    for event in payload.events[:MOST_EVENTS]:
        if len(event.event_id.strip()) >= SHORTEST and event.event_id.lower() not in _EVERYWHERE:
            yield _Asked(int(event.path[-1]), event, Term(Field.ID, event.event_id))


def _orders(payload: Payload) -> Iterator[_Asked]:
    for event in payload.events[:MOST_EVENTS]:
        order = _text(event.parameters.get("order_id")).strip()
        if event.event_name == PURCHASE and len(order) >= SHORTEST:
            yield _Asked(int(event.path[-1]), event, Term(Field.ORDER, order))


def _text(value: Json) -> str:
    return value.text if isinstance(value, Number) else value if isinstance(value, str) else ""


def _uses_of_id(asked: _Asked, newest: list[Delivery], now: datetime) -> Iterator[Use]:
    """The newest use under the same name, and the newest under another one."""
    seen: set[bool] = set()
    for row in newest:
        for event_id, name in zip(row.event_ids, row.event_names, strict=False):
            is_same = name == asked.event.event_name
            if event_id == asked.event.event_id and is_same not in seen:
                seen.add(is_same)
                yield Use(asked.place, row.pk, str(name), now - row.created_at)


def _uses_of_order(asked: _Asked, newest: list[Delivery], now: datetime) -> Iterator[Use]:
    for row in newest:
        if PURCHASE in row.event_names and asked.event.event_id not in row.event_ids:
            yield Use(asked.place, row.pk, PURCHASE, now - row.created_at)
            return


def _compared(payload: Payload, uses: list[Use]) -> Iterator[Use]:
    """The uses with what is known of their content: the same event for the same buyer, or another one."""
    events = {int(event.path[-1]): event for event in payload.events}
    same = [use.delivery for use in uses if use.event_name == events[use.event].event_name]
    bodies = Body.objects.select_related("delivery").in_bulk(same) if same else {}
    for use in uses:
        body = bodies.get(use.delivery)
        yield replace(use, same_content=body is not None and _holds(body, payload, events[use.event]))


def _holds(body: Body, payload: Payload, event: Event) -> bool:
    sent = Payload.of(body.read_payload())
    return sent.user_data == payload.user_data and any(each.tree == event.tree for each in sent.events)
