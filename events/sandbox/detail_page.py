"""The page of one request: the answer in a sentence, the rules in order, then the evidence."""

import json

from .answers import Answer
from .ledger import Received, Step
from .marks import mark_of, shape
from .markup import Markup, tag, together
from .page import document

_SHOWN = 20_000


def page(row: Received) -> Markup:
    """Everything that is known of one request."""
    columns = tag("div", _request(row), tag("div", _response(row.answer), class_="stack"), class_="columns")
    return document(f"Request {row.number}", _opening(row), _trace(row), columns)


def forgotten() -> Markup:
    """For a number that is not in memory (any more)."""
    words = "The sandbox keeps the last requests in memory only, and forgets them when it stops."
    back = tag("p", tag("a", "See what came in", href="/"))
    return document("Not found", tag("h1", "This request is not remembered."), tag("p", words), back)


def _opening(row: Received) -> Markup:
    mark = mark_of(row)
    step = row.decided_by
    when = tag("time", row.at.strftime("%Y-%m-%d %H:%M:%S UTC"), datetime=row.at.isoformat())
    return tag(
        "div",
        tag("p", tag("a", "← All requests", href="/")),
        tag("h1", shape(mark.name), f" {mark.word}, {row.answered}: {step.place} {step.words.rstrip('.')}."),
        tag("p", "Decided by the rule ", tag("b", step.rule), ".", class_="lead"),
        tag("p", f"Request {row.number}, ", when, f", from {row.client}", class_="quiet"),
        class_="opening",
    )


def _trace(row: Received) -> Markup:
    steps = (_step(number, step, row) for number, step in enumerate(row.steps, start=1))
    return tag(
        "section",
        tag("header", tag("h2", "Rules, in order")),
        tag("ol", *steps, class_="trace"),
        _verdict(row),
        class_="card",
    )


def _step(number: int, step: Step, row: Received) -> Markup:
    decided = step is row.decided_by
    said = "passed" if step.passed else "failed"
    return tag(
        "li",
        tag("span", number, class_="number"),
        shape("ok" if step.passed else "bad"),
        tag("span", tag("b", step.rule), " ", tag("code", step.place), f" {step.words}", class_="what"),
        tag("span", f"{said}, decided" if decided else said, class_="quiet"),
        class_="decided" if decided else None,
    )


def _verdict(row: Received) -> Markup | None:
    """A scenario answers whatever the body says; tell what the contract would have said."""
    if not row.verdict or not row.scenario or row.scenario == "slow":
        return None
    if row.verdict.accepted:
        return tag("p", "The contract alone would have accepted this body.", class_="quiet")
    broken = (tag("li", tag("code", hit.place), f" {hit.message} ({hit.rule})") for hit in row.verdict.rules)
    return together(tag("p", "The contract alone would have refused this body:"), tag("ul", *broken))


def _request(row: Received) -> Markup:
    return tag(
        "section",
        tag("header", tag("h2", "Request"), tag("code", f"{row.method} {row.path}")),
        _headers(row.headers),
        _body(row.body, "Body of the request"),
        class_="card",
    )


def _response(answer: Answer) -> Markup:
    title = f"{answer.status} {answer.reason}" if answer.complete else "no status was told"
    act = tag("p", "Sent in the way of ", tag("code", answer.act), ".") if answer.act else None
    return tag(
        "section",
        tag("header", tag("h2", "Answer"), tag("code", title)),
        act,
        _headers(answer.headers) if answer.complete else None,
        _body(answer.body, "Body of the answer") if answer.complete else None,
        class_="card",
    )


def _headers(headers: tuple[tuple[str, str], ...]) -> Markup | None:
    pairs = (tag("div", tag("dt", name), tag("dd", tag("code", value))) for name, value in headers)
    return tag("dl", *pairs, class_="pairs") if headers else None


def _body(body: bytes, name: str) -> Markup:
    if not body:
        return tag("p", "No body.", class_="quiet")
    text = body[:_SHOWN].decode("utf-8", "backslashreplace")
    rest = len(body) - _SHOWN
    cut = tag("p", f"{rest} more bytes are not shown.", class_="quiet") if rest > 0 else None
    return together(tag("pre", tag("code", _visible(text)), tabindex="0", role="region", aria_label=name), cut)


def _visible(text: str) -> str:
    """Control characters in writing, so that a NUL is seen and breaks no page."""
    return "".join(json.dumps(char)[1:-1] if ord(char) < 32 and char not in "\n\t" else char for char in text)
