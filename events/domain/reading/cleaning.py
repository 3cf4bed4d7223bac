"""What no import takes over, in whatever form it came: keys, and what Scalev fills in or cannot use."""

from __future__ import annotations

from collections.abc import Iterator

from events.domain import contract
from events.domain.diagnosis.contact import HASHED
from events.domain.reading.remark import NotRead
from events.domain.redaction import hide_keys
from events.domain.text import Text
from events.domain.tree import Array, Json, Object, Path, format_path

KEY = Text("A key does not belong into an event. It was not stored: the console uses the one of the store.")
READ_ONLY = Text("Scalev fills this in itself, from whoever sends the request.")
IS_HASHED = Text("It is hashed already. Scalev wants it as the buyer writes it, and no hash can be turned back.")
PLAIN_KEYS = ("em", "ph", "fn", "ln", "ct", "st", "country")
_TOKEN_NAMES = ("access_token", "accesstoken", "api_key", "apikey", "authorization", "password")


def cleaned(payload: Object) -> tuple[Object, tuple[NotRead, ...]]:
    """The payload without keys, and without what is filled in by Scalev or hashed; and a remark on each."""
    not_read: list[NotRead] = []
    tree = _without_keys(payload, (), not_read)
    user_data = tree.get("user_data")
    if isinstance(user_data, Object):
        tree = tree.with_("user_data", _usable(user_data, not_read))
    return tree, tuple(not_read)


def is_secret(text: str) -> bool:
    """Whether a text holds a key of Scalev's, a token of Meta's or anybody's Bearer token."""
    return hide_keys(text) != text


def last_four(value: str) -> str:
    """By what a key is recognised: its last four characters, and of a short one nothing."""
    value = value.strip()
    return f"…{value[-4:]}" if len(value) >= 12 else "…"


def _usable(user_data: Object, not_read: list[NotRead]) -> Object:
    for key, value in user_data.pairs:
        why = _why_not(key, value)
        if why is not None:
            not_read.append(NotRead(f"user_data.{key}", why))
            user_data = user_data.without(key)
    return user_data


def _why_not(key: str, value: Json) -> Text | None:
    if key in contract.USER_READ_ONLY_KEYS:
        return READ_ONLY
    return IS_HASHED if key in PLAIN_KEYS and isinstance(value, str) and HASHED.match(value) else None


def _without_keys(tree: Object, path: Path, not_read: list[NotRead]) -> Object:
    kept = tuple(_kept(tree.pairs, path, not_read))
    return tree if kept == tree.pairs else Object(kept)


def _kept(pairs: tuple[tuple[str, Json], ...], path: Path, not_read: list[NotRead]) -> Iterator[tuple[str, Json]]:
    for key, value in pairs:
        place = (*path, key)
        if key.lower() in _TOKEN_NAMES or is_secret(key) or (isinstance(value, str) and is_secret(value)):
            ending = last_four(value) if isinstance(value, str) else "…"
            not_read.append(NotRead(f"{format_path(place)} {ending}", KEY))
        else:
            yield key, _deep(value, place, not_read)


def _deep(value: Json, path: Path, not_read: list[NotRead]) -> Json:
    if isinstance(value, Object):
        return _without_keys(value, path, not_read)
    if not isinstance(value, Array):
        return value
    items: list[Json] = []
    for place, item in enumerate(value):
        if isinstance(item, str) and is_secret(item):
            not_read.append(NotRead(f"{format_path((*path, place))} {last_four(item)}", KEY))
        else:
            items.append(_deep(item, (*path, place), not_read))
    return Array(tuple(items))
