"""What the formats have in common: a head, one piece a delivery, and a tail that tells what is missing."""

from __future__ import annotations

from typing import Protocol

from events.domain.export.entry import Entry


class Writer(Protocol):
    """Writes one file. `limit` is how many deliveries it takes at most, None for all of them."""

    @property
    def suffix(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def needs_exchange(self) -> bool: ...

    @property
    def limit(self) -> int | None: ...

    def head(self) -> bytes: ...

    def piece(self, entry: Entry, *, is_first: bool) -> bytes: ...

    def tail(self, *, is_cut: bool) -> bytes:
        """The end of the file; `is_cut` where the limit left deliveries out."""
        ...
