"""Workers as the tests hold them: told what to do over their standard input, and killed in the middle of it."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.installation import ROOT, Installation

PATIENCE_S = 60


@dataclass
class Worker:
    """One process of `tests.faults.worker`."""

    process: subprocess.Popen[bytes]

    def begin(self, do: str, **more: Any) -> None:
        """Tell it what to do, without waiting for it."""
        self.go_on({"do": do, **more})

    def go_on(self, line: Any = "") -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(line).encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        """The next thing it says. It speaks a line at a time, and only when it was asked."""
        assert self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        line = self.process.stdout.readline() if ready else b""
        assert line, f"the worker says nothing; it ended with {self.process.poll()}"
        return json.loads(line)

    def do(self, do: str, **more: Any) -> Any:
        self.begin(do, **more)
        return self.answer()

    def send(self, event_id: str = "ord-88212-Purchase", token: str = "", **more: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.do("send", event_id=event_id, token=token or str(uuid.uuid4()), **more)
        return found

    def look(self, ahead_s: float = 0) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.do("look", ahead_s=ahead_s)
        return found

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=PATIENCE_S)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def cont(self) -> None:
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def worker_of(installation: Installation, *place: str, **environment: str) -> Iterator[Worker]:
    """A worker that is ready; it is killed when the block ends. What it complains about goes to our own output."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker", *place],
        cwd=ROOT,
        env=installation.environment | {"DJANGO_SETTINGS_MODULE": "scalev_console.settings"} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    worker = Worker(process)
    try:
        assert worker.answer() == {"ready": True}
        yield worker
    finally:
        worker.kill()
        for pipe in (process.stdin, process.stdout):
            assert pipe
            pipe.close()
