"""Scalev's own words about what it refused: `ApiErrorResponse`, in whatever JSON shape it comes.

The description leaves `error` and `errors` open, so nothing here trusts a shape: what can be placed gets a path into
the request, everything else stays words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from events.domain import contract
from events.domain.finding import Finding, Severity
from events.domain.redaction import Scrubber
from events.domain.text import NO_TEXT, Text, spelled_out
from events.domain.tree import Array, Json, Number, Object, Path, format_path, write

MAX_COMPLAINTS = 20
MAX_WORDS = 200
_WORD_KEYS = ("title", "message", "msg", "reason", "detail", "description")
_PLACE_KEYS = ("path", "field", "pointer", "param", "loc", "property")
_PARTED = re.compile(r"[.\[\]/]+")


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that Scalev said. `path` is () where it did not say what it means."""

    path: Path
    words: str

    @property
    def is_placed(self) -> bool:
        """Whether the path begins at a key of the request as the contract knows it."""
        return bool(self.path) and self.path[0] in contract.TOP_KEYS


def read_error(tree: Json, hidden: Iterable[str] = (), *, instead: str | None = None) -> tuple[Complaint, ...]:
    """What an error body says, placed things first.

    In the place of keys and buyers' values (`hidden`) stands `instead`, or for None the mask of each.
    """
    clean = partial(Scrubber(hidden), instead=instead)
    said = [Complaint(path, _shortened(clean(words))) for path, words in _said(tree, clean)]
    unique = [complaint for complaint in dict.fromkeys(said) if complaint.words]
    ordered = sorted(unique, key=lambda complaint: not complaint.is_placed)
    return tuple(ordered[:MAX_COMPLAINTS])


def placed_words(path: Path) -> Text:
    """Where in the request a path leads, as people count: "line 2, `quantity`"."""
    head, rest = path[0], path[1:]
    if rest and isinstance(rest[0], int):
        owner = _OWNERS.get(str(head), Text("entry {n}", n=rest[0] + 1))
        owner = Text(owner.template, n=rest[0] + 1)
        return Text("{owner}, `{field}`", owner=owner, field=format_path(rest[1:])) if rest[1:] else owner
    if head == "user_data" and rest:
        return Text("the buyer's `{field}`", field=format_path(rest))
    return Text("`{field}`", field=format_path(path))


def blame(complaints: tuple[Complaint, ...], findings: tuple[Finding, ...]) -> Text:
    """What was refused, as the end of a sentence, or "" where nothing tells.

    The place that Scalev names, else the first breach that was known before sending, else Scalev's own words.
    """
    placed = next((complaint for complaint in complaints if complaint.is_placed), None)
    if placed:
        return in_words(placed, findings)
    error = next((finding for finding in findings if finding.severity is Severity.ERROR), None)
    if error:
        return _as_clause(error.message)
    telling = next((complaint for complaint in complaints if complaint.words.lower() not in _EMPTY_WORDS), None)
    return in_words(telling) if telling else NO_TEXT


def also_blamed(complaints: tuple[Complaint, ...], findings: tuple[Finding, ...]) -> tuple[Text, ...]:
    """What else Scalev said; a general “Bad request” says nothing beside a place."""
    placed = tuple(complaint for complaint in complaints if complaint.is_placed)
    return tuple(in_words(complaint, findings) for complaint in (placed or complaints)[1:6])


def in_words(complaint: Complaint, findings: tuple[Finding, ...] = ()) -> Text:
    """A complaint by the breach known at the same place, which says more; else where it is and Scalev's words."""
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.path == complaint.path and complaint.is_placed:
            return _as_clause(finding.message)
    words = complaint.words.rstrip(".")
    if not complaint.is_placed:
        return Text("“{words}”", words=words)
    return Text("{place} “{words}”", place=placed_words(complaint.path), words=words)


def _as_clause(message: str) -> Text:
    """A finding's sentence as the end of another one."""
    return Text("{clause}", clause=message[:1].lower() + message[1:].rstrip("."))


_EMPTY_WORDS = frozenset({"true", "false", "error", "bad request"})
_OWNERS = {
    "events": Text("event {n}", n=0),
    "variants": Text("line {n}", n=0),
    "bundle_price_options": Text("bundle line {n}", n=0),
}


def _said(tree: Json, clean: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    if not isinstance(tree, Object) or not {"error", "errors", "message", "error_code"} & set(tree.keys()):
        yield from _flat(tree, (), clean)
        return
    for key in ("errors", "message", "error"):
        yield from _flat(tree.get(key), (), clean)
    code = tree.get("error_code")
    if isinstance(code, str):
        yield (), code


def _flat(value: Json, path: Path, clean: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Object):
        yield from _members(value, path, clean)
    elif isinstance(value, Array):
        for index, item in enumerate(value):
            # A list of texts under a key are remarks on that key; a list of objects mirrors a list of the request.
            yield from _flat(item, (*path, index) if path and isinstance(item, Object) else path, clean)
    elif isinstance(value, str):
        yield path, value
    elif value is not None:
        yield path, value.text if isinstance(value, Number) else write(value).decode()


def _members(value: Object, path: Path, clean: Callable[[str], str]) -> Iterator[tuple[Path, str]]:
    place = next((value.get(key) for key in _PLACE_KEYS if key in value), None)
    words = [text for key in _WORD_KEYS if isinstance(text := value.get(key), str)]
    if words:
        yield _path_from(place, clean) or path, ": ".join(words)
        return
    for key, member in value.pairs:
        yield from _flat(member, (*path, *_steps(clean(key))), clean)


def _path_from(place: Json, clean: Callable[[str], str]) -> Path:
    if isinstance(place, str):
        return _steps(clean(place))
    if isinstance(place, Array):
        named = (item if isinstance(item, str) else _digits(item) for item in place)
        return tuple(step for name in named for step in _steps(clean(name)))
    return ()


def _digits(item: Json) -> str:
    return item.text if isinstance(item, Number) else ""


def _steps(written: str) -> Path:
    """`variants.0.quantity`, `variants[0].quantity` or `/variants/0/quantity` as a path."""
    parts = (part for part in _PARTED.split(written) if part)
    return tuple(int(part) if part.isascii() and part.isdigit() and len(part) < 6 else part for part in parts)


def _shortened(words: str) -> str:
    # Half a surrogate pair can come out of a JSON escape and go into no page and no database.
    words = spelled_out(" ".join(words.encode("utf-8", "backslashreplace").decode().replace("\0", "").split()))
    return words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1] + "…"
