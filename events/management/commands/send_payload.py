"""`send_payload STORE FILE|-…`: check payloads and send them, for scripts, CI jobs and support."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from events.delivery import sender
from events.domain.diagnosis import review
from events.domain.finding import Finding, Severity, has_errors
from events.domain.outcome import Outcome
from events.domain.payload import Payload
from events.domain.presets import unfilled
from events.domain.redaction import scrub
from events.domain.text import Text
from events.domain.tree import Json, NotJson, Object, format_path, read, write
from events.domain.validation import check
from events.management.exits import ACCEPTED, NOT_ACCEPTED, NOT_TRIED, ScriptCommand, not_tried, unusable
from events.management.findings import as_json, as_tree
from events.models import Body, Delivery, Run, Store
from events.models.circumstances import circumstances_of
from events.models.run import LONGEST_NAME


@dataclass(frozen=True)
class Request:
    """What is to be sent: its bytes, what was found in them, and which of several it is ("" for the only one)."""

    body: bytes
    findings: tuple[Finding, ...]
    place: str = ""


class Command(ScriptCommand):
    help = (
        "Check payloads and send them to a store, one after the other; where one of them has errors, none is sent. "
        "Errors are breaches of the contract and placeholders left in. Prints the findings and the outcome. Several of "
        "them are one run: search the log for run:14. Exits with 0 all accepted, 1 tried but not accepted, 2 not tried "
        "(errors), 3 usage or unreadable input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("store", help="a store's ID (store_…) or its name")
        parser.add_argument("file", nargs="+", help="a file with the JSON payload, or - for standard input")
        parser.add_argument("--lines", action="store_true", help="each line of a file is a payload of its own")
        parser.add_argument("--run", metavar="NAME", help="what to call this run, for one payload too")
        parser.add_argument("--json", action="store_true", help="print one JSON object a payload")
        parser.add_argument("--dry-run", action="store_true", help="only check: send and store nothing")
        parser.add_argument("--force", action="store_true", help="send in spite of errors")
        parser.add_argument("--verbatim", action="store_true", help="send the file's own bytes, blanks and all")

    def handle(self, *args: Any, **options: Any) -> None:
        store, name = _store(options["store"]), _run_name(options["run"])
        sources = list(_sources(options["file"], by_line=options["lines"]))
        requests = [
            _request(store, source, place, verbatim=options["verbatim"], force=options["force"])
            for place, source in sources
        ]
        if not requests:
            raise unusable("There is no payload in this.")
        blocked = not options["force"] and any(has_errors(request.findings) for request in requests)
        if options["dry_run"] or blocked:
            for request in requests:
                self._print(request, None, as_json=options["json"])
            sys.exit(NOT_TRIED if any(has_errors(request.findings) for request in requests) else ACCEPTED)
        sys.exit(self._send(store, requests, name, as_json=options["json"]))

    def _send(self, store: Store, requests: list[Request], name: str | None, *, as_json: bool) -> int:
        """Send them in their order and return how to leave; what cannot be sent at all ends it there."""
        run = _started(store, name) if name is not None or len(requests) > 1 else None
        code = ACCEPTED
        for request in requests:
            delivery = _sent(store, request, run, code=self.trouble_exit)
            self.trouble_exit = NOT_ACCEPTED
            self._print(request, delivery, as_json=as_json)
            code = code if delivery.outcome == Outcome.ACCEPTED else NOT_ACCEPTED
        if run and not as_json:
            self.stdout.write(f"This was run {run.pk}: search the log for run:{run.pk}.")
        return code

    def _print(self, request: Request, delivery: Delivery | None, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(write(as_tree(_as_object(request, delivery))).decode())
            return
        where = f"{request.place}: " if request.place else ""
        for finding in request.findings:
            place = f" ({format_path(finding.path)})" if finding.path else ""
            line = f"{where}{finding.severity} {finding.code}{place}: {finding.message} {finding.hint}"
            self.stdout.write(line.rstrip())
        self.stdout.write(where + _sentence(delivery))


def _store(words: str) -> Store:
    try:
        store = Store.objects.named(words)
    except Store.MultipleObjectsReturned as error:
        raise unusable(f"Several stores are called {words}: name the one that is meant.") from error
    if store is None:
        raise unusable(f"There is no store called {words}.")
    return store


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise unusable(f"{name} cannot be read: {error.strerror}.") from error


def _sources(names: list[str], *, by_line: bool) -> Iterator[tuple[str, bytes]]:
    """Each payload, and how it is called where there are several."""
    for name in names:
        whole = _bytes(name)
        called = "standard input" if name == "-" else name
        if not by_line:
            yield (called if len(names) > 1 else ""), whole
            continue
        for number, line in enumerate(whole.split(b"\n"), start=1):
            if line.strip():
                yield f"{called}, line {number}", line.removesuffix(b"\r")


def _run_name(name: str | None) -> str | None:
    """A run's name stands in lists and exports for everybody."""
    if name is None:
        return None
    words = " ".join(name.split())
    if scrub(words) != words or not words.isprintable():
        raise unusable("The name of a run is read by everybody: it holds no e-mail, no phone and no key.")
    if len(words) > LONGEST_NAME:
        raise unusable(f"The name of a run has {LONGEST_NAME} letters at most.")
    return words


def _request(store: Store, source: bytes, place: str, *, verbatim: bool, force: bool) -> Request:
    try:
        tree = read(source)
    except NotJson as error:
        if not (verbatim and force):
            what = f"{place} is" if place else "This is"
            raise unusable(f"{what} no JSON that can be sent: {error}.") from error
        broken = Finding("C000", Severity.ERROR, (), Text("This is no JSON: {why}.", why=str(error)))
        return Request(source, (broken,), place)
    findings = (*unfilled(tree), *_findings(store, tree))
    return Request(source if verbatim else write(tree), findings, place)


def _findings(store: Store, tree: Json) -> tuple[Finding, ...]:
    if not isinstance(tree, Object):
        return check(tree)
    payload = Payload(tree)
    return review(payload, circumstances_of(store, payload, timezone.now()))


def _started(store: Store, name: str | None) -> Run:
    """A run; none is kept for what cannot be sent to this store at all."""
    try:
        sender.way_out(store)
    except sender.NotSendable as refusal:
        raise not_tried(str(refusal.text)) from refusal
    return Run.objects.create(name=name or "", started_at=timezone.now())


def _sent(store: Store, request: Request, run: Run | None, *, code: int) -> Delivery:
    try:
        return sender.send(
            store=store, payload=request.body, by=None, now=timezone.now(), findings=request.findings, run=run
        )
    except sender.NotSendable as refusal:
        raise CommandError(str(refusal.text), returncode=code) from refusal


def _sentence(delivery: Delivery | None) -> str:
    if delivery is None:
        return "Nothing was sent."
    if delivery.answer_lost:
        return f"Delivery {delivery.pk} went out, but how it ended could not be written down."
    status = f" with status {delivery.status_code}" if delivery.status_code else ""
    error = f": {delivery.error}" if delivery.error else ""
    return f"Delivery {delivery.pk} ended as {delivery.outcome}{status}{error}."


def _as_object(request: Request, delivery: Delivery | None) -> dict[str, Any]:
    response = Body.objects.get(delivery=delivery).read_response() if delivery else None
    return {
        "id": delivery.pk if delivery else None,
        "run": delivery.run_id if delivery else None,
        "outcome": delivery.outcome if delivery else None,
        "status_code": delivery.status_code if delivery else None,
        **_exactly("request_body", request.body),
        **_exactly("response_body", response.body if response else None),
        "findings": [as_json(finding) for finding in request.findings],
    }


def _exactly(name: str, body: bytes | None) -> dict[str, str | None]:
    """The bytes as text, or as base64 under another name where they are no UTF-8."""
    try:
        return {name: body.decode() if body is not None else None}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(body or b"").decode()}
