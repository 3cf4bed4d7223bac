"""A bound on work, for what must not grow with the square of what somebody pastes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# Several times what each needs; where the work grows with the square, it takes minutes.
SECONDS_OF_WORK = 8.0


class TooSlow(Exception):
    pass


@contextmanager
def quickly() -> Iterator[None]:
    """Counts the work of this process, so that a busy machine makes no test fail."""

    def stop(*_: Any) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_OF_WORK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
