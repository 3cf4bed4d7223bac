"""The buyer's deliveries: found by the keyed hashes of the search, and emptied but for what counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet

from events.domain import meta
from events.domain.buyer import Buyer
from events.domain.outcome import WAITING
from events.domain.query import Field, SearchQuery, Term
from events.models import search
from events.models.audit import Act, record
from events.models.body import Body
from events.models.delivery import Delivery, in_words
from events.models.encryption import index_hasher
from events.models.erasure.learning import Learned
from events.models.erasure.traces import Traces
from events.models.mark import Note, Tag
from events.models.person import Person

BATCH = 100
_MARKS = (Note, Tag)


@dataclass(frozen=True)
class Preview:
    """What an erasure would reach. `stores` are (name, how many); `open` of them still wait for their answer.

    `shared` are the kinds of her values that stand in other deliveries, too, which it would not reach. `without_her`
    takes her out of a text; it knows all that her deliveries say of her.
    """

    count: int
    open: int
    stores: tuple[tuple[str, int], ...]
    first_at: datetime | None
    last_at: datetime | None
    elsewhere: int
    shared: tuple[str, ...]
    without_her: Callable[[str], str] = field(repr=False)

    def __bool__(self) -> bool:
        return bool(self.count or self.elsewhere)


def preview(buyer: Buyer, most: int | None = None) -> Preview:
    """Look, and change nothing. Of more deliveries than `most` none is read, and nothing elsewhere found by them."""
    pks = frozenset(_found(buyer))
    rows = Delivery.objects.filter(pk__in=_found(buyer)).order_by()
    times = rows.aggregate(first=Min("created_at"), last=Max("created_at"))
    stores = rows.values_list("store__name").annotate(number=Count("pk")).order_by("-number", "store__name")
    learned, marks = Learned(buyer), 0
    for batch in _batches(pks if most is None or len(pks) <= most else ()):
        learned.read(batch)
        marks += sum(table.objects.filter(delivery__in=batch).count() for table in _MARKS)
    traces = Traces(learned.values(pks), learned.tokens(pks), pks)
    return Preview(
        count=len(pks),
        open=rows.filter(outcome__in=sorted(WAITING)).count(),
        stores=tuple(stores),
        first_at=times["first"],
        last_at=times["last"],
        elsewhere=marks + traces.count(),
        shared=learned.shared(pks),
        without_her=learned.without_her(),
    )


class Erasure:
    """One erasure, by whom (None for a command) and why. `count` deliveries were emptied, `elsewhere` other rows went.
    `shared` are the kinds of her values that other deliveries still hold.

    It is written down without anything that could be matched with her later. What is sent while it runs is not its
    own: look again afterwards (`preview`).
    """

    def __init__(self, buyer: Buyer, *, by: Person | None, reason: str, now: datetime) -> None:
        self.buyer = buyer
        self.by = by
        self.reason = reason
        self.now = now
        self.count = 0
        self.elsewhere = 0
        self.shared: tuple[str, ...] = ()
        self._learned = Learned(buyer)

    def run(self) -> Iterator[int]:
        """Walk it to its end; each step is a short transaction, and gives how many deliveries are done."""
        try:
            for batch in _batches(_found(self.buyer)):
                with transaction.atomic():
                    self._empty(batch)
                yield self.count
            self.elsewhere += Traces(self._learned.values(), self._learned.tokens()).remove()
            self.shared = self._learned.shared()
        finally:
            self._record()
        yield self.count

    def _record(self) -> None:
        record(
            Act.BUYER_ERASED,
            by=self.by,
            target=f"{in_words(self.count)}, {self.elsewhere} other entries",
            fields=[kind for kind, _form in self.buyer.forms()],
            reason=self._learned.without_her()(self.reason),
        )

    def _empty(self, pks: list[int]) -> None:
        rows = Delivery.objects.select_related("store").filter(pk__in=pks).exclude(outcome__in=sorted(WAITING))
        deliveries = list(rows.select_for_update(of=("self",)))
        mine = [delivery.pk for delivery in deliveries]
        self._learned.read(mine)
        for delivery in deliveries:
            _blot(delivery, self.now)
        Delivery.objects.bulk_update(deliveries, _BLOTTED)
        Body.objects.filter(pk__in=mine).delete()
        self.elsewhere += sum(table.objects.filter(delivery__in=mine).delete()[0] for table in _MARKS)
        search.index_many((delivery, None, "", ()) for delivery in deliveries)
        self.count += len(deliveries)


_BLOTTED = ("buyer", "event_ids", "event_names", "error", "attempt", "erased_at")


def _blot(delivery: Delivery, now: datetime) -> None:
    delivery.buyer, delivery.event_ids, delivery.error, delivery.erased_at = b"", [], "", now
    # A name of one's own may hold anything.
    delivery.event_names = [name for name in delivery.event_names if name in meta.EVENT_NAMES]
    # An answer that is late would be written down again: it belongs to an attempt that is no more.
    delivery.attempt = uuid4()


def _found(buyer: Buyer) -> QuerySet[Delivery, int]:
    """Row IDs of all that any of her values stands in."""
    hasher, found = index_hasher(), Delivery.objects.none().values_list("pk", flat=True)
    for kind, form in buyer.forms():
        term = Term(Field.HASH, f"{kind}.{hasher(kind, form)}")
        rows = search.matching(Delivery.objects.all(), SearchQuery((term,))).order_by()
        found = found.union(rows.values_list("pk", flat=True))
    return found


def _batches(pks: Iterable[int]) -> Iterator[list[int]]:
    rest = sorted(pks)
    yield from (rest[start : start + BATCH] for start in range(0, len(rest), BATCH))
