"""Which files there are, by the names that addresses, forms and commands use."""

from __future__ import annotations

from enum import StrEnum

from events.domain.export.har import Har
from events.domain.export.lines import Lines
from events.domain.export.table import Table
from events.domain.export.writer import Writer


class Format(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    EXCHANGES = "jsonl-full"  # with request and response
    HAR = "har"


def writer_of(kind: Format, *, is_clear: bool = False) -> Writer:
    """What writes such a file; `is_clear` where the buyer's values stand in it as they were sent."""
    match kind:
        case Format.CSV:
            return Table(is_clear=is_clear)
        case Format.HAR:
            return Har(is_clear=is_clear)
        case _:
            return Lines(is_clear=is_clear, with_exchange=kind is Format.EXCHANGES)
