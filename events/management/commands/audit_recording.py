"""`audit_recording FILE|-`: which events of a recorded visit reach Meta over both ways, for scripts and support."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils import timezone

from events.domain.recording import Audit, Pair, Unreadable, audit, entries
from events.management.exits import ACCEPTED, NOT_ACCEPTED, ScriptCommand, unusable
from events.models.recorded import RecordedStores

# Nobody waits at a page for it, and it is read piece by piece; only what a packed file may unpack to must end.
MOST_BYTES = 4_000_000_000


class Command(ScriptCommand):
    help = (
        "Read a recording of a visit to the shop (HAR, as a browser's developer tools save it, also packed with gzip), "
        "put the pixel's hits and the calls to Scalev together, and say of each event what is missing, doubled or "
        "different. Nothing of it is kept. Exits with 0 all paired, 1 not all (or no event at all), 3 usage or "
        "unreadable input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a HAR file, or - for standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as stack:
            file = _opened(options["file"], stack)
            try:
                found = audit(entries(file, MOST_BYTES), RecordedStores(timezone.now()).known)
            except Unreadable as error:
                raise unusable(str(error.text)) from None
            except OSError as error:
                raise unusable(f"{options['file']} cannot be read: {error.strerror}.") from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_object(found), ensure_ascii=False))
        else:
            self._print(found)
        sys.exit(ACCEPTED if found.is_whole else NOT_ACCEPTED)

    def _print(self, found: Audit) -> None:
        for pair in found.pairs:
            self.stdout.write(_line(pair))
        for left in found.unjudged:
            self.stdout.write(f"not judged: {left.count} × {left.what}. {left.why}")
        if not found.pairs:
            self.stdout.write("This recording holds no hit of Meta's pixel and no call to Scalev's relay.")


def _opened(name: str, stack: ExitStack) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise unusable(f"{name} cannot be read: {error.strerror}.") from error


def _as_object(found: Audit) -> dict[str, Any]:
    return {
        "pairs": [pair.facts() for pair in found.pairs],
        "not_judged": [{"count": left.count, "what": str(left.what), "why": str(left.why)} for left in found.unjudged],
    }


def _line(pair: Pair) -> str:
    line = f"{pair.verdict}  {pair.event_name} {pair.event_id or '-'}  {pair.judgement.sentence}"
    # Names and IDs are foreign text: they must neither break the line nor speak to the terminal.
    return "".join(sign if sign.isprintable() else "�" for sign in line)
