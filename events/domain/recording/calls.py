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
_REFUSED = 400


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `payload` is None where `problem` says why nothing of it can be read. `status` is 0 if unknown,
    `origin` scheme and host.
    """

    number: int
    at: datetime | None
    origin: str
    store_id: str
    status: int
    payload: Payload | None
    problem: Text = NO_TEXT

    @property
    def is_refused(self) -> bool:
        return self.status >= _REFUSED


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


def read_call(entry: Entry) -> Call:
    found = _PATH.search(entry.address.path)
    store_id = unquote(found[1]) if found else ""
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
    origin = f"{entry.address.scheme}://{entry.address.netloc}"
    return Call(entry.number, entry.at, origin, store_id, entry.status, payload, problem)
