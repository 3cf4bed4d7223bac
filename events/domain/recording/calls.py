"""What the page told Scalev's relay, which sends it on to Meta as the server's half."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from events.domain.payload import Event, Payload
from events.domain.recording.entry import Entry
from events.domain.recording.form import body_text
from events.domain.redaction import scrub
from events.domain.text import NO_TEXT, Text
from events.domain.tree import NotJson

_PATH = re.compile(r"/v3/stores/([^/]{1,200})/public/analytics/([a-z]{1,40})/events/?\Z")
_TAKEN, _MOVED, _REFUSED = 200, 300, 400
# What a browser says of a call that it may not make for this page, or whose answer the page may not read.
_FAILED = re.compile(r"ERR_FAILED|CORS", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `payload` is None where `problem` says why nothing of it can be read. `status` is 0 where no answer
    is known, `error` what the browser says of that, `preflight` the status with which Scalev turned away the browser's
    question before it. `origin` is scheme and host.
    """

    number: int
    at: datetime | None
    origin: str
    store_id: str
    status: int
    payload: Payload | None
    problem: Text = NO_TEXT
    error: str = ""
    stopped: str = ""
    preflight: int = 0

    @property
    def called(self) -> tuple[str, str]:
        """The console knows a store by both."""
        return self.origin, self.store_id

    @property
    def said(self) -> tuple[str, Payload | None]:
        """By what the same call is known at another address."""
        return self.store_id, self.payload

    @property
    def has_arrived(self) -> bool:
        """Whether Scalev took it."""
        return _TAKEN <= self.status < _MOVED

    @property
    def is_refused(self) -> bool:
        return self.status >= _REFUSED

    @property
    def has_failed(self) -> bool:
        """Whether the browser did not let the page call Scalev."""
        return not self.status and not self.stopped and bool(self.preflight or _FAILED.search(self.error))

    @property
    def is_open(self) -> bool:
        """Whether it may have arrived: it was made, and no answer came."""
        return not (self.status or self.stopped or self.has_failed)


@dataclass(frozen=True, slots=True)
class Sent:
    """One event of a call: the server's half of a pair."""

    call: Call
    event: Event
    is_first: bool = True

    @property
    def at(self) -> datetime | None:
        return self.call.at


def relay(entry: Entry) -> str:
    """For whom Scalev's relay takes this call, "meta" for one; "" where it is none."""
    found = _PATH.search(entry.address.path)
    return found[2] if found else ""


def called(entry: Entry) -> tuple[str, str]:
    """Where a call or its preflight goes: origin and store ID."""
    found = _PATH.search(entry.address.path)
    return f"{entry.address.scheme}://{entry.address.netloc}", unquote(found[1]) if found else ""


def is_refused(preflight: Entry) -> bool:
    return preflight.status >= _REFUSED


def read_call(entry: Entry) -> Call:
    payload, problem = None, NO_TEXT
    text = body_text(entry)
    if entry.is_cut:
        problem = Text("its body is larger than any that Scalev would take")
    elif not text:
        problem = Text("the recording does not hold its body")
    else:
        try:
            payload = Payload.from_json(text)
        except NotJson as error:
            problem = Text("its body is no JSON that could be sent: {why}", why=scrub(str(error)))
    said = "" if entry.status else entry.error
    return Call(entry.number, entry.at, *called(entry), entry.status, payload, problem, said, entry.stopped)
