"""`Scalev.analytics.track("facebook", {…})` of a page in HTML mode, whose fields are written in camel case."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain import contract
from events.domain.reading import unread
from events.domain.reading.remark import NotRead
from events.domain.reading.script import TRACK, Call, Script, read_script
from events.domain.text import Text
from events.domain.tree import Array, Json, Object, Path, format_path

META = "facebook"
_USER = {
    "firstName": "fn", "lastName": "ln", "email": "em", "phone": "ph", "city": "ct", "province": "st", "state": "st",
    "country": "country", "externalId": "external_id", "locationId": "location_id",
    "fbc": "fbc", "fbp": "fbp", "fn": "fn", "ln": "ln", "em": "em", "ph": "ph", "ct": "ct", "st": "st",
}  # fmt: skip
_TOP = {"eventSourceUrl": "event_source_url", "referrerUrl": "referrer_url"}
_EVENT = {
    "eventName": "event_name", "eventId": "event_id", "eventID": "event_id",
    "event_name": "event_name", "event_id": "event_id", "parameters": "parameters",
}  # fmt: skip
_LINES = {
    "variants": ("variants", {"uniqueId": "variant_unique_id", "variantUniqueId": "variant_unique_id"}),
    "bundlePriceOptions": (
        "bundle_price_options",
        {"uniqueId": "bundle_price_option_unique_id", "bundlePriceOptionUniqueId": "bundle_price_option_unique_id"},
    ),
}


@dataclass(frozen=True, slots=True)
class Track:
    """One call: the payload that says the same to Scalev's relay, and what of the call is not in it."""

    payload: Object
    not_read: tuple[NotRead, ...] = ()


def read_tracks(text: str) -> tuple[Track, ...]:
    """The calls for Meta in a call, a script or a page. Never raises."""
    return tracks_of(read_script(text))[0]


def tracks_of(script: Script) -> tuple[tuple[Track, ...], tuple[NotRead, ...]]:
    """The calls for Meta, and remarks on those for somebody else."""
    tracks, others = [], []
    for call in script.named(TRACK):
        tree = call.arguments[1].tree if len(call.arguments) > 1 else None
        if call.text(0) == META and isinstance(tree, Object):
            track = of_camel_case(tree)
            tracks.append(Track(track.payload, (*unread.of_all(call.arguments), *track.not_read)))
        else:
            others.append(_other(call))
    return tuple(tracks), tuple(others)


def is_camel_case(tree: Object) -> bool:
    """Whether an object is written as `track` takes it and the relay does not."""
    events = tree.get("events")
    entries = events.items if isinstance(events, Array) else ()
    return any(isinstance(entry, Object) and "eventName" in entry for entry in entries)


def of_camel_case(tree: Object) -> Track:
    """The same in the words of the relay's contract."""
    not_read: list[NotRead] = []
    user, top, lists = {}, {}, {}
    for key, value in tree.pairs:
        if key in _USER:
            user[_USER[key]] = value
        elif key in _TOP:
            top[_TOP[key]] = value
        elif key == "events":
            lists["events"] = _each(value, _EVENT, (key,), not_read)
        elif key in _LINES:
            name, keys = _LINES[key]
            lists[name] = _each(value, {**keys, "quantity": "quantity"}, (key,), not_read)
        elif key in contract.TOP_KEYS:
            top[key] = value
        else:
            not_read.append(NotRead(key, _UNKNOWN))
    user_data = top.pop("user_data", None)
    known = dict(user_data.pairs) if isinstance(user_data, Object) else {}
    written: dict[str, Json] = {**top, "user_data": Object(tuple({**known, **user}.items())), **lists}
    return Track(Object(tuple(written.items())), tuple(not_read))


_UNKNOWN = Text("Scalev's relay has no field of this meaning.")
_PRICE = Text("The relay takes no price in a line: put it into the event's contents as item_price.")


def _each(value: Json, names: dict[str, str], path: Path, not_read: list[NotRead]) -> Json:
    """A list of objects with their keys renamed; what the contract has no key for is left out."""
    if not isinstance(value, Array):
        return value
    return Array(tuple(_renamed(item, names, (*path, at), not_read) for at, item in enumerate(value)))


def _renamed(value: Json, names: dict[str, str], path: Path, not_read: list[NotRead]) -> Json:
    if not isinstance(value, Object):
        return value
    known = {names[key]: each for key, each in value.pairs if key in names}
    for key, _ in value.pairs:
        if key not in names:
            not_read.append(NotRead(format_path((*path, key)), _PRICE if key == "price" else _UNKNOWN))
    return Object(tuple(known.items()))


def _other(call: Call) -> NotRead:
    provider = call.text(0)
    if provider and provider != META:
        why = Text("This call is for {provider}. Only calls for facebook reach Meta.", provider=provider)
    else:
        why = Text("What it sends is put together by the running page. Paste the call with its values written in.")
    return NotRead(" ".join(call.source.split())[:60], why)
