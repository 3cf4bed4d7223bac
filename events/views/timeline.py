"""Everything that was sent of one event, in order: the first try, its resends, and what the other channel sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from events.domain.outcome import Outcome
from events.domain.query import Field, SearchQuery, Term
from events.domain.resending import gap_words, resend_remark
from events.domain.text import NO_TEXT, Text
from events.forms.log import Address
from events.models import Delivery, prepared
from events.models.channel import Channel
from events.models.delivery import OutcomeChoices
from events.models.prepared import Place, Query

# Of a larger family the newest are read, and of those that are read a few are drawn.
TRIES_READ = 1000
_FIRST_DRAWN, _LAST_DRAWN, _AROUND = 2, 6, 1


class Try(NamedTuple):
    """One try as a family is read and drawn. `resend_of` is 0 for a first one, `twin_of` for what has none.

    `by` is who sent it, "" for a command.
    """

    pk: int
    uuid: uuid.UUID
    created_at: datetime
    outcome: str
    resend_of: int
    twin_of: int
    channel: str
    by: str

    @property
    def channel_word(self) -> str:
        return str(Channel(self.channel).label)

    @property
    def outcome_word(self) -> str:
        return str(OutcomeChoices(self.outcome).label)


@dataclass(frozen=True, slots=True)
class Sending:
    """One try as it is drawn. `after` is how long after the one before, `skipped` how many between them are not."""

    delivery: Try
    is_here: bool
    after: Text
    remark: Text
    skipped: int


@dataclass(frozen=True, slots=True)
class Family:
    """`tries` have the same bytes and channel of origin, oldest first; `whole` are they and their twins."""

    tries: list[Try]
    whole: list[Try]
    twin_pk: int | None


def family_of(delivery: Delivery) -> Family:
    """Everything that was sent with these bytes, and the same composition down the other channel, by one query."""
    origin = delivery.resend_of or delivery
    whole = _read(_whole, origin=origin.pk, here=delivery.pk, twin=origin.twin_of_id)
    tries = [each for each in whole if origin.pk in (each.pk, each.resend_of)]
    twin = delivery.twin_of_id or next((each.pk for each in whole if each.twin_of == delivery.pk), None)
    return Family(tries, whole, twin)


def tries_of(delivery: Delivery) -> list[Try]:
    """What was sent with these bytes, oldest first: the origin and its resends, the newest of very many."""
    return _read(_tries, origin=delivery.resend_of_id or delivery.pk)


def search_of(delivery: Delivery) -> str:
    """The query of the log that finds all of a family, by its event ID; "" where it has none."""
    event_id = delivery.first_event_id
    return Address(SearchQuery((Term(Field.ID, event_id),))).hidden().encoded() if event_id else ""


def sendings_of(whole: Sequence[Try], here: Delivery) -> list[Sending]:
    """The family as a timeline, with the few that are drawn of very many; nothing for an only one."""
    if len(whole) < 2:
        return []
    drawn = sorted(_drawn(len(whole), next((at for at, each in enumerate(whole) if each.pk == here.pk), 0)))
    return list(_sendings(whole, drawn, here))


def _sendings(whole: Sequence[Try], drawn: list[int], here: Delivery) -> Iterator[Sending]:
    is_said = False
    for before, at in zip([-1, *drawn], drawn, strict=False):
        each = whole[at]
        earlier = tuple(Outcome(other.outcome) for other in whole[:at])
        is_here = each.pk == here.pk
        remark = resend_remark(Outcome(each.outcome), earlier, each.created_at - whole[0].created_at)
        yield Sending(
            delivery=each,
            is_here=is_here,
            after=gap_words(each.created_at - whole[at - 1].created_at) if at else NO_TEXT,
            # Said where it begins, and of the one that is looked at.
            remark=remark if is_here or not is_said else NO_TEXT,
            skipped=at - before - 1,
        )
        is_said = is_said or bool(remark)


def _drawn(count: int, here: int) -> set[int]:
    """Which of them: the first, the last, and the one that is looked at with its neighbours."""
    around = range(max(0, here - _AROUND), min(count, here + _AROUND + 1))
    return {*range(min(count, _FIRST_DRAWN)), *range(max(0, count - _LAST_DRAWN), count), *around}


def _tries() -> QuerySet[Delivery, Any]:
    return _newest(_with_bytes_of(Place("origin")))


def _whole() -> QuerySet[Delivery, Any]:
    """`twin` is None for most: then its conditions find nothing."""
    origin, here, twin = map(Place, ("origin", "here", "twin"))
    near = _with_bytes_of(origin) | _with_bytes_of(twin) | Q(twin_of=origin) | Q(twin_of=here)
    # Apart from the rest: beside an OR no index would lead to the resends of the twins.
    return _newest(near, Q(resend_of__twin_of=origin))


def _with_bytes_of(origin: Place) -> Q:
    return Q(pk=origin) | Q(resend_of=origin)


def _newest(*conditions: Q) -> QuerySet[Delivery, Any]:
    """What any of the conditions finds: of very many the newest."""
    columns = ("pk", "uuid", "created_at", "outcome", "resend_of", "twin_of", "channel", "by__name", "by__email")
    first, *others = (Delivery.objects.filter(each).order_by().values_list(*columns) for each in conditions)
    return first.union(*others).order_by("-pk")[:TRIES_READ]


def _read(query: Query, **values: int | None) -> list[Try]:
    """Oldest first."""
    return [
        Try(pk, each_uuid, created_at, outcome, resend_of or 0, twin_of or 0, channel, name or email or "")
        for pk, each_uuid, created_at, outcome, resend_of, twin_of, channel, name, email in reversed(
            prepared.rows(query, **values)
        )
    ]
