"""Working an error group: the states it can be in, and the steps by which people move it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """What somebody set; `State` is what that means today."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    IGNORED = "ignored"


class State(StrEnum):
    """In the order in which groups ask for somebody."""

    CAME_BACK = "came_back"
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    MUTED = "muted"
    RESOLVED = "resolved"
    IGNORED = "ignored"


class Step(StrEnum):
    TAKE = "take"
    LET_GO = "let_go"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    IGNORE = "ignore"
    MUTE = "mute"
    REOPEN = "reopen"


NEEDS_SOMEBODY = frozenset({State.CAME_BACK, State.OPEN})
_STATUS_AFTER = {
    Step.ACKNOWLEDGE: Status.ACKNOWLEDGED,
    Step.RESOLVE: Status.RESOLVED,
    Step.IGNORE: Status.IGNORED,
    Step.REOPEN: Status.OPEN,
}
# What may be done next; who may take or let go hangs on the owner.
_OFFERED = {
    State.CAME_BACK: (Step.ACKNOWLEDGE, Step.RESOLVE, Step.MUTE, Step.IGNORE),
    State.OPEN: (Step.ACKNOWLEDGE, Step.RESOLVE, Step.MUTE, Step.IGNORE),
    State.ACKNOWLEDGED: (Step.RESOLVE, Step.MUTE, Step.IGNORE, Step.REOPEN),
    State.MUTED: (Step.REOPEN, Step.RESOLVE, Step.MUTE, Step.IGNORE),
    State.RESOLVED: (Step.REOPEN,),
    State.IGNORED: (Step.REOPEN,),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What people decided about a group; `owner` is a person's number."""

    status: Status = Status.OPEN
    owner: int | None = None
    muted_until: datetime | None = None


def state_of(standing: Standing, *, changed_at: datetime | None, newest_at: datetime | None, now: datetime) -> State:
    """What a group's standing means at `now`, given when it was changed and when its newest delivery was sent.

    What is resolved and fails again is open again: the failure itself tells, and nobody has to write it down.
    """
    if standing.status is Status.RESOLVED and changed_at and newest_at and newest_at > changed_at:
        return State.CAME_BACK
    if standing.status in (Status.RESOLVED, Status.IGNORED):
        return State(standing.status)
    if standing.muted_until and standing.muted_until > now:
        return State.MUTED
    return State(standing.status)


def offered(state: State) -> tuple[Step, ...]:
    """The steps that change anything about a group in this state, the likeliest first."""
    return _OFFERED[state]


def stepped(standing: Standing, step: Step, *, by: int, until: datetime | None = None) -> Standing:
    """The standing after a step by a person; `until` belongs to MUTE. Whatever is decided anew ends a mute."""
    if step in (Step.TAKE, Step.LET_GO):
        return replace(standing, owner=by if step is Step.TAKE else None)
    if step is Step.MUTE:
        is_worked = standing.status in (Status.OPEN, Status.ACKNOWLEDGED)
        return replace(standing, status=standing.status if is_worked else Status.OPEN, muted_until=until)
    return replace(standing, status=_STATUS_AFTER[step], muted_until=None)
