"""Transactions that are shared by whoever writes at the same moment.

SQLite lets one write at a time, has the others look again after ever longer pauses, and waits for the disk at each
commit. So of those who come while one commits, the first writes for all of them: one lock, one sync, and one piece
in each search index. Nobody waits for company, and nobody goes on before the commit that holds what is his.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection, transaction

from events.models import engine
from events.models.storage import trouble_of

R = TypeVar("R")
# A commit that takes long keeps many waiting.
MOST = 50


class _Job(Generic[R]):
    """What one caller wants to be written. `result` counts once `is_done`, and where there is no `error`."""

    result: R

    def __init__(self, write: Callable[[], R], waits: bool) -> None:
        self.write, self.waits, self.is_done = write, waits, False
        self.error: BaseException | None = None
        # Let go by who did the job, or by who leaves it to its own caller.
        self.turn = Lock()
        self.turn.acquire()


class _Queue:
    """Those who wait. One of them leads: its thread writes for all that have come when it begins."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: list[_Job[Any]] = []
        self._is_led = False

    def enter(self, job: _Job[Any]) -> None:
        """Wait until the job is done, or is the one to lead."""
        with self._guard:
            self._waiting.append(job)
            leads, self._is_led = not self._is_led, True
        if leads:
            return
        try:
            job.turn.acquire()
        except BaseException:
            self._withdraw(job)
            raise

    def take(self) -> list[_Job[Any]]:
        with self._guard:
            taken, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            return taken

    def leave(self, done: Iterable[_Job[Any]] = ()) -> None:
        """Tell those whose job is done, and the first of those who came meanwhile that it leads now."""
        with self._guard:
            self._is_led = bool(self._waiting)
            woken = [*self._waiting[:1], *done]
        for job in woken:
            job.turn.release()

    def _withdraw(self, job: _Job[Any]) -> None:
        """Whoever waits may be interrupted, and must not be waited for: it may have been told to lead just now."""
        with self._guard:
            if job in self._waiting:
                self._waiting.remove(job)
            leads = job.turn.acquire(blocking=False) and not job.is_done
        if leads:
            self.leave()


_queue = _Queue()


def written(write: Callable[[], R], *, waits: bool = True) -> R:
    """Run `write` in a transaction, perhaps together with those of other threads; what it returns, once committed.

    `write` may run in another thread, and more than once, of which one time counts. It raises what it would raise
    alone. With `waits` the commit is on the disk; without, see `engine.unhurried`. Inside another transaction that
    one decides.
    """
    if not engine.writers_wait() or connection.in_atomic_block:
        with _transaction(waits):
            return write()
    job = _Job(write, waits)
    _queue.enter(job)
    if not job.is_done:
        _lead()
    if job.error is not None:
        raise job.error
    return job.result


def _transaction(waits: bool) -> AbstractContextManager[object]:
    return transaction.atomic() if waits else engine.unhurried()


def _lead() -> None:
    jobs = _queue.take()
    try:
        _do_together(jobs)
    except BaseException:
        for job in jobs:
            job.error = job.error or OperationalError("the thread that was to write was stopped")
        raise
    finally:
        for job in jobs:
            job.is_done = True
        _queue.leave(jobs)


def _do_together(jobs: list[_Job[Any]]) -> None:
    try:
        with _transaction(any(job.waits for job in jobs)):
            for job in jobs:
                job.result = job.write()
    except Exception as error:
        # Nothing of it was kept. Trouble with the storage is everybody's; what one of them did wrong is his alone,
        # and rare: a savepoint for each would cost every send more.
        if len(jobs) > 1 and trouble_of(error) is None:
            for job in jobs:
                _do_together([job])
            return
        for job in jobs:
            job.error = error
