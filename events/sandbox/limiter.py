"""A rate limiter per client address. Scalev publishes no figures: these are invented, and generous."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Allowance:
    """Where a client stands in its window; `reset_seconds` until the window ends, rounded up."""

    allowed: bool
    limit: int
    remaining: int
    reset_seconds: int

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The three headers that go with every answer."""
        return (
            ("X-Ratelimit-Limit", str(self.limit)),
            ("X-Ratelimit-Remaining", str(self.remaining)),
            ("X-Ratelimit-Reset", str(self.reset_seconds)),
        )


@dataclass
class Limiter:
    """At most `limit` requests of one client address in each window of `window_seconds`."""

    limit: int = 60_000
    window_seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, client: str) -> Allowance:
        """Count one request of this client."""
        now = self.clock()
        with self._lock:
            start, used = self._windows.get(client, (now, 0))
            if now - start >= self.window_seconds:
                start, used = now, 0
            self._windows[client] = (start, used + 1)
        left = self.limit - used - 1
        reset = max(1, int(start + self.window_seconds - now + 0.999))
        return Allowance(left >= 0, self.limit, max(0, left), reset)
