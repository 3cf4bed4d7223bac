"""Requests inside of a program: objects that are written in it with the relay's own fields, or Meta's."""

from __future__ import annotations

import re
from dataclasses import replace

from events.domain.reading import shape, unread
from events.domain.reading.found import Found
from events.domain.reading.literal import NotLiteral, read_literal

_BEGINS = re.compile(
    r"""\{\s{0,99}["']?(?:event_source_url|referrer_url|user_data|events|data|firstName|phone)["']?\s{0,9}:"""
)
MOST_OBJECTS, _MOST_TRIES, _LONGEST = 20, 40, 200_000


def objects(text: str) -> tuple[Found, ...]:
    """Every such object that can be read, what only the running program knows left out and named."""
    found: list[Found] = []
    at = 0
    for _ in range(_MOST_TRIES):
        begins = _BEGINS.search(text, at)
        if begins is None or len(found) >= MOST_OBJECTS:
            break
        at = begins.end()
        try:
            value, length = read_literal(text[begins.start() : begins.start() + _LONGEST])
        except NotLiteral:
            continue
        if value.is_known:
            payloads = [each for each in shape.payloads(value.tree) if shape.looks_like_payload(each)]
            remarks = tuple(unread.of_all((value,)))
            found += [replace(each, not_read=(*remarks, *each.not_read)) for each in payloads]
            at = begins.start() + length if payloads else at
    return tuple(found)
