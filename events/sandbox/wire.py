"""How an answer goes out: the ordinary way, and every way in which a connection can go wrong."""

import select
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate

from .answers import Answer

_BODYLESS = (101, 204, 304)


@dataclass(frozen=True)
class Pace:
    """How long and how large the misbehaviours are; tests shorten them."""

    slow_seconds: float = 3.0
    hang_seconds: float = 300.0
    drip_seconds: float = 1.0
    huge_bytes: int = 64_000_000
    bomb_bytes: int = 128_000_000


@dataclass(frozen=True)
class Line:
    """One open connection to a client."""

    socket: socket.socket
    pace: Pace

    def send(self, data: bytes) -> None:
        """Send all of it at once. Raises OSError when the client is gone."""
        self.socket.sendall(data)

    def pause(self, seconds: float) -> bool:
        """Wait; False as soon as the client hangs up or the sandbox stops."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([self.socket], [], [], left)
            if not readable:
                return True
            if not self.socket.recv(1, socket.MSG_PEEK):
                return False
            time.sleep(min(left, 0.05))
        return True

    def drip(self, data: bytes, size: int = 1) -> None:
        """Send a few bytes at a time, until all are out or nobody listens any more."""
        for at in range(0, len(data), size):
            self.send(data[at : at + size])
            if not self.pause(self.pace.drip_seconds):
                return


def head(answer: Answer, length: int | None, *, close: bool = True) -> bytes:
    """The status line and headers of an answer, with the empty line that ends them."""
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}", f"Date: {formatdate(usegmt=True)}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if length is not None and answer.status not in _BODYLESS:
        lines.append(f"Content-Length: {length}")
    if close:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def send_plainly(line: Line, answer: Answer, *, close: bool = False, bodyless: bool = False) -> None:
    """Send a whole answer in one piece; `bodyless` for HEAD."""
    body = b"" if bodyless or answer.status in _BODYLESS else answer.body
    line.send(head(answer, len(answer.body), close=close) + body)


def _slow(line: Line, answer: Answer) -> None:
    if line.pause(line.pace.slow_seconds):
        send_plainly(line, answer, close=True)


def _hang(line: Line, answer: Answer) -> None:
    line.pause(line.pace.hang_seconds)


def _hang_up(line: Line, answer: Answer) -> None:
    """Nothing is sent; the server closes the connection after every act."""


def _reset(line: Line, answer: Answer) -> None:
    """Closing with no time to linger makes the system send RST instead of FIN."""
    line.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.socket.close()


def _half_headers(line: Line, answer: Answer) -> None:
    line.send(head(answer, None)[:-20])


def _garbage(line: Line, answer: Answer) -> None:
    line.send(b"SELAMAT DATANG DI TOKO BATIK\r\n\r\n")


def _many_headers(line: Line, answer: Answer) -> None:
    fillers = tuple((f"X-Filler-{number}", "batik") for number in range(150))
    line.send(head(Answer(answer.status, answer.headers + fillers), None))


def _long_header(line: Line, answer: Answer) -> None:
    line.send(head(Answer(answer.status, (*answer.headers, ("X-Filler", "b" * 80 * 1024))), None))


def _drip_headers(line: Line, answer: Answer) -> None:
    line.drip(head(answer, None)[:-2] + b"X-Filler: " + b"batik " * 10_000)


def _continue_flood(line: Line, answer: Answer) -> None:
    until = time.monotonic() + line.pace.hang_seconds
    while time.monotonic() < until:
        line.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        if not line.pause(line.pace.drip_seconds / 10):
            return


def _switch(line: Line, answer: Answer) -> None:
    line.send(head(Answer(101, (("Upgrade", "batik/1.0"), ("Connection", "Upgrade"))), None, close=False))


def _no_content_body(line: Line, answer: Answer) -> None:
    extra = (("Content-Length", str(len(answer.body))),)
    line.send(head(Answer(204, answer.headers + extra), None) + answer.body)


def _half_body(line: Line, answer: Answer) -> None:
    line.send(head(answer, 2 * len(answer.body)) + answer.body)


def _drip_body(line: Line, answer: Answer) -> None:
    line.send(head(answer, len(answer.body)))
    line.drip(answer.body)


def _drip_chunks(line: Line, answer: Answer) -> None:
    chunked = Answer(answer.status, (*answer.headers, ("Transfer-Encoding", "chunked")))
    line.send(head(chunked, None))
    line.drip(b"".join(b"1\r\n%c\r\n" % byte for byte in answer.body) + b"0\r\n\r\n", size=6)


def _huge(line: Line, answer: Answer) -> None:
    end = b'"}'
    line.send(head(answer, line.pace.huge_bytes) + answer.body)
    left = line.pace.huge_bytes - len(answer.body) - len(end)
    block = b"batik " * 10_000
    while left > 0:
        line.send(block[:left])
        left -= len(block)
    line.send(end)


# act -> how it goes out; the connection is closed afterwards.
ACTS: dict[str, Callable[[Line, Answer], None]] = {
    "slow": _slow,
    "hang": _hang,
    "hang_up": _hang_up,
    "reset": _reset,
    "half_headers": _half_headers,
    "garbage": _garbage,
    "many_headers": _many_headers,
    "long_header": _long_header,
    "drip_headers": _drip_headers,
    "continue_flood": _continue_flood,
    "switch": _switch,
    "no_content_body": _no_content_body,
    "half_body": _half_body,
    "drip_body": _drip_body,
    "drip_chunks": _drip_chunks,
    "huge": _huge,
}
