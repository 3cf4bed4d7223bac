"""A HAR file as a stream of its entries: of a file of any size only one entry is held, and of that only what is judged.

Headers and cookies run past unread: no credential of the recording ever stands in a value of this program.
"""

from __future__ import annotations

import codecs
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from events.domain.recording.entry import Entry, read_entry
from events.domain.recording.scanner import CutOff, Malformed, Scanner
from events.domain.text import Text

PIECE = 64 * 1024
_GZIP = 31  # what zlib calls gzip with the largest window
# Of a value that is kept: longer than any payload that Scalev would take.
LONGEST_VALUE = 1_048_576
_WANTED: dict[str, Any] = {
    "startedDateTime": None,
    "request": {"method": None, "url": None, "postData": dict.fromkeys(("mimeType", "text", "params", "encoding"))},
    "response": {"status": None, "_error": None},
    "_error": None,
}


class Unreadable(ValueError):
    """The file is no recording that can be read; `text` says why, and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def entries(file: BinaryIO, most_bytes: int) -> Iterator[Entry]:
    """The entries in the file's order. Raises `Unreadable`, also for a text that unpacks to more than `most_bytes`."""
    number = 0
    try:
        for number, found in enumerate(_picked_entries(Scanner(_pieces(file, most_bytes))), start=1):
            yield read_entry(number, found)
    except CutOff:
        raise Unreadable(_broken_off(number)) from None
    except Malformed:
        raise Unreadable(_NO_HAR if not number else _DAMAGED) from None


def too_large(most_bytes: int) -> Text:
    return Text(
        "This recording is larger than {n} MB. Record the visit again without the downloads around it, or clear the "
        "network list just before the visit.",
        n=most_bytes // 1_000_000,
    )


_NO_HAR = Text("This is no HAR file: save one from the network panel of your browser's developer tools.")
_NO_ENTRIES = Text(
    "This is JSON, but no recording: a HAR file holds `log.entries`. Save one from the network panel of your browser's "
    "developer tools."
)
_DAMAGED = Text("This file is damaged: somewhere it is no JSON. Save the recording again.")
_EMPTY = Text("This file is empty. Save the recording again.")
_WEB_PAGE = Text("This is a web page, not a recording. Save the network list as HAR, not the page.")
_ZIP = Text("This is a ZIP archive. Unpack it, and take the file in it that ends in .har.")
_OTHER_LETTERS = Text("This file is not UTF-8, as a HAR file is. Save it from the browser again, not from an editor.")
_BAD_GZIP = Text("This file is packed with gzip, and damaged. Save the recording again, or unpack it yourself.")


def _broken_off(number: int) -> Text:
    if not number:
        return Text("This file breaks off before its first call. Save the recording again.")
    return Text("This file breaks off after {n} calls: it was not saved whole. Save the recording again.", n=number)


def _picked_entries(scanner: Scanner) -> Iterator[dict[str, Any]]:
    if scanner.peek() != "{":
        raise Unreadable(_NO_HAR)
    for key in scanner.members():
        if key != "log" or scanner.peek() != "{":
            scanner.skip()
            continue
        for part in scanner.members():
            if part == "entries" and scanner.peek() == "[":
                yield from _listed(scanner)
                return
            scanner.skip()
    raise Unreadable(_NO_ENTRIES)


def _listed(scanner: Scanner) -> Iterator[dict[str, Any]]:
    for _ in scanner.items():
        if scanner.peek() == "{":
            yield _picked(scanner, _WANTED)
        else:
            scanner.skip()


def _picked(scanner: Scanner, wanted: dict[str, Any]) -> dict[str, Any]:
    """The members that are wanted, at any depth that is wanted."""
    found: dict[str, Any] = {}
    for key in scanner.members():
        if key not in wanted:
            scanner.skip()
        elif wanted[key] and scanner.peek() == "{":
            found[key] = _picked(scanner, wanted[key])
        else:
            found[key] = scanner.value(LONGEST_VALUE)
    return found


def _pieces(file: BinaryIO, most_bytes: int) -> Iterator[str]:
    """The text in pieces, unpacked where it is gzip. Letters that are no UTF-8 cost themselves, not the file."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    read = 0
    for piece in _unpacked(file):
        if not read:
            _refuse_by_head(piece)
        read += len(piece)
        if read > most_bytes:
            raise Unreadable(too_large(most_bytes))
        yield decoder.decode(piece)
    if not read:
        raise Unreadable(_EMPTY)


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    """Pieces of a bounded size: a small packed file may hold a very large one."""
    piece = file.read(PIECE)
    if not piece.startswith(b"\x1f\x8b"):
        while piece:
            yield piece
            piece = file.read(PIECE)
        return
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        while piece and not unpacker.eof:
            yield unpacker.decompress(piece, PIECE)
            piece = unpacker.unconsumed_tail or file.read(PIECE)
    except zlib.error:
        raise Unreadable(_BAD_GZIP) from None


def _refuse_by_head(head: bytes) -> None:
    if head.startswith(b"PK\x03\x04"):
        raise Unreadable(_ZIP)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(_OTHER_LETTERS)
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<"):
        raise Unreadable(_WEB_PAGE)
