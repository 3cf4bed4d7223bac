"""What the sandbox received and answered, kept in memory only."""

import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime

from .answers import Answer
from .judge import Verdict


@dataclass(frozen=True)
class Step:
    """One rule held against a request. `words` say what was found; the last step of a trace decided."""

    rule: str
    place: str
    passed: bool
    words: str


@dataclass(frozen=True)
class Received:
    """One request as it came in, with its storefront key masked, and the answer with its reasons."""

    number: int
    at: datetime
    client: str
    method: str
    path: str
    store_id: str
    key: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    scenario: str
    answer: Answer
    steps: tuple[Step, ...]
    decided_by: Step
    verdict: Verdict | None
    is_preflight: bool = False

    @property
    def status(self) -> int | None:
        """The status that went out; None when the misbehaviour left none to read."""
        return self.answer.status if self.answer.complete else None

    @property
    def accepted(self) -> bool:
        """Whether an event was taken: the answer was 204, and not to a browser's question only."""
        return self.status == 204 and not self.is_preflight

    @property
    def answered(self) -> str:
        """The status, and the misbehaviour where no ordinary answer went out: `400 drip_body`, `hang`."""
        return f"{self.status or ''} {self.answer.act}".strip()


class Ledger:
    """The last requests, at most `keep` of them and `keep_bytes` of bodies; safe between threads."""

    def __init__(self, keep: int = 200, keep_bytes: int = 32_000_000) -> None:
        self._keep, self._keep_bytes = keep, keep_bytes
        self._rows: deque[Received] = deque()
        self._bytes = 0
        self._count = 0
        self._lock = threading.Lock()

    def next_number(self) -> int:
        """The number of the next request, counted from 1 since the last reset."""
        with self._lock:
            self._count += 1
            return self._count

    def add(self, row: Received) -> None:
        """Remember a request and let the oldest go."""
        with self._lock:
            self._rows.append(row)
            self._bytes += _weight(row)
            while len(self._rows) > self._keep or (self._bytes > self._keep_bytes and len(self._rows) > 1):
                self._bytes -= _weight(self._rows.popleft())

    def rows(self) -> tuple[Received, ...]:
        """Everything remembered, oldest first."""
        with self._lock:
            return tuple(self._rows)

    def find(self, number: int) -> Received | None:
        """The request with this number, None when it is forgotten or never was."""
        return next((row for row in self.rows() if row.number == number), None)

    def reset(self) -> None:
        """Forget everything and count from 1 again."""
        with self._lock:
            self._rows.clear()
            self._bytes = self._count = 0


def _weight(row: Received) -> int:
    return len(row.body) + len(row.answer.body)
