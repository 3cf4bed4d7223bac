"""What reading a text gives: its form, the payloads in it, and what was left out of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from events.domain.payload import Payload
from events.domain.reading.remark import NotRead
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Object


class Form(StrEnum):
    """The forms that can be read; OTHER is everything else."""

    JSON = "json"
    LITERAL = "javascript"
    CURL_BASH = "curl_bash"
    CURL_CMD = "curl_cmd"
    CURL_POWERSHELL = "curl_powershell"
    POWERSHELL = "powershell"
    FETCH = "fetch"
    HAR = "har"
    FBQ = "fbq"
    TRACK = "scalev_track"
    OTHER = "other"


NAMES = {
    Form.JSON: Text("JSON"),
    Form.LITERAL: Text("a JavaScript object"),
    Form.CURL_BASH: Text("a cURL command (bash)"),
    Form.CURL_CMD: Text("a cURL command (cmd)"),
    Form.CURL_POWERSHELL: Text("a cURL command (PowerShell)"),
    Form.POWERSHELL: Text("a PowerShell command"),
    Form.FETCH: Text("a fetch() call"),
    Form.HAR: Text("a HAR recording"),
    Form.FBQ: Text("calls of Meta's pixel, fbq()"),
    Form.TRACK: Text("a call of Scalev.analytics.track()"),
    Form.OTHER: Text("text"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One payload of a text. `payload` is None where its JSON does not parse: `text` then holds it, to be mended.

    `store_id` is the one in the request's address, `page` the page from which it was sent, `at` when, as ISO 8601:
    each "" where the text does not say it.
    """

    payload: Object | None
    text: str = ""
    store_id: str = ""
    page: str = ""
    at: str = ""
    not_read: tuple[NotRead, ...] = ()

    @property
    def event_names(self) -> tuple[str, ...]:
        return tuple(event.event_name for event in Payload.of(self.payload).events)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read. `problem` says why nothing was found, and what to paste instead.

    `is_sure` says that the request was understood and makes no event of the relay, so that nothing else is meant.
    """

    form: Form
    found: tuple[Found, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    problem: Text = NO_TEXT
    is_sure: bool = False
