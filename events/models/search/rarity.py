"""Which three letters of a piece of text are the rarest in this log: those that narrow it most.

Counted over a sample of the documents, at the first search of a process and then hourly.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from django.db import connection

from events.models.search import facets
from events.models.search.document import SearchDocument

SAMPLE = 1_000
KEPT_S = 3_600
# One of them stands in every document, for searches that only leave out.
EVERY = (facets.RESEND, facets.FIRST)
store = facets.store


@dataclass
class _Counted:
    counts: Counter[str]
    database: object
    until: float


_latest = _Counted(Counter(), None, 0.0)


def trigrams(text: str) -> list[str]:
    return list(dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2)))


def rarest(text: str, count: int) -> list[str]:
    """So many of the text's trigrams, the rarest first."""
    found = trigrams(text)
    if len(found) <= count:
        return found
    counts = _counts()
    return sorted(found, key=lambda trigram: counts[trigram])[:count]


def commonness(text: str) -> int:
    """In how many documents of the sample the text stands at most."""
    counts = _counts()
    return min(counts[trigram] for trigram in trigrams(text))


def _counts() -> Counter[str]:
    database = connection.settings_dict["NAME"]
    if _latest.until < time.monotonic() or _latest.database != database:
        _latest.counts = _counted()
        _latest.database, _latest.until = database, time.monotonic() + KEPT_S
    return _latest.counts


def _counted() -> Counter[str]:
    pks = SearchDocument.objects.values_list("pk", flat=True)
    # Each by itself: asked for both at once, SQLite reads every row.
    first, last = pks.order_by("pk").first(), pks.order_by("-pk").first()
    counts: Counter[str] = Counter()
    if first is None or last is None:
        return counts
    step = max(1, (last - first) // SAMPLE)
    for text in SearchDocument.objects.filter(pk__in=range(first, last + 1, step)).values_list("text", flat=True):
        counts.update(set(trigrams(text)))
    return counts
