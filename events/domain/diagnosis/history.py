"""What was sent before: an event ID or an order that Meta has seen already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from events.domain.circumstances import Circumstances, Use
from events.domain.diagnosis.remarks import INFERENCE, META, OWN_LIMIT, THIRD_PARTY, hint, warning
from events.domain.finding import Finding
from events.domain.payload import Event, Payload
from events.domain.text import Text

# Within which Meta drops a second event of the same name and ID.
DEDUPLICATED = timedelta(hours=48)


def remarks(payload: Payload, known: Circumstances) -> Iterator[Finding]:
    events = {int(event.path[-1]): event for event in payload.events}
    for use in known.history.event_ids:
        if use.event in events:
            yield from _same_id(events[use.event], use)
    for use in known.history.orders:
        if use.event in events:
            yield _same_order(events[use.event], use)
    looked_up = len(payload.events) - known.history.unlooked
    if known.history.unlooked and looked_up > 0:
        text = Text("Only the first {n} events were looked for in what was sent before.", n=looked_up)
        cure = Text("Send the others in a request of their own to have them looked for, too.")
        yield hint("H005", ("events",), text, cure, OWN_LIMIT)


def _same_id(event: Event, use: Use) -> Iterator[Finding]:
    path, told = (*event.path, "event_id"), {"delivery": use.delivery, "ago": _ago(use.age)}
    if use.event_name != event.event_name:
        yield hint(
            "H003",
            path,
            Text("{name} used this event ID in delivery {delivery}, {ago}.", name=use.event_name, **told),
            Text("Give each event its own ID: Meta's Diagnostics complain about one ID for many events."),
            THIRD_PARTY,
        )
    elif use.is_accepted and use.age <= DEDUPLICATED:
        content = "with the same content" if use.same_content else "with other content"
        yield warning(
            "H001",
            path,
            Text("Delivery {delivery} sent this event ID {ago}, {content}.", content=content, **told),
            Text("Meta drops the second one within 48 hours. For a new event, make a new ID."),
            META,
        )
    elif use.is_accepted:
        yield warning(
            "H002",
            path,
            Text("Delivery {delivery} sent this event ID {ago}.", **told),
            Text("After 48 hours Meta no longer recognises it: this one would count a second time."),
            META,
        )


def _same_order(event: Event, use: Use) -> Finding:
    return hint(
        "H004",
        (*event.path, "parameters", "order_id"),
        Text("Delivery {delivery} sent a Purchase of this order {ago}.", delivery=use.delivery, ago=_ago(use.age)),
        Text("With another event ID Meta counts both. Resend that delivery instead, or use its event ID."),
        INFERENCE,
    )


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return f"{max(minutes, 1)} min ago"
    return f"{minutes // 60} h ago" if minutes < 96 * 60 else f"{minutes // 1440} days ago"
