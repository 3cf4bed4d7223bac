"""`send_payload STORE FILE|-`: check a payload and send it, for scripts, CI jobs and support."""

from __future__ import annotations

import base64
import json
import sys
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
from events.domain.text import Text
from events.domain.tree import NotJson, Object, format_path, read, write
from events.domain.validation import check
from events.management.exits import ACCEPTED, NOT_ACCEPTED, NOT_TRIED, ScriptCommand, unusable
from events.models import Body, Delivery, Store


@dataclass(frozen=True)
class Request:
    """What is to be sent: its bytes and what was found in them."""

    body: bytes
    findings: tuple[Finding, ...]


class Command(ScriptCommand):
    help = (
        "Check a payload and send it to a store. Prints the findings and the outcome. "
        "Exits with 0 accepted, 1 tried but not accepted, 2 not tried (contract errors), 3 usage or unreadable input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("store", help="a store's ID (store_…) or its name")
        parser.add_argument("file", help="a file with the JSON payload, or - for standard input")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--dry-run", action="store_true", help="only check: send and store nothing")
        parser.add_argument("--force", action="store_true", help="send in spite of contract errors")
        parser.add_argument("--verbatim", action="store_true", help="send the file's own bytes, blanks and all")

    def handle(self, *args: Any, **options: Any) -> None:
        store = _store(options["store"])
        request = _request(_bytes(options["file"]), verbatim=options["verbatim"], force=options["force"])
        blocked = has_errors(request.findings) and not options["force"]
        delivery = None
        if not (options["dry_run"] or blocked):
            delivery = _sent(store, request)
            self.trouble_exit = NOT_ACCEPTED
        self._print(request, delivery, as_json=options["json"])
        sys.exit(_exit_code(request, delivery, blocked=blocked))

    def _print(self, request: Request, delivery: Delivery | None, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(_as_object(request, delivery), ensure_ascii=False))
            return
        for finding in request.findings:
            place = f" ({format_path(finding.path)})" if finding.path else ""
            self.stdout.write(f"{finding.severity} {finding.code}{place}: {finding.message} {finding.hint}".rstrip())
        self.stdout.write(_sentence(delivery))


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


def _request(source: bytes, *, verbatim: bool, force: bool) -> Request:
    try:
        tree = read(source)
    except NotJson as error:
        if not (verbatim and force):
            raise unusable(f"This is no JSON that can be sent: {error}.") from error
        broken = Finding("C000", Severity.ERROR, (), Text("This is no JSON: {why}.", why=str(error)))
        return Request(source, (broken,))
    findings = review(Payload(tree)) if isinstance(tree, Object) else check(tree)
    return Request(source if verbatim else write(tree), findings)


def _sent(store: Store, request: Request) -> Delivery:
    try:
        return sender.send(store=store, payload=request.body, by=None, now=timezone.now(), findings=request.findings)
    except sender.NotSendable as refusal:
        raise CommandError(str(refusal.text), returncode=NOT_TRIED) from refusal


def _exit_code(request: Request, delivery: Delivery | None, *, blocked: bool) -> int:
    if delivery is None:
        return NOT_TRIED if blocked or has_errors(request.findings) else ACCEPTED
    return ACCEPTED if delivery.outcome == Outcome.ACCEPTED else NOT_ACCEPTED


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
        "outcome": delivery.outcome if delivery else None,
        "status_code": delivery.status_code if delivery else None,
        **_exactly("request_body", request.body),
        **_exactly("response_body", response.body if response else None),
        "findings": [_finding(finding) for finding in request.findings],
    }


def _exactly(name: str, body: bytes | None) -> dict[str, str | None]:
    """The bytes as text, or as base64 under another name where they are no UTF-8."""
    try:
        return {name: body.decode() if body is not None else None}
    except UnicodeDecodeError:
        return {f"{name}_base64": base64.b64encode(body or b"").decode()}


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": format_path(finding.path),
        "message": str(finding.message),
        "hint": str(finding.hint),
    }
