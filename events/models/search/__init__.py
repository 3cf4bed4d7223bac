"""The search index: the one entrance to finding deliveries by what they hold.

Purpose: one small document per delivery, written in the same transaction as the row, and queries on it.

May import: Django's database layer, the models beside it, `events.domain`.
Must not import: anything of HTTP or HTML. Only this room knows the search engine of either database.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet, Value
from django.db.models.functions import Replace

from events.domain.outcome import Outcome
from events.domain.query import SearchQuery, redacted
from events.domain.tree import Json
from events.models.delivery import Delivery
from events.models.encryption import index_hasher
from events.models.search.document import SearchDocument, document, ending
from events.models.search.expression import expression, phrases
from events.models.search.filters import Filters
from events.models.search.words import Words

__all__ = ["SearchDocument", "Words", "hidden", "index", "index_many", "matching", "settle"]


def index(delivery: Delivery, payload: Json | None, error_text: str = "") -> None:
    """Write or replace the delivery's search document, inside the caller's transaction.

    `payload` is the request body, None where it was no JSON. `error_text` is what Scalev or the network said; it is
    scrubbed of the buyer here.
    """
    index_many([(delivery, payload, error_text)])


def index_many(found: Iterable[tuple[Delivery, Json | None, str]]) -> None:
    """The same for many at once: (delivery, payload, error text) of each."""
    hasher = index_hasher()
    SearchDocument.objects.bulk_create(
        [SearchDocument(delivery=each, words=document(each, payload, error, hasher)) for each, payload, error in found],
        update_conflicts=True,
        unique_fields=["delivery"],
        update_fields=["words"],
    )


def settle(delivery: Delivery) -> None:
    """Bring the document of a row that was open up to date with its ending, where that left no text to be found.

    The rest stays as it was written before the send: nothing is scrubbed and hashed a second time.
    """
    was, now = f" o:{Outcome.PENDING} ", f" {' '.join(ending(delivery))} "
    SearchDocument.objects.filter(delivery=delivery).update(words=Replace("words", Value(was), Value(now)))


def hidden(query: SearchQuery) -> SearchQuery:
    """The same search with every buyer's value as a keyed hash: the form that may stand in a URL."""
    return query if query == SearchQuery() else redacted(query, index_hasher())


def matching(
    deliveries: QuerySet[Delivery], query: SearchQuery, *, above: int | None = None, below: int | None = None
) -> QuerySet[Delivery]:
    """Narrow `deliveries` to what the query asks for, newest first; `above` and `below` bound the row's ID.

    Words walk the index backwards and stop at the LIMIT, which is why the bounds are given here: set on the
    delivery alone they would not reach the index.
    """
    if not query:
        return _within(deliveries, "id", above, below).order_by("-id")
    hasher = index_hasher()
    query = redacted(query, hasher)
    filters = Filters.of(query)
    if filters.impossible:
        return deliveries.none()
    found = filters.narrow_by_time(deliveries)
    searched = expression(query, filters, hasher)
    if searched is None:
        return _within(filters.narrow(found), "id", above, below).order_by("-id")
    found = _within(found.filter(words__words__match=searched), "words__delivery", above, below)
    for needle, negated in phrases(query):
        found = (
            found.exclude(document__words__contains=needle)
            if negated
            else found.filter(document__words__contains=needle)
        )
    return filters.narrow_unsettled(found).order_by("-words__delivery_id")


def _within(found: QuerySet[Delivery], column: str, above: int | None, below: int | None) -> QuerySet[Delivery]:
    if above is not None:
        found = found.filter(**{f"{column}__gt": above})
    return found if below is None else found.filter(**{f"{column}__lt": below})
