"""What stands in Scalev's place: counts what reaches it, and may hold its answer back."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.delivery.faults import NO_CONTENT, read_request
from tests.installation import Installation

PATIENCE_S = 60


class Receiver:
    """Reads whole requests on 127.0.0.1 and answers 204, once `may_answer` is set and `before_answer` is done."""

    def __init__(self, *, answer: bytes = NO_CONTENT, reads: bool = True) -> None:
        """With `reads=False` nothing is ever taken off the wire."""
        self.answer = answer
        self.may_answer, self.came = threading.Event(), threading.Semaphore(0)
        self.may_answer.set()
        self.before_answer: Callable[[], object] = lambda: None
        self.after_answer: Callable[[], object] = lambda: None
        self.requests: list[bytes] = []
        self.connections = 0
        self._reads = reads
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        if not reads:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._open: list[socket.socket] = []
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def event_ids(self) -> list[str]:
        """The event ID of each request that came whole, in order."""
        bodies = [request.partition(b"\r\n\r\n")[2] for request in self.requests]
        return [event["event_id"] for body in bodies for event in json.loads(body)["events"]]

    def wait(self) -> None:
        """Until one more request has come (or, where nothing is read, one more connection)."""
        assert self.came.acquire(timeout=PATIENCE_S), "nothing came"

    def close(self) -> None:
        self.may_answer.set()
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        if not self._reads:
            self.came.release()
            return
        with contextlib.suppress(OSError):
            while request := read_request(connection):
                self.requests.append(request)
                self.came.release()
                self.may_answer.wait(PATIENCE_S)
                self.before_answer()
                connection.sendall(self.answer)
                self.after_answer()


@contextmanager
def receiver_for(installation: Installation, **how: bool | bytes) -> Iterator[Receiver]:
    """A receiver that is this installation's sandbox environment for the length of the block."""
    receiver = Receiver(**how)  # type: ignore[arg-type]  # the names are Receiver's own
    installation.environment["SCALEV_ENVIRONMENTS"] = f"sandbox={receiver.origin}"
    try:
        yield receiver
    finally:
        receiver.close()
