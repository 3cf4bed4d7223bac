"""A JSON tree as coloured HTML that is the same JSON when it is copied.

What is short stands on one line, a list of one object opens as `[{`, and a value with a finding is marked.
Everything comes from buyers, shops or Scalev, so every piece of text goes through `format_html`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.domain.finding import Severity
from events.domain.text import spelled_out
from events.domain.tree import Array, Json, Number, Object, Path, format_path, quoted

Marks = Mapping[Path, str]

LINE_WIDTH = 52
LINES_SHOWN = 1000
INDENT = "  "
_NOTHING = SafeString("")
_COMMA = SafeString(",")


def html_lines(tree: Json, marks: Marks) -> SafeString:
    """The tree as lines of HTML, at most `LINES_SHOWN`; `marks` gives a severity by path."""
    lines = list(islice(_Lines(_placed(marks, tree)).of(tree, (), ""), LINES_SHOWN + 1))
    if len(lines) > LINES_SHOWN:
        lines[-1] = format_html('<span class="json-word">{}</span>', "…")
    return format_html_join("\n", "{}", ((line,) for line in lines))


class _Lines:
    def __init__(self, marks: Marks) -> None:
        self.marks = marks

    def of(
        self, tree: Json, path: Path, margin: str, head: SafeString = _NOTHING, tail: SafeString = _NOTHING
    ) -> Iterator[SafeString]:
        """The lines of one value; `head` stands before it on its first line, `tail` behind its last."""
        if not _children(tree) or _fits(tree, LINE_WIDTH - len(margin)):
            yield format_html("{}{}{}", margin, self._piece(tree, path, head), tail)
            return
        first, inner, last = format_html("{}{}", head, _brackets(tree)[0].strip()), tree, _brackets(tree)[1].strip()
        if isinstance(tree, Array) and len(tree) == 1 and isinstance(tree.items[0], Object):
            first, inner, last = self._marked(format_html("{}[{{", head), path), tree.items[0], "}]"
            path = (*path, 0)
        yield format_html("{}{}", margin, self._marked(first, path))
        yield from self._inside(inner, path, margin + INDENT)
        yield format_html("{}{}{}", margin, last, tail)

    def _inside(self, tree: Json, path: Path, margin: str) -> Iterator[SafeString]:
        children = _children(tree)
        for number, (step, child) in enumerate(children, start=1):
            comma = _COMMA if number < len(children) else _NOTHING
            yield from self.of(child, (*path, step), margin, _key(step), comma)

    def _piece(self, tree: Json, path: Path, head: SafeString) -> SafeString:
        """One value on one line."""
        children = _children(tree)
        if not children:
            return self._marked(format_html("{}{}", head, _scalar(tree)), path)
        opening, closing = _brackets(tree)
        pieces = ((self._piece(child, (*path, step), _key(step)),) for step, child in children)
        inner = format_html_join(", ", "{}", pieces)
        return self._marked(format_html("{}{}{}{}", head, opening, inner, closing), path)

    def _marked(self, piece: SafeString, path: Path) -> SafeString:
        severity = self.marks.get(path)
        if severity is None:
            return piece
        return format_html('<mark data-severity="{}" data-path="{}">{}</mark>', severity, format_path(path), piece)


def _placed(marks: Marks, tree: Json) -> Marks:
    """The marks at values that exist: a finding on a missing key moves to the object that lacks it; errors win."""
    placed: dict[Path, str] = {}
    reaches = _Reach(tree)
    for path, severity in sorted(marks.items(), key=lambda mark: mark[1] == Severity.ERROR):
        while path and not reaches(path):
            path = path[:-1]
        if path:
            placed[path] = severity
    return placed


class _Reach:
    """Whether a path exists in a tree. An object's keys are gathered once: it may bear as many marks as it has keys."""

    def __init__(self, tree: Json) -> None:
        self.tree = tree
        self._gathered: dict[int, dict[str, Json]] = {}

    def __call__(self, path: Path) -> bool:
        tree = self.tree
        for step in path:
            if isinstance(tree, Array) and isinstance(step, int) and 0 <= step < len(tree):
                tree = tree.items[step]
            elif isinstance(tree, Object) and isinstance(step, str) and step in self._members(tree):
                tree = self._members(tree)[step]
            else:
                return False
        return True

    def _members(self, tree: Object) -> dict[str, Json]:
        if id(tree) not in self._gathered:
            self._gathered[id(tree)] = dict(tree.pairs)
        return self._gathered[id(tree)]


def _children(tree: Json) -> list[tuple[str | int, Json]]:
    if isinstance(tree, Object):
        return list(tree.pairs)
    return list(enumerate(tree)) if isinstance(tree, Array) else []


def _brackets(tree: Json) -> tuple[str, str]:
    return ("{ ", " }") if isinstance(tree, Object) else ("[", "]")


def _fits(tree: Json, room: int) -> bool:
    return _room_left(tree, room) >= 0


def _room_left(tree: Json, room: int) -> int:
    """What remains of `room` characters behind the value on one line; stops counting below zero."""
    for step, child in _children(tree):
        room = _room_left(child, room - len(str(step)) - len('"": , '))
        if room < 0:
            return room
    return room - (len(tree) if isinstance(tree, str) else 4)


def _key(step: str | int) -> SafeString:
    if isinstance(step, int):
        return _NOTHING
    return format_html('<span class="json-key">{}</span>: ', spelled_out(quoted(step)))


def _scalar(tree: Json) -> SafeString:
    if isinstance(tree, Object | Array):
        return format_html("{}", "{}" if isinstance(tree, Object) else "[]")
    if isinstance(tree, str):
        return format_html('<span class="json-string">{}</span>', spelled_out(quoted(tree)))
    if isinstance(tree, Number):
        return format_html('<span class="json-number">{}</span>', tree.text)
    return format_html('<span class="json-word">{}</span>', {None: "null", True: "true", False: "false"}[tree])
