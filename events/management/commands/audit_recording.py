"""`audit_recording FILE|-`: which events of a recorded visit reach Meta over both ways, for scripts and support."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandParser
from django.utils import timezone

from events.domain.recording import Audit, Pair, Unreadable, audit, entries
from events.domain.recording.judging import Remark
from events.domain.redaction import Scrubber
from events.domain.tree import format_path, write
from events.management.exits import ACCEPTED, NOT_ACCEPTED, ScriptCommand, unusable
from events.management.findings import as_json, as_tree
from events.models.recorded import RecordedStores

# Nobody waits at a page for it, and it is read piece by piece; only what a packed file may unpack to must end.
MOST_BYTES = 4_000_000_000


class Command(ScriptCommand):
    help = (
        "Read a recording of a visit to the shop (HAR, as a browser's developer tools save it, also packed with gzip), "
        "put the pixel's hits and the calls to Scalev together, and say of each event what is missing, doubled or "
        "different, what to do, and what the rules find in either half. Nothing of it is kept. Exits with 0 all "
        "paired, 1 not all (or no event at all), 3 usage or unreadable input."
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
            self.stdout.write(write(as_tree(_as_object(found))).decode())
        else:
            self._print(found)
        sys.exit(ACCEPTED if found.is_whole else NOT_ACCEPTED)

    def _print(self, found: Audit) -> None:
        for pair in found.pairs:
            for line in _lines(pair):
                # Names and IDs are foreign text: they must neither break the line nor speak to the terminal.
                self.stdout.write("".join(sign if sign.isprintable() else "�" for sign in line.rstrip()))
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
        "pairs": [_of_pair(pair) for pair in found.pairs],
        "not_judged": [{"count": left.count, "what": str(left.what), "why": str(left.why)} for left in found.unjudged],
    }


def _of_pair(pair: Pair) -> dict[str, Any]:
    """With what is to do, what both halves say where they differ, and the findings on each half; all of it masked."""
    mask, judgement = pair.mask, pair.judgement
    values = [
        {"path": mask(format_path(point.path)), "browser": mask(point.browser), "server": mask(point.server)}
        for point in judgement.points
    ]
    findings = [_finding(remark, mask) for remark in pair.remarks]
    return pair.facts() | {"cure": str(judgement.cure), "values": values, "findings": findings}


def _finding(remark: Remark, mask: Scrubber) -> dict[str, Any]:
    """A hit is no payload that could be patched, and a fix that names the buyer is left out."""
    told = as_json(remark.finding)
    fix = write(as_tree(told["fix"])).decode()
    is_shown = not remark.is_of_browser and mask(fix) == fix
    masked = {key: mask(told[key]) for key in ("path", "message", "hint")}
    place = {"side": remark.side, "place": mask(remark.place)}
    return told | masked | {"fix": told["fix"] if is_shown else None} | place


def _lines(pair: Pair) -> Iterator[str]:
    """Each part is masked by itself: of a visit with very many buyers no foreign text is shown, and the rest is."""
    mask, judgement = pair.mask, pair.judgement
    yield f"{pair.verdict}  {mask(pair.event_name)} {mask(pair.event_id) or '-'}  {judgement.sentence}"
    if judgement.cure:
        yield f"  to do: {judgement.cure}"
    for point in judgement.points:
        sides = f"browser {mask(point.browser) or '-'}, server {mask(point.server) or '-'}"
        yield f"  {mask(format_path(point.path))}: {sides}. {mask(point.message)} {point.cure}"
    for remark in pair.remarks:
        found = remark.finding
        place = f"{remark.side}, {mask(remark.place)}" if remark.place else remark.side
        yield f"  {found.severity} {found.code} ({place}): {mask(found.message)} {mask(found.hint)}"
