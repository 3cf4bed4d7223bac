"""What a group's standing means today, and what each step makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from events.domain.triage import NEEDS_SOMEBODY, Standing, State, Status, Step, offered, state_of, stepped

NOW = datetime(2026, 11, 3, 10, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
RANI, BAYU = 7, 8


def state(standing: Standing, *, changed: timedelta | None = None, newest: timedelta = HOUR) -> State:
    """The state now of what was changed and failed last so long ago."""
    changed_at = None if changed is None else NOW - changed
    return state_of(standing, changed_at=changed_at, newest_at=NOW - newest, now=NOW)


def test_a_new_group_is_open() -> None:
    assert state(Standing()) is State.OPEN


def test_what_was_resolved_and_fails_again_came_back() -> None:
    resolved = Standing(Status.RESOLVED)

    assert state(resolved, changed=2 * HOUR, newest=3 * HOUR) is State.RESOLVED
    assert state(resolved, changed=2 * HOUR, newest=HOUR) is State.CAME_BACK


@pytest.mark.parametrize("status", [Status.ACKNOWLEDGED, Status.IGNORED])
def test_only_what_was_resolved_comes_back(status: Status) -> None:
    assert state(Standing(status), changed=2 * HOUR, newest=HOUR) == status.value


def test_a_mute_ends_by_itself() -> None:
    assert state(Standing(muted_until=NOW + HOUR)) is State.MUTED
    assert state(Standing(muted_until=NOW)) is State.OPEN
    assert state(Standing(Status.ACKNOWLEDGED, muted_until=NOW - HOUR)) is State.ACKNOWLEDGED


@pytest.mark.parametrize("step", [Step.ACKNOWLEDGE, Step.RESOLVE, Step.IGNORE, Step.REOPEN])
def test_a_decision_ends_a_mute_and_leaves_the_owner(step: Step) -> None:
    after = stepped(Standing(owner=RANI, muted_until=NOW + HOUR), step, by=BAYU)

    assert after.muted_until is None
    assert after.owner == RANI


def test_to_take_it_makes_one_its_owner_and_changes_nothing_else() -> None:
    before = Standing(Status.ACKNOWLEDGED, muted_until=NOW)

    assert stepped(before, Step.TAKE, by=RANI) == Standing(Status.ACKNOWLEDGED, RANI, NOW)
    assert stepped(stepped(before, Step.TAKE, by=RANI), Step.LET_GO, by=BAYU) == before


def test_to_mute_what_was_settled_opens_it() -> None:
    muted = stepped(Standing(Status.RESOLVED), Step.MUTE, by=RANI, until=NOW + HOUR)

    assert muted == Standing(Status.OPEN, None, NOW + HOUR)
    assert stepped(Standing(Status.ACKNOWLEDGED), Step.MUTE, by=RANI, until=NOW).status is Status.ACKNOWLEDGED


@pytest.mark.parametrize("name", State)
def test_every_state_offers_a_way_on(name: State) -> None:
    assert offered(name)
    assert (Step.RESOLVE in offered(name)) or name not in NEEDS_SOMEBODY
