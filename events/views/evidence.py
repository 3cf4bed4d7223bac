"""Both sides of an exchange as one viewer may see them: bodies, headers and findings, read once from the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from events.domain.exchange import BodyMark, Failure, Headers, Timings
from events.domain.explanation import explain_mark
from events.domain.finding import Finding, Severity
from events.domain.redaction import mask_payload
from events.domain.refusal import Complaint, read_error
from events.domain.report import Caller
from events.domain.text import NO_TEXT, Text, spelled_out
from events.domain.tree import Json, NotJson, Path, at, read, write
from events.domain.veil import Veil
from events.models.body import Body, Record

# A page is for reading; the whole of a large body is a download.
SHOWN_CHARACTERS = 64 * 1024

Marks = dict[Path, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One body for reading. `tree` counts only where `is_json`; with `is_exact` the text is the bytes as they are."""

    size: int
    text: str = ""
    tree: Json = None
    is_json: bool = False
    is_exact: bool = True
    is_withheld: bool = False
    problem: str = ""

    @property
    def is_cut(self) -> bool:
        return len(self.text) > SHOWN_CHARACTERS

    @property
    def visible(self) -> str:
        """The text as it fits on a page, signs that cannot be seen spelled out."""
        return spelled_out(self.text[:SHOWN_CHARACTERS])


@dataclass(frozen=True, slots=True)
class Sent:
    """The request."""

    method: str
    url: str
    headers: Headers
    body: Shown
    marks: Marks


@dataclass(frozen=True, slots=True)
class Answer:
    """The response, or what stopped it: `status` is None where no whole one came.

    With a `caller` all of this is what a browser reported, and the console has not seen it.
    """

    status: int | None
    reason: str
    headers: Headers
    body: Shown
    marks: Marks
    remarks: tuple[Text, ...]
    size: int
    failure: Failure | None
    failure_detail: str
    timings: Timings
    peer: str
    bytes_may_have_left: bool
    caller: Caller | None = None

    @property
    def content_type(self) -> str:
        return next((value for name, value in self.headers if name.lower() == "content-type"), "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """An exchange under its viewer's veil. `answer` is None while nothing was written down about one.

    `names_buyer` says whether there is anything to veil in what was sent, as far as it can be read.
    """

    sent: Sent
    answer: Answer | None
    findings: tuple[Finding, ...]
    complaints: tuple[Complaint, ...]
    is_clear: bool
    names_buyer: bool


def gather(body: Body, *, is_clear: bool) -> Evidence:
    """Open both records. Raises `encryption.Unreadable` where the master key is gone or a row was tampered with."""
    request, response = body.read_request(), body.read_response()
    payload, _problem = _read(request.body)
    veil = Veil.over(payload, is_lifted=is_clear)
    findings = tuple(_finding(fact, veil) for fact in request.facts.get("findings", ()))
    said, _problem = _read(response.body) if response else (None, "")
    complaints = read_error(said, veil.values)
    return Evidence(
        sent=_sent(request, response, payload, veil, (*_places(complaints), *_severities(findings))),
        answer=_answer(response, complaints, veil) if response else None,
        findings=findings,
        complaints=complaints,
        is_clear=is_clear,
        names_buyer=payload is None or mask_payload(payload) != payload,
    )


def _sent(
    request: Record, response: Record | None, payload: Json, veil: Veil, marks: tuple[tuple[Path, str], ...]
) -> Sent:
    facts = request.facts
    # What really went over the wire is known after the call; before it, what was going to.
    headers = (response.facts.get("request_headers") if response else ()) or facts.get("headers", ())
    return Sent(
        method=facts.get("method", "POST"),
        url=facts.get("url", ""),
        headers=_headers(headers, veil),
        body=_request_body(request.body, payload, veil),
        marks=dict(marks),
    )


def _request_body(body: bytes, payload: Json, veil: Veil) -> Shown:
    if payload is None:
        # Where no JSON says which words are the buyer's, none of them can be told from the rest.
        clear = veil.text(_decoded(body)) if veil.is_lifted else ""
        return Shown(size=len(body), text=clear, is_withheld=not veil.is_lifted)
    tree = veil.payload(payload)
    is_exact = veil.is_lifted or write(payload) == body
    text = veil.text(_decoded(body)) if veil.is_lifted else write(tree).decode()
    return Shown(size=len(body), text=text, tree=tree, is_json=True, is_exact=is_exact)


def _answer(response: Record, complaints: tuple[Complaint, ...], veil: Veil) -> Answer:
    facts, body = response.facts, response.body
    said, problem = _read(body)
    kinds = [BodyMark(mark) for mark in facts.get("body_marks", ())]
    size = facts.get("response_size", len(body))
    failure = facts.get("failure")
    return Answer(
        status=facts.get("status"),
        reason=veil.text(facts.get("reason", "")),
        headers=_headers(facts.get("headers", ()), veil),
        body=Shown(
            size=len(body),
            text=veil.text(_decoded(body)),
            tree=veil.tree(said),
            is_json=bool(body) and not problem,
            problem=problem if body else "",
        ),
        marks=_answer_marks(complaints, said),
        remarks=tuple(explain_mark(kind, kept=len(body), seen=size) for kind in kinds),
        size=size,
        failure=Failure(failure) if failure else None,
        failure_detail=veil.text(facts.get("failure_detail", "")),
        timings=_timings(facts),
        peer=facts.get("peer", ""),
        bytes_may_have_left=facts.get("bytes_may_have_left", True),
        caller=_caller(facts.get("caller"), veil),
    )


def _caller(told: dict[str, Any] | None, veil: Veil) -> Caller | None:
    if told is None:
        return None
    probes = tuple((str(name), str(found)) for name, found in told["probes"])
    return Caller(veil.text(told["origin"]), veil.text(told["user_agent"]), probes)


def _timings(facts: dict[str, Any]) -> Timings:
    """The parts of the call; where nothing came back, what is left of the whole was spent on waiting."""
    timings = Timings(**facts.get("timings", {}))
    if timings.send_ms is None or timings.first_byte_ms is not None or timings.total_ms is None:
        return timings
    spent = sum(part or 0.0 for part in (timings.dns_ms, timings.connect_ms, timings.tls_ms, timings.send_ms))
    return replace(timings, first_byte_ms=max(0.0, timings.total_ms - spent))


def _read(body: bytes) -> tuple[Json, str]:
    """The tree, or None and why not. A byte order mark is forgiven: it was not the shop that wrote it."""
    try:
        return read(body.removeprefix(b"\xef\xbb\xbf")), ""
    except NotJson as error:
        return None, str(error)


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "backslashreplace")


def _headers(pairs: Any, veil: Veil) -> Headers:
    return tuple((veil.text(str(name)), veil.text(str(value))) for name, value in pairs)


def _finding(fact: dict[str, Any], veil: Veil) -> Finding:
    message, hint, evidence = (
        Text(veil.text(fact[key])) if fact.get(key) else NO_TEXT for key in ("message", "hint", "evidence")
    )
    path = veil.path(tuple(fact.get("path", ())))
    return Finding(fact["code"], Severity(fact["severity"]), path, message, hint, evidence)


def _places(complaints: tuple[Complaint, ...]) -> tuple[tuple[Path, str], ...]:
    return tuple((complaint.path, "error") for complaint in complaints if complaint.is_placed)


def _answer_marks(complaints: tuple[Complaint, ...], said: Json) -> Marks:
    """Where in the answer Scalev names a place of the request."""
    paths = ((head, *complaint.path) for complaint in complaints if complaint.path for head in ("errors", "error"))
    return {path: "error" for path in paths if at(said, path) is not None}


def _severities(findings: tuple[Finding, ...]) -> tuple[tuple[Path, str], ...]:
    """The worst severity of each place last, so that it wins."""
    order = (Severity.HINT, Severity.WARNING, Severity.ERROR)
    ranked = sorted(findings, key=lambda finding: order.index(finding.severity))
    return tuple((finding.path, finding.severity.value) for finding in ranked if finding.path)
