"""What an error group's page is made of: its sentence, how often it occurs, its newest deliveries and its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from events.domain.ending import Explanation
from events.domain.group_words import explain_group
from events.domain.outcome import Outcome
from events.domain.triage import Standing, State, Status, Step, offered
from events.models import Delivery, ErrorGroup, GroupChange, Person, frequency
from events.models.delivery import OutcomeChoices
from events.views.delivery_page import ending_of, evidence_of, explanation_of
from events.views.group_list import STATES, may_work
from events.views.kindred import in_log
from events.views.spark import Bar, bars_of, spans_of

ROWS_SHOWN = 10
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DAYS, HOURS = 14, 24


@dataclass(frozen=True)
class Frequency:
    """How often it occurs: a count that ends early, and bars that lead to what they count."""

    count: int
    days: tuple[Bar, ...]
    hours: tuple[Bar, ...]


@dataclass(frozen=True)
class Past:
    """One line of the history."""

    at: datetime
    by: str
    did: str


@dataclass(frozen=True)
class GroupPage:
    """Of `first` and `accepted` only what `frequency.extent_of` reads is at hand."""

    group: ErrorGroup
    state: State
    explanation: Explanation
    frequency: Frequency
    newest: list[Delivery]
    first: Delivery | None
    accepted: Delivery | None
    history: list[Past]
    steps: tuple[Step, ...]

    @property
    def state_word(self) -> str:
        return str(STATES[self.state])

    @property
    def outcome_word(self) -> str:
        return str(OutcomeChoices(self.group.outcome).label)

    @property
    def in_log(self) -> str:
        """The log narrowed to this group."""
        return in_log(self.group.pk)


def page_of(group: ErrorGroup, person: Person, now: datetime) -> GroupPage:
    newest, extent = frequency.newest_of(group, ROWS_SHOWN), frequency.extent_of(group)
    state = group.state(newest[0].created_at if newest else None, now)
    return GroupPage(
        group=group,
        state=state,
        explanation=explanation_for(group, newest[0] if newest else None, now),
        frequency=how_often(group, extent.counted, now),
        newest=newest,
        first=extent.first,
        accepted=next(iter(extent.taken), None),
        history=history_of(group),
        steps=tuple(step for step in _steps(group, state, person) if may_work(person, group, step)),
    )


def explanation_for(group: ErrorGroup, newest: Delivery | None, now: datetime) -> Explanation:
    """The group's own sentence; what it means and what to do as the newest delivery tells, which knows more."""
    told = explain_group(Outcome(group.outcome), group.status_code, group.sentence)
    if newest is None:
        return told
    evidence, _trouble = evidence_of(newest, is_clear=False)
    if evidence is None:
        return told
    return replace(explanation_of(newest, evidence, ending_of(newest, evidence, [], now)), sentence=told.sentence)


def how_often(group: ErrorGroup, count: int, now: datetime) -> Frequency:
    found = frequency.hours([group.pk], now - DAYS * DAY)[group.pk]
    days, hours = bars_of(found, spans_of(DAY, DAYS, now)), bars_of(found, spans_of(HOUR, HOURS, now))
    return Frequency(
        count,
        tuple(_linked(group, bar) for bar in days),
        tuple(_linked(group, bar) for bar in hours),
    )


def history_of(group: ErrorGroup) -> list[Past]:
    """What people did, the newest first, told from what each step left behind."""
    changes = list(group.changes.select_related("by", "owner").order_by("id"))
    return [_past(before, after) for before, after in pairwise([None, *changes]) if after][::-1]


def _linked(group: ErrorGroup, bar: Bar) -> Bar:
    return replace(bar, url=in_log(group.pk, bar.span.start, bar.span.end))


def _steps(group: ErrorGroup, state: State, person: Person) -> tuple[Step, ...]:
    whose = Step.LET_GO if group.owner_id == person.pk else Step.TAKE
    return (whose, *offered(state))


def _past(before: GroupChange | None, after: GroupChange) -> Past:
    return Past(after.at, str(after.by or _("somebody who is gone")), _did(_left(before), after))


def _left(change: GroupChange | None) -> Standing:
    return Standing(Status(change.status), change.owner_id, change.muted_until) if change else Standing()


def _did(before: Standing, after: GroupChange) -> str:
    if after.owner_id != before.owner:
        return _("took it") if after.owner_id else _("let it go")
    if after.muted_until and after.muted_until != before.muted_until:
        until = date_format(localtime(after.muted_until), "j M Y, H:i")
        return _("muted it until %(time)s") % {"time": until}
    words = {
        Status.OPEN: _("opened it again"),
        Status.ACKNOWLEDGED: _("acknowledged it"),
        Status.RESOLVED: _("resolved it"),
        Status.IGNORED: _("decided to ignore it"),
    }
    return words[Status(after.status)]
