"""Presets: payloads to start from, with placeholders where each send needs a value of its own, and with nobody in them.

`{{new_event_id}}`, `{{order_id}}` and `{{now}}` are filled in when a composition starts. What stands in such braces
later was filled in by nobody: neither here nor by whatever made the payload.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from events.domain import contract
from events.domain.finding import Finding, Severity
from events.domain.payload import replaced
from events.domain.text import Text
from events.domain.tree import Array, Json, Object, Path, at, texts, walk

NEW_EVENT_ID, ORDER_ID, NOW = "new_event_id", "order_id", "now"
NAMES = (NEW_EVENT_ID, ORDER_ID, NOW)
_PLACEHOLDER = re.compile(r"\{\{([^{}]{0,80})\}\}")
_MOMENT, _MOMENT_FORM = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\b", re.ASCII), "%Y-%m-%dT%H:%M:%SZ"
# As long as a composition is kept: an older moment was never filled in by it.
_FILLED_WITHIN = timedelta(days=1)
MOST_UNFILLED = 50

# An invented buyer: no such person, no such address.
TEST_BUYER = (
    ("em", "wulan.pertiwi@contoh.id"),
    ("ph", "6281290076543"),
    ("fn", "Wulan"),
    ("ln", "Pertiwi"),
    ("ct", "Bandung"),
    ("st", "Jawa Barat"),
    ("country", "id"),
    ("external_id", "CUST-1042"),
)


@dataclass(frozen=True, slots=True)
class Values:
    """What placeholders stand for in one composition: a new ID each time it is asked for, one order, one moment."""

    new_id: Callable[[], str]
    order_id: str
    now: datetime

    def of(self, name: str) -> str | None:
        """None for a name that no placeholder has."""
        if name == NEW_EVENT_ID:
            return self.new_id()
        return {ORDER_ID: self.order_id, NOW: f"{self.now.astimezone(UTC):{_MOMENT_FORM}}"}.get(name)


def written(name: str) -> str:
    """A placeholder as it stands in a text."""
    return "{{" + name + "}}"


def filled(tree: Json, values: Values) -> Json:
    """The tree with every placeholder that is known filled in; others stay, and are spoken of by `unfilled`."""
    if isinstance(tree, str):
        return _PLACEHOLDER.sub(lambda match: values.of(match[1].strip()) or match[0], tree)
    if isinstance(tree, Object):
        return Object(tuple((key, filled(value, values)) for key, value in tree.pairs))
    return Array(tuple(filled(item, values) for item in tree)) if isinstance(tree, Array) else tree


def unfilled(tree: Json) -> tuple[Finding, ...]:
    """An error for each value that still holds a placeholder: nobody means it to be sent."""
    return tuple(_finding(path, name) for path, name in list(_found(tree))[:MOST_UNFILLED])


def is_fillable(tree: Json) -> bool:
    """Whether one of the placeholders that are left is known here."""
    return any(name in NAMES for _path, name in _found(tree))


def unknown(tree: Json) -> tuple[str, ...]:
    """The placeholders that nothing here fills in, as they are written, each once."""
    names = (match[1].strip() for text in texts(tree) for match in _PLACEHOLDER.finditer(text))
    return tuple(dict.fromkeys(written(name) for name in names if name not in NAMES))


def _found(tree: Json) -> Iterator[tuple[Path, str]]:
    for path, value in walk(tree):
        if isinstance(value, str) and (match := _PLACEHOLDER.search(value)):
            yield path, match[1].strip()


def _finding(path: Path, name: str) -> Finding:
    if name in NAMES:
        cure = Text("Fill the placeholders in, or write a value.")
    else:
        known = ", ".join(map(written, NAMES))
        cure = Text("Write a value: the console fills in {known} alone. Another tool may have left it.", known=known)
    said = Text("The placeholder {name} was not filled in.", name=written(name))
    return Finding("F002", Severity.ERROR, path, said, cure, Text("This console sends no placeholder"))


def kept(tree: Object, now: datetime) -> Object:
    """What a preset keeps of a payload: its shape, with placeholders for IDs and moments, and an invented buyer."""
    tree = _without_queries(_without_ids(tree))
    tree = Object(tuple((key, _without_moments(value, now)) for key, value in tree.pairs))
    user_data = tree.get("user_data")
    return tree.with_("user_data", _nobody(user_data)) if isinstance(user_data, Object) else tree


def _without_queries(tree: Object) -> Object:
    """Click IDs and tickets stand there, and Scalev drops them anyway."""
    for key in contract.URL_KEYS:
        if isinstance(url := tree.get(key), str):
            tree = tree.with_(key, url.partition("?")[0])
    return tree


def _without_ids(tree: Object) -> Object:
    """Every event's own IDs as placeholders; an event ID that is made of the order's goes on being made of it."""
    events = at(tree, ("events",))
    for index, event in enumerate(events if isinstance(events, Array) else ()):
        order, event_id = at(event, ("parameters", "order_id")), at(event, ("event_id",))
        order = order if isinstance(order, str) else ""
        if isinstance(event_id, str):
            made_of_it = bool(order) and order in event_id
            new_id = event_id.replace(order, written(ORDER_ID)) if made_of_it else written(NEW_EVENT_ID)
            tree = _put(tree, ("events", index, "event_id"), new_id)
        if order:
            tree = _put(tree, ("events", index, "parameters", "order_id"), written(ORDER_ID))
    return tree


def _without_moments(tree: Json, now: datetime) -> Json:
    """The moment at which a placeholder was filled in, as the placeholder again; another one is somebody's own."""
    if isinstance(tree, str):
        return _MOMENT.sub(lambda match: written(NOW) if _is_recent(match[0], now) else match[0], tree)
    if isinstance(tree, Object):
        return Object(tuple((key, _without_moments(value, now)) for key, value in tree.pairs))
    return Array(tuple(_without_moments(item, now) for item in tree)) if isinstance(tree, Array) else tree


def _is_recent(moment: str, now: datetime) -> bool:
    try:
        at = datetime.strptime(moment, _MOMENT_FORM).replace(tzinfo=UTC)
    except ValueError:
        return False
    return timedelta(0) <= now - at <= _FILLED_WITHIN


def _put(tree: Object, path: Path, value: str) -> Object:
    put = replaced(tree, path, value)
    return put if isinstance(put, Object) else tree


def _nobody(user_data: Object) -> Object:
    """The invented buyer in the place of hers, key by key; what the invented one has not is left out."""
    invented = dict(TEST_BUYER)
    return Object(
        tuple((key, value if key == "country" else invented[key]) for key, value in user_data.pairs if key in invented)
    )
