"""The calls in a script, a page or a line of code that make events: `fbq`, `Scalev.analytics.track`, `fetch`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.domain.reading.literal import NotLiteral, Value, read_arguments
from events.domain.reading.remark import NotRead, quote
from events.domain.text import Text

FBQ, TRACK, FETCH = "fbq", "Scalev.analytics.track", "fetch"
# Nobody reads more, and a page of a whole shop may hold thousands.
MOST_CALLS, MOST_BROKEN = 200, 20
# Of the arguments of one call.
_LONGEST = 200_000

_IS_PAGE = re.compile(r"<(?:!doctype|html|head|body|script|noscript|div|button|form|a|img)\b", re.IGNORECASE)
_MARKUP = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)"
    r"|<script\b[^>]{0,1000}>(?P<code>(?s:.*?))(?:</script\s*>|\Z)"
    r"""|\son[a-z]{3,20}\s*=\s*(?:"(?P<double>[^"]{0,5000})"|'(?P<single>[^']{0,5000})')""",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"""(?P<string>'(?:[^'\\\n]|\\(?s:.))*+'|"(?:[^"\\\n]|\\(?s:.))*+"|`(?:[^`\\]|\\(?s:.))*+`)"""
    r"""|(?P<comment>//[^\n]*+|/\*(?s:.*?)(?:\*/|\Z))"""
    r"""|(?<![\w$.])(?:(?:window|self|parent|top)\s{0,9}\.\s{0,9})?"""
    r"""(?P<name>fbq|fetch|Scalev\s{0,9}\.\s{0,9}analytics\s{0,9}\.\s{0,9}track)\s{0,9}(?:\?\.)?\s{0,9}\("""
)
_CALLED = re.compile(r"\b(?:fbq|Scalev\s{0,9}\.\s{0,9}analytics\s{0,9}\.\s{0,9}track)\s{0,9}\(")


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `name` is FBQ, TRACK or FETCH, `source` begins as it stood in the text."""

    name: str
    arguments: tuple[Value, ...]
    source: str

    def text(self, place: int) -> str:
        """The argument at this place where it is a known text, else ""."""
        tree = self.arguments[place].tree if place < len(self.arguments) else None
        return tree if isinstance(tree, str) else ""


@dataclass(frozen=True, slots=True)
class Script:
    """All calls of a text in their order, and what looked like one and was none."""

    calls: tuple[Call, ...] = ()
    not_read: tuple[NotRead, ...] = ()

    def named(self, name: str) -> tuple[Call, ...]:
        return tuple(call for call in self.calls if call.name == name)


def read_script(text: str) -> Script:
    """Every call, whether the text is a line of code, a script or a whole page. Never raises."""
    calls: list[Call] = []
    not_read: list[NotRead] = []
    for found in (each for part in _scripts(text) for each in _calls(part)):
        if len(calls) >= MOST_CALLS or len(not_read) >= MOST_BROKEN:
            not_read.append(NotRead("…", Text("Only the first {n} calls were looked at.", n=len(calls))))
            break
        if isinstance(found, Call):
            calls.append(found)
        else:
            not_read.append(found)
    return Script(tuple(calls), tuple(not_read))


def is_page(text: str) -> bool:
    """Whether it is markup: then code stands only in its scripts and in what its buttons do."""
    return _IS_PAGE.search(text) is not None


def _scripts(text: str) -> Iterator[str]:
    if not is_page(text):
        yield text
        return
    for found in _MARKUP.finditer(text):
        attribute = found["double"] or found["single"]
        yield found["code"] or (html.unescape(attribute) if attribute else "")


def _calls(code: str) -> Iterator[Call | NotRead]:
    at = 0
    while token := _TOKEN.search(code, at):
        at = token.end()
        if token["comment"] and _CALLED.search(token["comment"]):
            why = Text("It stands in a comment, so no browser runs it.")
            yield NotRead(quote(token["comment"]), why)
        if not token["name"]:
            continue
        source = code[token.start() : token.start() + 400]
        name = re.sub(r"\s", "", token["name"])
        try:
            behind = code[at : at + _LONGEST]
            arguments, length = read_arguments(behind, 0)
            at += length
            yield Call(name, arguments, source)
        except NotLiteral as broken:
            near = quote(behind[max(0, broken.place - 20) : broken.place + 20])
            why = Text("A quote, a comma or a bracket is missing near “{near}”, so no browser runs it.", near=near)
            yield NotRead(quote(source), why)
