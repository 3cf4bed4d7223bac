"""The fields that a call carries: in its query, and in a body that is a form, several parts, lines, or JSON."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from events.domain.recording.entry import Entry, Fields

# Of one call: Meta's pixel sends a few dozen.
MOST_FIELDS = 5_000
_BOUNDARY = re.compile(r'boundary="?([^";,\s]{1,200})', re.IGNORECASE)
_PART_NAME = re.compile(r'\bname="([^"\r\n]{0,200})"', re.IGNORECASE)


def query_fields(text: str) -> Fields:
    try:
        return tuple(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return ()


def bodies(entry: Entry) -> list[Fields]:
    """The forms in the body, none of them empty: mostly one; several where each line or item is a form of its own."""
    if entry.fields:
        return [entry.fields[:MOST_FIELDS]]
    text = body_text(entry)
    if "multipart/" in entry.mime.lower() or text.startswith("--"):
        found = [tuple(_parts(text, entry.mime))]
    elif text.lstrip()[:1] in ("[", "{"):
        found = list(_items(text))
    else:
        found = [query_fields(line) for line in text.splitlines()[:MOST_FIELDS]]
    return [fields for fields in found if fields]


def body_text(entry: Entry) -> str:
    """The body as text; "" for bytes that are none."""
    if not entry.is_base64:
        return entry.body
    try:
        return base64.b64decode(entry.body).decode()
    except (binascii.Error, ValueError):
        return ""


def _parts(text: str, mime: str) -> Iterator[tuple[str, str]]:
    named = _BOUNDARY.search(mime)
    first_line = text.split("\n", 1)[0].strip()
    boundary = f"--{named[1]}" if named else first_line
    for part in text.split(boundary)[1 : MOST_FIELDS + 1]:
        head, _, value = part.replace("\r\n", "\n").partition("\n\n")
        name = _PART_NAME.search(head)
        if name:
            yield name[1], value.removesuffix("\n")


def _items(text: str) -> Iterator[Fields]:
    """A list of forms, each as text or as an object; or one object, with such a list somewhere in it."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return
    listed = read if isinstance(read, list) else [read, *_lists(read)]
    for item in listed[:MOST_FIELDS]:
        if isinstance(item, str):
            yield query_fields(item.rpartition("?")[2])
        elif isinstance(item, dict):
            yield tuple((name, value) for name, value in item.items() if isinstance(value, str))


def _lists(read: dict[str, Any]) -> list[Any]:
    return [item for value in read.values() if isinstance(value, list) for item in value]
