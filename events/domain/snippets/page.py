"""The browser's half of a payload, for a shop's own page: `fbq`, or Scalev's HTML mode."""

from __future__ import annotations

from events.domain.meta import EVENT_NAMES
from events.domain.payload import Event, Payload
from events.domain.snippets.literals import script_comment, script_text, script_value
from events.domain.tree import Array, Json, Object

# As Scalev's documentation of HTML mode writes them; it names no others of a buyer.
_BUYER = {"fn": "firstName", "ph": "phone"}
_LISTS = {"variants": "variants", "bundle_price_options": "bundlePriceOptions"}


def fbq(payload: Payload) -> str:
    """One call for each event, with the payload's own IDs. It names nothing of the buyer but what parameters hold."""
    return "\n".join(_call(event) for event in payload.events)


def _call(event: Event) -> str:
    if not event.event_name:
        return script_comment(f"Event {int(event.path[-1]) + 1} has no name, so that no call makes it.")
    kind = "track" if event.event_name in EVENT_NAMES else "trackCustom"
    given = f"fbq('{kind}', {script_text(event.event_name)}, {script_value(_filled(event.parameters))}"
    return f"{given}, {{eventID: {script_text(event.event_id)}}});" if event.event_id else f"{given});"


def scalev_track(payload: Payload) -> str:
    """The call of HTML mode, which has Scalev send the event: in the place of the server's half, not beside it."""
    members: list[tuple[str, Json]] = []
    for key, name in _BUYER.items():
        members.append((name, payload.user_data.get(key)))
    for key, name in _LISTS.items():
        lines = (Object(_line(line.tree, line.id_key)) for line in payload.lines if line.path[0] == key)
        members.append((name, Array(tuple(lines)) or None))
    members.append(("events", Array(tuple(map(_event, payload.events)))))
    call = f"await Scalev.analytics.track('facebook', {script_value(_filled(Object(tuple(members))))});"
    left = [key for key, _ in payload.user_data.pairs if key not in _BUYER]
    note = script_comment(f"Left out, since Scalev's documentation has no name for it here: {', '.join(left)}")
    return f"{note}\n{call}" if left else call


def _event(event: Event) -> Object:
    # `eventId` is inferred from Scalev's rule for keys here; its documentation shows no ID at all.
    known: tuple[tuple[str, Json], ...] = (
        ("eventName", event.event_name),
        ("eventId", event.event_id),
        ("parameters", _filled(event.parameters)),
    )
    return _filled(Object(known))


def _line(line: Object, id_key: str) -> tuple[tuple[str, Json], ...]:
    return (("uniqueId", line.get(id_key)), ("quantity", line.get("quantity")))


def _filled(members: Object) -> Object:
    """Without what says nothing: Meta wants such keys left out."""
    return Object(tuple((key, value) for key, value in members.pairs if value is not None and value != ""))
