"""What a payload says of its buyer, and what it says beside her."""

from __future__ import annotations

from events.domain.tree import Array, Json, Number, Object, texts

CLEAR_KEYS = ("country",)  # tells nobody apart, and explains how a phone was read


def buyer_values(payload: Json) -> tuple[str, ...]:
    """What the payload says of its buyer, and the parts by which she could be told: longest first, none doubled."""
    found: set[str] = set()
    for key, value in said_of_buyer(payload):
        found.add(value)
        if key == "em":
            found.add(value.rpartition("@")[0])
        if key in ("fn", "ln"):
            found.update(value.split())
    return tuple(sorted(sorted([value for value in found if len(value) > 2]), key=len, reverse=True))


def said_of_buyer(payload: Json) -> list[tuple[str, str]]:
    """(key, value) of everything that the payload says of its buyer; of equal keys the first comes last."""
    found: list[tuple[str, str]] = []
    _gather("", _user_data(payload), found)
    return found


def beside_buyer(payload: Json) -> list[str]:
    """Every text of the payload that does not stand under `user_data`."""
    return texts(payload.without("user_data") if isinstance(payload, Object) else payload)


def _user_data(payload: Json) -> Json:
    return payload.get("user_data") if isinstance(payload, Object) else None


def _gather(key: str, value: Json, found: list[tuple[str, str]]) -> None:
    """Every text and number under `user_data` with the key it belongs to."""
    # By class and in one list: every send asks twice, and patterns and generators take far longer.
    if isinstance(value, str):
        if key not in CLEAR_KEYS and value.strip():
            found.append((key, value))
    elif isinstance(value, Object):
        for name, member in reversed(value.pairs):
            _gather(name, member, found)
    elif isinstance(value, Array):
        for item in reversed(value.items):
            _gather(key, item, found)
    elif isinstance(value, Number):
        _gather(key, value.text, found)
