"""The body of a response, read and decoded in flat memory."""

import http.client
import zlib
from dataclasses import dataclass

from events.delivery.attempt import Readable
from events.domain.exchange import BodyMark, Headers

KEPT_BYTES = 64 * 1024
CODING_LAYERS = 2
_READ_BYTES = 16 * 1024
_GZIP = {"gzip", "x-gzip"}


@dataclass(frozen=True)
class Body:
    """A body as kept, what is wrong with it, and how many bytes of it were seen on the wire."""

    content: bytes = b""
    marks: frozenset[BodyMark] = frozenset()
    size: int = 0

    @property
    def complete(self) -> bool:
        """Say whether all of it was read, so that the connection can be used again."""
        return not self.marks & {BodyMark.CUT, BodyMark.DRIPPED, BodyMark.TOO_LARGE}


def read_body(response: Readable, headers: Headers) -> Body:
    """Read at most a little over `KEPT_BYTES` from the wire, then decode to at most `KEPT_BYTES`. Never raises."""
    raw, marks = _read(response)
    size = len(raw)
    content, wrong = decode(raw[:KEPT_BYTES], _codings(headers))
    if wrong is BodyMark.CUT and size > KEPT_BYTES:
        wrong = None
    return Body(content, frozenset(marks if wrong is None else marks | {wrong}), size)


def decode(raw: bytes, codings: list[str]) -> tuple[bytes, BodyMark | None]:
    """Undo `codings` (in the order in which the server applied them), each layer capped at `KEPT_BYTES`.

    Returns the bytes as they came with UNDECODABLE where a coding is unknown or its data broken.
    """
    if len(codings) > CODING_LAYERS or not all(coding in _GZIP | {"deflate"} for coding in codings):
        return raw, BodyMark.UNDECODABLE
    content, mark = raw, None
    for coding in reversed(codings):
        try:
            content, complete = _inflate(content, coding)
        except zlib.error:
            return raw, BodyMark.UNDECODABLE
        if len(content) > KEPT_BYTES:
            content, mark = content[:KEPT_BYTES], BodyMark.TOO_LARGE
        elif not complete:
            mark = mark or BodyMark.CUT
    return content, mark


def _read(response: Readable) -> tuple[bytes, set[BodyMark]]:
    kept = bytearray()
    try:
        # read1 hands over what has come; read would lose it when the deadline passes in between.
        while chunk := response.read1(_READ_BYTES):
            kept += chunk
            if len(kept) > KEPT_BYTES:
                return bytes(kept), {BodyMark.TOO_LARGE}
    except TimeoutError:
        return bytes(kept), {BodyMark.DRIPPED}
    except (OSError, http.client.HTTPException, ValueError):
        return bytes(kept), {BodyMark.CUT}
    return bytes(kept), {BodyMark.CUT} if response.length else set()


def _codings(headers: Headers) -> list[str]:
    named = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    codings = [coding.strip().lower() for coding in named.split(",")]
    return [coding for coding in codings if coding not in ("", "identity")]


def _inflate(data: bytes, coding: str) -> tuple[bytes, bool]:
    if not data:
        return b"", True
    if coding in _GZIP:
        window = zlib.MAX_WBITS | 16
    else:
        # "deflate" is a zlib stream by the book and a bare one from some servers.
        window = zlib.MAX_WBITS if data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0 else -zlib.MAX_WBITS
    stream = zlib.decompressobj(window)
    content = stream.decompress(data, KEPT_BYTES + 1)
    return content, stream.eof
