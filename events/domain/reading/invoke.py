"""`Invoke-WebRequest` and `Invoke-RestMethod`: which of their arguments are address, headers and body of a request."""

from __future__ import annotations

from events.domain.reading import unread
from events.domain.reading.powershell import Argument, Statement
from events.domain.reading.remark import NotRead
from events.domain.reading.request import Request
from events.domain.reading.words import Command, Word
from events.domain.text import Text
from events.domain.tree import Json, Number, Object, format_path

NAMES = ("invoke-webrequest", "invoke-restmethod", "iwr", "irm")
_PARAMETERS = ("uri", "method", "headers", "body", "contenttype", "infile", "useragent", "websession")
_COOKIES = Text("Cookies and the browser's name: no event carries them.")
_FILE = Text("The contents of this file are not in what you pasted. Paste them instead.")
_TABLE = Text("A table as a body is sent as the fields of a form. The relay takes JSON: put ConvertTo-Json behind it.")
_NO_EFFECT = Text("A parameter that says nothing about the event.")


def request(statement: Statement) -> Request:
    """What one such command asks for."""
    given = _given(statement)
    body, url = given.get("body"), given.get("uri")
    headers = given.get("headers")
    pairs = headers.value.pairs if headers and isinstance(headers.value, Object) else ()
    agent = given.get("useragent")
    return Request(
        url=_text(url.value) if url else "",
        method=_text(given["method"].value).upper() if "method" in given else ("POST" if body else "GET"),
        headers=(
            *((name, _text(value)) for name, value in pairs),
            *([("User-Agent", _text(agent.value))] if agent else []),
        ),
        body=_text(body.value) if body and body.is_known and not isinstance(body.value, Object) else None,
        not_read=tuple(_remarks(statement, given)),
    )


def command(statement: Statement) -> Command:
    """curl as PowerShell starts it: older ones leave the backslashes to the program, which people write for it."""
    words = [Word(statement.name)]
    for argument in statement.arguments:
        if argument.name:
            words.append(Word(f"-{argument.name}"))
        if argument.is_known and argument.value is not None:
            words.append(Word(_text(argument.value).replace('\\"', '"')))
    return Command(tuple(words))


def _given(statement: Statement) -> dict[str, Argument]:
    """The parameters by their whole name: PowerShell takes any beginning of one that no other has."""
    given: dict[str, Argument] = {}
    for argument in statement.arguments:
        written = argument.name.lower()
        whole = [name for name in _PARAMETERS if written and name.startswith(written)]
        given.setdefault(whole[0] if whole else written or "uri", argument)
    return given


def _remarks(statement: Statement, given: dict[str, Argument]) -> list[NotRead]:
    found: list[NotRead] = []
    for name, argument in given.items():
        if name == "websession":
            found.append(NotRead("-WebSession", _COOKIES))
        elif name == "infile":
            found.append(NotRead(f"-InFile {_text(argument.value)}", _FILE))
        elif name in ("uri", "body"):
            found += [unread.remark(part.path, part.source) for part in argument.unread]
        elif name not in _PARAMETERS and name not in ("usebasicparsing", "verbose"):
            found.append(NotRead(f"-{name}", _NO_EFFECT))
    body = given.get("body")
    if body and isinstance(body.value, Object):
        found.append(NotRead(", ".join(format_path((key,)) for key, _ in body.value.pairs), _TABLE))
    return found


def _text(value: Json) -> str:
    if isinstance(value, Number):
        return value.text
    return value if isinstance(value, str) else ""
