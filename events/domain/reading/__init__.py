"""What people paste: requests and browser calls in the form in which some other tool wrote them down.

Purpose: find the form of a text, read what stands in it, and say of everything else why it was not read. One module
for each form; `read_pasted` asks them. Nothing is ever run, looked up or guessed: what only a running page knows is
left out and named.

May import: the rest of `events.domain`. Must not import: Django, a clock, a database.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from events.domain.reading import (
    bash,
    cmd,
    curl,
    fence,
    fetch,
    foreign,
    har,
    inside,
    invoke,
    pixel,
    powershell,
    request,
    shape,
    track,
)
from events.domain.reading.cleaning import cleaned
from events.domain.reading.found import NAMES, Form, Found, Reading
from events.domain.reading.remark import NotRead
from events.domain.reading.request import Request
from events.domain.reading.script import FBQ, TRACK, Script, read_script
from events.domain.reading.words import Command, NotClosed
from events.domain.text import Text
from events.domain.tree import Array, NotJson, Object, read

__all__ = ["NAMES", "Form", "Found", "NotRead", "Reading", "better_read", "form_of", "read_pasted"]

MOST_LETTERS = 5 * 1_048_576
# Longer ones are read in one form alone, in a time that a person waits.
_MOST_TRIED = 200_000
_TOO_LONG = "This is longer than {n} MB. Paste the one request that you mean."
_HAR_TOO_LONG = (
    "This HAR is larger than {n} MB. Save it again for one page only, or give it to “Check a visit”, which reads large "
    "ones."
)
_NO_ID = Text("The call has none. Without the same ID on both ways, Meta counts this event and the server's as two.")
_AROUND = Text("It stands around the request and says nothing.")
_CURL = re.compile(r"(?:^|[|;&\s(])curl(?:\.exe)?\s", re.IGNORECASE)
_POWERSHELL = re.compile(
    r"\b(?:Invoke-WebRequest|Invoke-RestMethod)\b|(?:^|[=;\s(])(?:iwr|irm)\s+[-'\"$h]", re.IGNORECASE
)
_OF_BASH = re.compile(r"\\\r?\n")
# cmd knows no single quotes.
_NOT_OF_CMD = re.compile(r"\bcurl(?:\.exe)?\s[^'\"`]{0,300}'", re.IGNORECASE)
# No variable, but an escaped sign of an address: %EF%.
_OF_CMD = re.compile(r'\^"|\^\r?\n|\^\Z|\{""|%(?![0-9A-F]{2}%)[A-Z_]{2,}%')
_OF_POWERSHELL = re.compile(r"`\r?\n")
_CALLED = re.compile(r"\bfbq\s{0,9}(?:\?\.)?\(|\bScalev\s{0,9}\.\s{0,9}analytics\b|\bfetch\s{0,9}\(")
_BEGINS_JSON = re.compile(r"[\s\ufeff]*[\[{]")


def form_of(text: str) -> Form:
    """What a text looks like, from a look at it and no more."""
    if _BEGINS_JSON.match(text):
        return Form.HAR if har.looks_like_har(text) else Form.JSON
    start = text[:200_000]
    if _POWERSHELL.search(start):
        return Form.POWERSHELL
    if _CURL.search(start):
        return _form_of_curl(start)
    called = _CALLED.search(text)
    if called is None:
        return Form.OTHER
    return Form.FBQ if called.group().startswith("fbq") else Form.FETCH if "fetch" in called.group() else Form.TRACK


def _form_of_curl(start: str) -> Form:
    if _OF_BASH.search(start):
        return Form.CURL_BASH
    if _OF_CMD.search(start) and not _NOT_OF_CMD.search(start):
        return Form.CURL_CMD
    return Form.CURL_POWERSHELL if _OF_POWERSHELL.search(start) else Form.CURL_BASH


def better_read(text: str) -> Form | None:
    """The form of what somebody typed as JSON and is none, or not the relay's: `read_pasted` makes something of it."""
    form = form_of(text)
    if form is Form.JSON:
        return _better_read_json(text)
    return None if form is Form.OTHER else form


def _better_read_json(text: str) -> Form | None:
    try:
        tree = read(text)
    except NotJson:
        found = request.loosely(text)
        return Form.LITERAL if found and shape.looks_like_payload(found) else None
    return Form.JSON if shape.is_foreign(tree) else None


def read_pasted(text: str) -> Reading:
    """Everything that a text holds. Never raises, whatever it is."""
    form = form_of(text[:MOST_LETTERS])
    most = MOST_LETTERS if form in (Form.HAR, Form.JSON) else request.MOST_LETTERS
    if len(text) > most:
        template = _HAR_TOO_LONG if form is Form.HAR else _TOO_LONG
        return Reading(form, problem=Text(template, n=most // 1_048_576))
    inner, around = fence.fenced(text) if form not in (Form.HAR, Form.JSON) else ("", text)
    if inner and _is_payload(reading := _read(form_of(inner), inner)):
        left = (NotRead(around, _AROUND),) if around else ()
        return replace(reading, not_read=(*reading.not_read, *left))
    return _read(form, text)


def _read(form: Form, text: str) -> Reading:
    """A text by its looks; where they deceive, by whatever other form gives a payload."""
    reading = _read_as(form, text)
    if reading.found or reading.is_sure or len(text) > _MOST_TRIED:
        return reading
    others = (_read_as(other, text) for other in _OTHERS.get(form, ()))
    return next(filter(_is_payload, others), reading)


def _is_payload(reading: Reading) -> bool:
    return any(map(shape.looks_like_payload, reading.found))


def _read_as(form: Form, text: str) -> Reading:
    try:
        return _READERS[form](text)
    except NotClosed as broken:
        why = Text(
            "A quote or bracket that opens in line {line} is never closed. Copy the whole of it again, from its "
            "beginning to its end.",
            line=broken.opened,
        )
        return Reading(form, problem=why)


def _json(text: str) -> Reading:
    found = request.of_body(text.strip())
    is_literal = any(each.payload is not None for each in found) and not request.is_json(text)
    return Reading(Form.LITERAL if is_literal else Form.JSON, found)


def _of_requests(form: Form, requests: Iterable[Request], text: str) -> Reading:
    """The payloads of requests; of several, those to the relay count where there is one."""
    asked = tuple(each for each in requests if each.url or each.body)
    calls = tuple(each for each in asked if request.is_relay(each.url)) or asked
    found: list[Found] = []
    problems: list[Text] = []
    for each in calls:
        read = request.found_in(each)
        problems.append(read) if isinstance(read, Text) else found.extend(read)
    others = len(asked) - len(calls)
    if not found:
        remarks = tuple(remark for each in calls for remark in each.not_read)
        problem = problems[0] if problems else foreign.explanation(text)
        return Reading(form, not_read=remarks, problem=problem, is_sure=any(map(request.no_event, calls)))
    return Reading(form, tuple(found), (NotRead("…", _left(others)),) if others else ())


def _left(others: int) -> Text:
    if others == 1:
        return Text("1 other request is no call of Scalev's relay to Meta.")
    return Text("{n} other requests are no calls of Scalev's relay to Meta.", n=others)


def _shell(form: Form, split: Callable[[str], tuple[Command, ...]]) -> Callable[[str], Reading]:
    def read(text: str) -> Reading:
        commands = filter(None, map(curl.begun, split(text)))
        return _of_requests(form, (each for command in commands for each in curl.requests(command)), text)

    return read


def _powershell(text: str) -> Reading:
    statements = powershell.statements(text)
    asked = [invoke.request(each) for each in statements if each.name in invoke.NAMES]
    return _of_requests(Form.POWERSHELL, asked, text)


def _powershell_curl(text: str) -> tuple[Command, ...]:
    return tuple(invoke.command(statement) for statement in powershell.statements(text))


def _script(text: str) -> Reading:
    """Calls to Scalev first, since they hold the most; else those of the browser's pixel."""
    script = read_script(text)
    asked = tuple(each for each in fetch.requests(script) if request.is_relay(each.url))
    if asked or not (script.named(TRACK) or script.named(FBQ)):
        return _of_requests(Form.FETCH, asked or fetch.requests(script), text)
    return _tracks(script, text) if script.named(TRACK) else _pixel(script, text)


def _tracks(script: Script, text: str) -> Reading:
    tracks, others = track.tracks_of(script)
    if not tracks:
        words = others[0].why if others else foreign.explanation(text)
        return Reading(Form.TRACK, not_read=script.not_read, problem=words, is_sure=bool(others))
    return Reading(
        Form.TRACK, tuple(_clean(each.payload, each.not_read) for each in tracks), (*others, *script.not_read)
    )


def _pixel(script: Script, text: str) -> Reading:
    read = pixel.pixel_of(script)
    if not read.events:
        return Reading(Form.FBQ, not_read=read.not_read, problem=foreign.explanation(text))
    found = (_clean(_payload(event, read), (*event.not_read, *_without_id(event))) for event in read.events)
    return Reading(Form.FBQ, tuple(found), read.not_read)


def _without_id(event: pixel.PixelEvent) -> tuple[NotRead, ...]:
    is_told = any("eventid" in part.what.lower().replace("_", "") for part in event.not_read)
    return () if event.event_id or is_told else (NotRead("eventID", _NO_ID),)


def _payload(event: pixel.PixelEvent, read: pixel.Pixel) -> Object:
    event_id = (("event_id", event.event_id),) if event.event_id else ()
    parameters = (("parameters", event.parameters),) if event.parameters.pairs else ()
    entry = Object((*event_id, ("event_name", event.event_name), *parameters))
    return Object((("user_data", read.buyer), ("events", Array((entry,)))))


def _clean(payload: Object, not_read: tuple[NotRead, ...]) -> Found:
    tree, dropped = cleaned(payload)
    return Found(tree, not_read=(*not_read, *dropped))


def _other(text: str) -> Reading:
    """Words around JSON, as chats and documents have them; else what it is instead."""
    start, end = text.find("{"), text.rfind("}") + 1
    if 0 <= start < end:
        reading = _json(text[start:end])
        if any(map(shape.looks_like_payload, reading.found)):
            return replace(reading, not_read=(NotRead(text[:start].strip() or text[end:], _AROUND),))
    if found := inside.objects(text):
        return Reading(Form.LITERAL, found)
    return Reading(Form.OTHER, problem=foreign.explanation(text))


_READERS: dict[Form, Callable[[str], Reading]] = {
    Form.JSON: _json,
    Form.HAR: har.read_har,
    Form.CURL_BASH: _shell(Form.CURL_BASH, bash.commands),
    Form.CURL_CMD: _shell(Form.CURL_CMD, cmd.commands),
    Form.CURL_POWERSHELL: _shell(Form.CURL_POWERSHELL, _powershell_curl),
    Form.POWERSHELL: _powershell,
    Form.FETCH: _script,
    Form.TRACK: _script,
    Form.FBQ: _script,
    Form.OTHER: _other,
}
_OF_SHELLS = (Form.CURL_BASH, Form.CURL_CMD, Form.CURL_POWERSHELL)
# Each form is known by a few signs, and any of them may stand in another: in a comment, a text, an address.
_OTHERS: dict[Form, tuple[Form, ...]] = {
    **{form: (*(other for other in _OF_SHELLS if other is not form), Form.FETCH, Form.OTHER) for form in _OF_SHELLS},
    **dict.fromkeys((Form.POWERSHELL, Form.FETCH, Form.TRACK, Form.FBQ), (Form.OTHER,)),
}
