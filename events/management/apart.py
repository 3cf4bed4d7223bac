"""Groups of invented deliveries made in processes of their own, while this one writes what they made."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from events.management.making import Group, Made

# So many groups lie ready at most: each takes a few megabytes.
AHEAD = 4
_make: Callable[[Group], Made]
_ended: Event


def made_apart(groups: Iterable[Group], keys: list[int], seed: int) -> Generator[Made]:
    """The groups in their order, of `Maker(keys, seed)`. Closing the iterator ends the processes."""
    # A forked process would share this one's connection to the database.
    context = get_context("spawn")
    ended = context.Event()
    processes = ProcessPoolExecutor(
        os.cpu_count(), mp_context=context, initializer=_begin, initargs=(keys, seed, ended)
    )
    waiting: deque[Future[Made]] = deque()
    try:
        for group in groups:
            waiting.append(processes.submit(_made, group))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        # Some groups were handed over already and can no longer be cancelled.
        ended.set()
        processes.shutdown(cancel_futures=True)


def _begin(keys: list[int], seed: int, ended: Event) -> None:
    """At the start of a process: it knows of Django only from here on."""
    global _make, _ended
    # Ctrl-C reaches the whole family, and the parent ends it in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    from events.management.making import Maker

    _make, _ended = Maker(keys, seed).made, ended


def _made(group: Group) -> Made:
    if _ended.is_set():
        raise CancelledError
    return _make(group)
