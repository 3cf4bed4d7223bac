"""Deliveries out of the database into a file, batch by batch: any number of them in the memory of one batch.

A list of rows reads no body; what needs the exchange, or the buyer in clear, opens few of them at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse

from events.domain.export.entry import Entry, Exchanged, Side, buyer_of
from events.domain.export.writer import Writer
from events.domain.payload import Payload
from events.domain.query import NOBODY, SearchQuery
from events.domain.tree import Json
from events.models import Body, Delivery, Tag, search
from events.models.encryption import Unreadable
from events.views.evidence import Answer, Evidence, Sent, Shown, gather

BATCH = 500
# A request may hold a megabyte, and an answer several.
BATCH_WITH_EXCHANGE = 10
_COLUMNS = (
    "uuid", "created_at", "finished_at", "environment", "channel", "resend_of", "outcome", "status_code",
    "duration_ms", "error", "event_count", "event_names", "event_ids", "buyer", "error_count", "warning_count",
    "request_bytes", "run", "store__name", "store__store_id", "by__name", "by__email",
)  # fmt: skip


class Export:
    """What a search finds, newest first, as the pieces of one file. To be walked once.

    `root` is the console's own address, before the path of each delivery. `count` says how many deliveries have been
    written so far, `is_whole` whether the file came to its end.
    """

    def __init__(self, query: SearchQuery, writer: Writer, *, is_clear: bool = False, root: str = "") -> None:
        self.query = query
        self.writer = writer
        self.is_clear = is_clear
        self.root = root.rstrip("/")
        self.count = 0
        self.is_whole = False

    def __iter__(self) -> Iterator[bytes]:
        yield self.writer.head()
        is_cut = False
        for batch in self._batches():
            room = len(batch) if self.writer.limit is None else self.writer.limit - self.count
            is_cut = len(batch) > room
            yield b"".join(self._pieces(batch[:room]))
            if is_cut:
                break
        yield self.writer.tail(is_cut=is_cut)
        self.is_whole = True

    def _batches(self) -> Iterator[list[Delivery]]:
        """By the ID of the last row: a row that is added or pruned meanwhile doubles and shifts nothing."""
        size = BATCH_WITH_EXCHANGE if self.writer.needs_exchange else BATCH
        found = Delivery.objects.select_related("store", "by").only(*_COLUMNS)
        below: int | None = None
        while batch := list(search.matching(found, self.query, below=below)[:size]):
            below = batch[-1].pk
            yield batch
            if len(batch) < size:
                break

    def _pieces(self, batch: list[Delivery]) -> Iterator[bytes]:
        bodies = _bodies(batch) if self.writer.needs_exchange else {}
        tags = _tags(batch)
        for delivery in batch:
            entry = entry_of(
                delivery, bodies.get(delivery.pk), is_clear=self.is_clear, root=self.root, tags=tags[delivery.pk]
            )
            yield self.writer.piece(entry, is_first=self.count == 0)
            self.count += 1


def _bodies(batch: list[Delivery]) -> dict[int, Evidence | Body]:
    found: dict[int, Evidence | Body] = {
        body.pk: body for body in Body.objects.filter(pk__in=[row.pk for row in batch])
    }
    return found


def _tags(batch: list[Delivery]) -> defaultdict[int, tuple[str, ...]]:
    """Not by `prefetch_related`, whose rows refer to each other: they would pile up until somebody collects them."""
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for pk, word in Tag.objects.filter(delivery__in=[row.pk for row in batch]).values_list("delivery_id", "word"):
        found[pk] += (word,)
    return found


def entry_of(
    delivery: Delivery,
    kept: Evidence | Body | None,
    *,
    is_clear: bool = False,
    root: str = "",
    tags: tuple[str, ...] = (),
) -> Entry:
    """A delivery as the formats get it. Without `kept`, or where that cannot be read, it has no exchange."""
    entry = _listed(delivery, root, tags)
    evidence = _opened(delivery, kept, is_clear=is_clear) if isinstance(kept, Body) else kept
    if evidence is None:
        return entry
    entry = replace(entry, exchanged=_exchanged(evidence.sent, evidence.answer))
    return _in_clear(entry, evidence.sent.body.tree) if is_clear else entry


def _in_clear(entry: Entry, payload: Json) -> Entry:
    """The entry with its buyer's values, and with the events as they were sent: its row keeps a scrubbed few."""
    events = Payload.of(payload).events
    return replace(
        entry,
        event_names=tuple(event.event_name for event in events),
        event_ids=tuple(event.event_id for event in events),
        buyer_in_clear=buyer_of(payload),
    )


def _listed(delivery: Delivery, root: str, tags: tuple[str, ...]) -> Entry:
    """What the narrow row tells, without a look at the exchange."""
    return Entry(
        id=delivery.pk,
        url=root + reverse("delivery", args=[delivery.pk]),
        created_at=delivery.created_at,
        finished_at=delivery.finished_at,
        store_id=delivery.store.store_id,
        store_name=delivery.store.name,
        environment=delivery.environment,
        channel=delivery.channel,
        sent_by=str(delivery.by or NOBODY),
        resend_of=delivery.resend_of_id,
        outcome=delivery.outcome,
        status_code=delivery.status_code,
        duration_ms=delivery.duration_ms,
        error=delivery.error,
        event_count=delivery.event_count,
        event_names=tuple(map(str, delivery.event_names)),
        event_ids=tuple(map(str, delivery.event_ids)),
        buyer=delivery.masked_buyer,
        error_count=delivery.error_count,
        warning_count=delivery.warning_count,
        request_bytes=delivery.request_bytes,
        run=delivery.run_id,
        tags=tags,
    )


def _opened(delivery: Delivery, body: Body, *, is_clear: bool) -> Evidence | None:
    body.delivery = delivery
    try:
        return gather(body, is_clear=is_clear)
    except Unreadable:
        return None


def _exchanged(sent: Sent, answer: Answer | None) -> Exchanged:
    request = _side(sent.headers, sent.body, sent.body.size)
    if answer is None:
        return Exchanged(sent.method, sent.url, request)
    has_status = answer.status is not None
    return Exchanged(
        method=sent.method,
        url=sent.url,
        request=request,
        response=_side(answer.headers, answer.body, answer.size) if has_status else None,
        status=answer.status,
        reason=answer.reason,
        failure=answer.failure.value if answer.failure else "",
        timings=answer.timings,
        peer=answer.peer,
        comment="" if has_status else answer.failure_detail,
    )


def _side(headers: tuple[tuple[str, str], ...], body: Shown, size: int) -> Side:
    comment = "It is no JSON, so the buyer cannot be told from the rest: left out." if body.is_withheld else ""
    return Side(headers, body.text, size, body.tree, is_json=body.is_json, comment=comment)
