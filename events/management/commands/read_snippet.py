"""`read_snippet FILE|-`: the payload in a request that some other tool wrote down, for scripts, CI jobs and support."""

from __future__ import annotations

import codecs
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from events.domain.diagnosis import review
from events.domain.finding import Finding, has_errors
from events.domain.payload import Payload
from events.domain.presets import unfilled
from events.domain.reading import NAMES, Found, NotRead, Reading, read_pasted
from events.domain.tree import Json, format_path, pretty, write
from events.management.exits import ACCEPTED, NOT_ACCEPTED, UNUSABLE, ScriptCommand, unusable
from events.management.findings import as_json, as_tree
from events.models import Store
from events.models.circumstances import circumstances_of

# PowerShell saves in the latter two.
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Judged:
    """One payload that was read, and what the rules say of it; none of text that is no JSON yet."""

    found: Found
    findings: tuple[Finding, ...]

    @property
    def is_fit(self) -> bool:
        return self.found.payload is not None and not has_errors(self.findings)


class Command(ScriptCommand):
    help = (
        "Read a request as some other tool wrote it down: JSON, cURL for bash, cmd or PowerShell, Invoke-WebRequest, "
        "fetch(), HAR, fbq(), Scalev.analytics.track(), or a page with one of them. Prints the payload, what was not "
        "read and why, and the findings. Nothing is sent or kept, and no key is printed. Exits with 0 read and without "
        "errors, 1 with errors, 3 usage or unreadable input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a file with the request, or - for standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = read_pasted(_text(options["file"]))
        judged = [_judged(found) for found in reading.found]
        if options["json"]:
            self.stdout.write(write(_as_object(reading, judged)).decode())
        else:
            self._print(reading, judged)
        if reading.problem:
            # In JSON it is said already, to whoever reads that.
            raise unusable(str(reading.problem)) if not options["json"] else SystemExit(UNUSABLE)
        sys.exit(ACCEPTED if all(each.is_fit for each in judged) else NOT_ACCEPTED)

    def _print(self, reading: Reading, judged: list[Judged]) -> None:
        for number, each in enumerate(judged, start=1):
            called = f"{number} of {len(judged)}, " if len(judged) > 1 else ""
            self._line(f"Read {called}from {NAMES[reading.form]}:")
            self.stdout.write(each.found.text if each.found.payload is None else pretty(each.found.payload))
            self._not_read(each.found.not_read)
            for finding in each.findings:
                place = f" ({format_path(finding.path)})" if finding.path else ""
                self._line(f"{finding.severity} {finding.code}{place}: {finding.message} {finding.hint}")
        self._not_read(reading.not_read)

    def _not_read(self, parts: tuple[NotRead, ...]) -> None:
        for part in parts:
            self._line(f"not read: {part.what}. {part.why}")

    def _line(self, text: str) -> None:
        # Foreign text must neither break the line nor speak to the terminal.
        self.stdout.write("".join(sign if sign.isprintable() else "�" for sign in text.rstrip()))


def _text(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise unusable(f"{name} cannot be read: {error.strerror}.") from error
    encoding = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "utf-8")
    return content.decode(encoding, "replace")


def _judged(found: Found) -> Judged:
    """By the store that the request was made for, where this console has it."""
    if found.payload is None:
        return Judged(found, ())
    payload = Payload(found.payload)
    store = Store.objects.current().filter(store_id=found.store_id).first() if found.store_id else None
    known = circumstances_of(store, payload, timezone.now())
    return Judged(found, (*unfilled(found.payload), *review(payload, known)))


def _as_object(reading: Reading, judged: list[Judged]) -> Json:
    """Of one payload its parts stand at the top; several stand in `payloads`."""
    told: dict[str, Any] = {"form": reading.form.value}
    if len(judged) == 1:
        return as_tree(told | _of_one(judged[0], reading.not_read))
    told["not_read"] = _parts(reading.not_read)
    if reading.problem:
        return as_tree(told | {"payload": None, "findings": [], "problem": str(reading.problem)})
    return as_tree(told | {"payloads": [_of_one(each, ()) for each in judged]})


def _of_one(judged: Judged, beside: tuple[NotRead, ...]) -> dict[str, Any]:
    """`text` is JSON that does not parse, in the place of a payload."""
    found = judged.found
    return {
        "payload": found.payload,
        "text": found.text or None,
        "store_id": found.store_id or None,
        "at": found.at or None,
        "not_read": _parts((*found.not_read, *beside)),
        "findings": [as_json(finding) for finding in judged.findings],
    }


def _parts(parts: tuple[NotRead, ...]) -> list[dict[str, str]]:
    return [{"what": part.what, "why": str(part.why)} for part in parts]
