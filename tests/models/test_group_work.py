"""People work a group: each step is kept with who and when, and one that changes nothing is none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.domain.triage import State, Step
from events.models import GroupChange
from tests.factories import make_person
from tests.groups import make_group

pytestmark = pytest.mark.django_db


def test_a_step_is_kept_with_who_and_when() -> None:
    group, rani, now = make_group(), make_person("support"), timezone.now()
    until = now + timedelta(hours=1)

    assert group.work(Step.MUTE, by=rani, now=now, until=until)

    assert group.state(now, now) is State.MUTED
    change = GroupChange.objects.get()
    assert (change.group, change.by, change.at, change.status, change.muted_until) == (group, rani, now, "open", until)


def test_what_is_asked_for_twice_is_written_once() -> None:
    group, rani = make_group(), make_person("support")

    done = [group.work(step, by=rani, now=timezone.now()) for step in (Step.ACKNOWLEDGE, Step.ACKNOWLEDGE)]

    assert done == [True, False]
    assert group.changes.count() == 1


def test_what_came_back_can_be_resolved_once_more() -> None:
    group, rani, now = make_group(), make_person("support"), timezone.now()
    group.work(Step.RESOLVE, by=rani, now=now - timedelta(hours=2))
    assert group.state(now - timedelta(hours=1), now) is State.CAME_BACK

    assert group.work(Step.RESOLVE, by=rani, now=now)

    assert group.state(now - timedelta(hours=1), now) is State.RESOLVED


def test_taking_what_is_resolved_does_not_resolve_it_anew() -> None:
    """Else a failure between the two would never come back."""
    group, rani, now = make_group(), make_person("support"), timezone.now()
    group.work(Step.RESOLVE, by=rani, now=now - timedelta(hours=2))

    group.work(Step.TAKE, by=rani, now=now)

    assert group.owner == rani
    assert group.state(now - timedelta(hours=1), now) is State.CAME_BACK


def test_a_step_builds_on_what_others_did_meanwhile() -> None:
    group, rani, bayu = make_group(), make_person("support"), make_person("support")
    seen_earlier = type(group).objects.get(pk=group.pk)
    group.work(Step.TAKE, by=rani, now=timezone.now())

    seen_earlier.work(Step.ACKNOWLEDGE, by=bayu, now=timezone.now())

    group.refresh_from_db()
    assert (group.owner, group.status) == (rani, "acknowledged")
