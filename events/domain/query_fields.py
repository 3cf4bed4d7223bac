"""The filters of the log's query language, and the prefixes by which people call them."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum


class Field(StrEnum):
    """What a term asks for. The values of those below HASH are the prefixes that people type."""

    WORD = ""
    PHRASE = '"'
    HASH = "hash"
    STORE = "store"
    OUTCOME = "outcome"
    STATUS = "status"
    EVENT = "event"
    BY = "by"
    CHANNEL = "channel"
    BEFORE = "before"
    AFTER = "after"
    LAST = "last"
    TOOK = "took"
    IS = "is"
    COUNTRY = "country"
    ID = "id"
    ORDER = "order"
    HOST = "host"
    FINDING = "finding"
    GROUP = "group"
    RUN = "run"
    TAG = "tag"
    EMAIL = "email"
    PHONE = "phone"
    EXTERNAL = "external"
    NAME = "name"


# Behind these, commas part several values.
LISTS = (Field.OUTCOME, Field.STATUS, Field.CHANNEL, Field.IS, Field.COUNTRY, Field.FINDING, Field.TAG)
BUYER = (Field.EMAIL, Field.PHONE, Field.EXTERNAL, Field.NAME)
PREFIXES = {field.value: field for field in Field if field not in (Field.WORD, Field.PHRASE)}
PREFIXES |= {"em": Field.EMAIL, "mail": Field.EMAIL, "mailto": Field.EMAIL, "external_id": Field.EXTERNAL}
PREFIXES |= {"ph": Field.PHONE, "hp": Field.PHONE, "tel": Field.PHONE, "fn": Field.NAME, "ln": Field.NAME}
# Behind `by:`, for what was sent without a person: by a command on the server.
NOBODY = "command"


def near(prefix: str) -> list[str]:
    """The filters that this may be a slip of, the likeliest first."""
    return get_close_matches(prefix, [name for name in PREFIXES if name != Field.HASH], cutoff=0.7)
