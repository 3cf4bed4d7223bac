"""What a failed delivery has in common with others: its error group in a line, and the way to all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from events.domain.query import Field, SearchQuery, Term
from events.domain.refusal import Complaint
from events.domain.triage import State
from events.forms.log import Address
from events.models import Delivery, ErrorGroup, frequency
from events.views.change import Change, change_of
from events.views.group_list import STATES


@dataclass(frozen=True)
class Kindred:
    """The group of a delivery. `count` ends early (see `frequency.counts`); `accepted` came before the first one."""

    group: ErrorGroup
    state: State
    count: int
    accepted: Delivery | None
    change: Change | None = None

    @property
    def state_word(self) -> str:
        return str(STATES[self.state])

    @property
    def in_log(self) -> str:
        return in_log(self.group.pk)


def kindred_of(delivery: Delivery, now: datetime, complaints: tuple[Complaint, ...] = ()) -> Kindred | None:
    """None for what did not fail. `complaints` are what Scalev said of this one; of an erased one no change is told."""
    group = delivery.group
    if group is None:
        return None
    extent = frequency.extent_of(group)
    return Kindred(
        group,
        group.state(extent.newest_at, now),
        extent.counted,
        next(iter(extent.taken), None),
        change_of(extent.taken, extent.first, complaints) if extent.first and not delivery.erased_at else None,
    )


def in_log(pk: int, start: datetime | None = None, end: datetime | None = None) -> str:
    """The log narrowed to a group, and to a time where one is given."""
    times = [(Field.AFTER, start), (Field.BEFORE, end)]
    terms = [Term(field, f"{localtime(at):%Y-%m-%dT%H:%M}") for field, at in times if at]
    address = Address(SearchQuery((Term(Field.GROUP, str(pk)), *terms)))
    return f"{reverse('log')}?{address.encoded()}"
