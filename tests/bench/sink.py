"""A stand-in for Scalev that costs next to nothing: 204 to every request, at once or after a pause.

`python -m tests.bench.sink` prints the ports of both and serves until it is stopped.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

PAUSES_S = {"at_once": 0.0, "far_away": 0.05}
ANSWER = (
    b"HTTP/1.1 204 No Content\r\nserver: sink\r\ndate: Mon, 05 Jan 2026 03:04:05 GMT\r\n"
    b"x-ratelimit-limit: 600\r\nx-ratelimit-remaining: 599\r\nx-ratelimit-reset: 60\r\n\r\n"
)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Sink(asyncio.Protocol):
    """One kept connection. asyncio sets TCP_NODELAY by itself."""

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        announced = _LENGTH.search(head)
        if not end or len(body) < int(announced[1] if announced else 0):
            return
        self._received = b""
        if self._pause_s:
            asyncio.get_running_loop().call_later(self._pause_s, self._transport.write, ANSWER)
        else:
            self._transport.write(ANSWER)


@contextmanager
def sinks() -> Iterator[dict[str, str]]:
    """Both, in a process of their own; their origins by name."""
    command = [sys.executable, "-m", "tests.bench.sink"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        ports = process.stdout.readline().split()
        try:
            yield {name: f"http://127.0.0.1:{port}" for name, port in zip(PAUSES_S, ports, strict=True)}
        finally:
            process.terminate()


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(partial(Sink, pause_s), "127.0.0.1", 0) for pause_s in PAUSES_S.values()]
    sys.stdout.write(" ".join(str(server.sockets[0].getsockname()[1]) for server in servers) + "\n")
    sys.stdout.flush()
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(_serve())
