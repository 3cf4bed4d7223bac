"""Personal data where Meta wants none: in addresses and in an event's parameters."""

from __future__ import annotations

from collections.abc import Iterator

from events.domain import matching
from events.domain.circumstances import Circumstances
from events.domain.diagnosis.remarks import THIRD_PARTY, hint
from events.domain.finding import Finding
from events.domain.patch import remove, replace
from events.domain.payload import Payload
from events.domain.text import Text
from events.domain.tree import Path, texts, walk

_CURE = Text("Take it out. Meta warns about personal data outside the buyer's fields, and may drop the event.")
# Asked first: of the texts of a payload few hold either sign.
_SIGNS = ("@", "%40", "+", "0", "6")


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    for key, url in (("event_source_url", payload.page_url), ("referrer_url", payload.referrer_url)):
        if url and matching.contacts(url):
            bare = url.partition("?")[0]
            fix = (replace((key,), bare),) if not matching.contacts(bare) else ()
            yield hint("M050", (key,), Text("An e-mail or a phone stands in this address."), _CURE, THIRD_PARTY, fix)
    for event in payload.events:
        # All texts at once first: hardly any event has what is looked for, and paths are dear.
        if not _holds_contact("\n".join(texts(event.parameters))):
            continue
        for path, value in walk(event.parameters, (*event.path, "parameters")):
            if isinstance(value, str) and _holds_contact(value):
                yield _parameter(path)


def _holds_contact(text: str) -> bool:
    return any(sign in text for sign in _SIGNS) and bool(matching.contacts(text))


def _parameter(path: Path) -> Finding:
    text = Text("An e-mail or a phone stands in this parameter.")
    # Taking an entry out of a list would move the others to other places.
    fix = () if isinstance(path[-1], int) else (remove(path),)
    return hint("M051", path, text, _CURE, THIRD_PARTY, fix)
