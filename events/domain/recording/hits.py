"""What the browser's pixel told Meta: calls of `facebook.com/tr`, each with one event or with several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from events.domain.pair import BrowserEvent
from events.domain.recording.entry import Entry, Fields
from events.domain.recording.form import bodies, query_fields
from events.domain.tree import Object

_HOST = "facebook.com"
_PATHS = ("/tr", "/tr/")
_COPIES = "/privacy_sandbox/pixel/"
_PARAMETER = re.compile(r"cd\[([^\[\]]{1,200})\]\Z")
_MILLISECONDS = re.compile(r"[0-9]{13}\Z")
# Meta's pixel sends these by itself, without an ID, and no shop has a server's half to them.
AUTOMATIC = frozenset({"SubscribedButtonClick", "Microdata"})


@dataclass(frozen=True, slots=True)
class Hit:
    """One event in one call. `stopped` is the browser's word for why it never left, "" where nothing says so; `status`
    is 0 where no answer is known.
    """

    event: BrowserEvent
    number: int
    referrer: str = ""
    stopped: str = ""
    status: int = 0

    @property
    def at(self) -> datetime | None:
        return self.event.at

    @property
    def has_left(self) -> bool:
        return not self.stopped

    @property
    def said(self) -> tuple[BrowserEvent, str]:
        """By what the same hit is known at another address."""
        return replace(self.event, at=None, source=""), self.referrer


def is_hit(entry: Entry) -> bool:
    return _is_of_meta(entry) and entry.address.path in _PATHS and entry.method != "OPTIONS"


def is_copy(entry: Entry) -> bool:
    """Whether this repeats a hit for Chrome's Privacy Sandbox, beside which the hit itself stands."""
    return _is_of_meta(entry) and entry.address.path.startswith(_COPIES)


def is_unrecorded(entry: Entry) -> bool:
    """Whether this is a hit whose body browsers leave out of recordings, as they do with `sendBeacon`."""
    return entry.method == "POST" and not (entry.body or entry.fields or entry.is_cut)


def read_hits(entry: Entry) -> tuple[Hit, ...]:
    """The events of a call in their order; without any, none of its forms names one."""
    query, posted = query_fields(entry.address.query), bodies(entry)
    forms = [each for body in posted for each in _split(body)]
    named = [(*query, *form) for form in forms if _has_name(form)]
    if not named:
        named = [(*query, *(field for form in forms for field in form))]
    return tuple(hit for fields in named if (hit := _hit(entry, dict(fields))))


def _is_of_meta(entry: Entry) -> bool:
    host = (entry.address.hostname or "").removesuffix(".")
    return host == _HOST or host.endswith(f".{_HOST}")


def _split(fields: Fields) -> Iterator[Fields]:
    """One form for each event: a name or a pixel that stands again begins the next."""
    form: dict[str, str] = {}
    for name, value in fields:
        if name in ("id", "ev") and name in form:
            yield tuple(form.items())
            form = {}
        form[name] = value
    yield tuple(form.items())


def _has_name(form: Fields) -> bool:
    return any(name == "ev" for name, _ in form)


def _hit(entry: Entry, fields: dict[str, str]) -> Hit | None:
    name = fields.get("ev", "")
    if not name:
        return None
    parameters = tuple((found[1], value) for key, value in fields.items() if (found := _PARAMETER.match(key)))
    event = BrowserEvent(
        name=name,
        event_id=fields.get("eid", ""),
        parameters=Object(parameters),
        pixel_id=fields.get("id", ""),
        page_url=fields.get("dl", ""),
        at=entry.at or _own_moment(fields.get("ts", "")),
        source=entry.method,
    )
    return Hit(event, entry.number, fields.get("rl", ""), entry.stopped, entry.status)


def _own_moment(text: str) -> datetime | None:
    """When the pixel says that it was, in milliseconds."""
    if not _MILLISECONDS.match(text):
        return None
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(text))
