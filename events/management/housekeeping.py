"""What the console does by itself from time to time: a thread of `serve`, or `manage.py keep_house`.

A chore is a line in `CHORES`. Of several processes that keep house, one does it at a time: see `Chore.claim`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import connections
from django.utils import timezone

from events.management import pruning, rewriting
from events.models import Chore, Delivery, Draft, erasure, late_groups, tally
from events.models.pruning import CHORE as PRUNING

logger = logging.getLogger(__name__)

ROUND_S = 60.0
# The first pages come first.
FIRST_ROUND_S = 2.0
# Between two steps, so that whoever waits for the database gets it.
PAUSE_S = 0.01
# Who is told to stop finishes a step first: a moment, unless the disk hangs.
STOP_S = 5.0


@dataclass(frozen=True, slots=True)
class Task:
    """`work` is given the time and yields after each of its steps: those are short, each with its own transaction.

    It may be left after any of them, and begins there again when it is due: after `every`, finished or not.
    """

    name: str
    every: timedelta
    work: Callable[[datetime], Iterator[object]]


def _close_calls(now: datetime) -> Iterator[object]:
    yield Delivery.objects.close_expired(now)


def _drop_drafts(now: datetime) -> Iterator[object]:
    yield Draft.objects.drop_old(now)


def _drop_sessions(now: datetime) -> Iterator[object]:
    yield import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


CHORES = (
    Task("close-calls", timedelta(minutes=1), _close_calls),
    # Before the hours are counted: what it groups is counted by its group.
    Task(late_groups.CHORE, late_groups.EVERY, late_groups.give_groups),
    Task(tally.CHORE, timedelta(minutes=1), tally.catch_up),
    Task("drop-drafts", timedelta(hours=1), _drop_drafts),
    Task("drop-sessions", timedelta(hours=1), _drop_sessions),
    Task(PRUNING, pruning.EVERY, pruning.by_schedule),
    Task(erasure.CHORE, rewriting.EVERY, rewriting.by_schedule),
)


def keep_house(stopped: threading.Event) -> None:
    """Do every chore that is due. A failure is told by its class alone and ends that chore only."""
    for task in CHORES:
        try:
            if not stopped.is_set() and Chore.claim(task.name, timezone.now(), task.every):
                _do(task, stopped)
        except Exception as error:
            # Its words may hold what a row holds. The next round tries again.
            logger.error("The chore %s failed: %s", task.name, type(error).__name__)


def _do(task: Task, stopped: threading.Event) -> None:
    for _step in task.work(timezone.now()):
        if stopped.wait(PAUSE_S):
            return


def keep_on(stopped: threading.Event, wait_s: float = 0.0) -> None:
    """Keep house every minute, the first time after so many seconds."""
    while not stopped.wait(wait_s):
        try:
            keep_house(stopped)
        finally:
            # Held through the pause it would be one more for the database to keep, and dead after its restart.
            connections.close_all()
        wait_s = ROUND_S


class Housekeeper(threading.Thread):
    """Keeps house until it is told to `stop`; a process that ends otherwise does not wait for it."""

    def __init__(self) -> None:
        super().__init__(name="housekeeper", daemon=True)
        self.stopped = threading.Event()

    def run(self) -> None:
        keep_on(self.stopped, FIRST_ROUND_S)

    def stop(self) -> None:
        self.stopped.set()
        self.join(STOP_S)
