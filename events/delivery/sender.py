"""One delivery from its row to its outcome: write the row, make the call, have its answer recorded.

The row is committed with the exact bytes before the first of them leaves. Nothing here sends a second time: a
process that dies in between leaves a row whose lease runs out, and whoever looks next finds it INTERRUPTED.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error, IntegrityError
from django.utils import timezone

from events.delivery import client
from events.delivery.recording import read_or_none, record
from events.domain import contract, redaction
from events.domain.credentials import DOTS
from events.domain.finding import Finding, Severity
from events.domain.payload import Payload
from events.domain.text import Text, writable
from events.domain.tree import Json
from events.models import Body, Delivery, Person, Run, Store, StorefrontKey, encryption, search, statements
from events.models.body import Record, request_context, sealed
from events.models.channel import Channel
from events.models.delivery import NAMES_KEPT
from events.models.storage import trouble_of
from events.models.writing import written

LEASE_SLACK = timedelta(seconds=5)
BROWSER_HEADERS = {"Content-Type": "application/json"}


class NotSendable(Exception):
    """Nothing was sent and no row exists. `text` says why, and what to do, in plain words."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


class Way(NamedTuple):
    """Where a store's events go, and with which key; `secret` is that key in clear."""

    url: str
    key: StorefrontKey
    secret: str


@dataclass(frozen=True)
class Sendable:
    """What is to be sent: the exact bytes, what was found in them, and where they come from."""

    body: bytes
    findings: tuple[Finding, ...] = ()
    composed_at: datetime | None = None
    token: uuid.UUID | None = None
    resend_of: Delivery | None = None
    twin_of: Delivery | None = None
    channel: Channel = Channel.SERVER
    lease_slack: timedelta = LEASE_SLACK
    run: Run | None = None

    @cached_property
    def tree(self) -> Json:
        """The body as JSON, or None where it is none."""
        return read_or_none(self.body)

    @cached_property
    def scrub(self) -> redaction.Scrubber:
        """What takes its buyer out of a text."""
        return redaction.scrubber_of(self.tree)


def send(
    *,
    store: Store,
    payload: bytes,
    by: Person | None,
    now: datetime,
    token: uuid.UUID | None = None,
    findings: tuple[Finding, ...] = (),
    composed_at: datetime | None = None,
    resend_of: Delivery | None = None,
    storefront_key: StorefrontKey | None = None,
    run: Run | None = None,
) -> Delivery:
    """Send these bytes to a store and return the delivery: closed, or `answer_lost` where that could not be written.

    The same `token` again returns the first delivery, in whatever state, and sends nothing. `storefront_key` is the
    store's active one unless given; `run` is what it belongs to. Raises `NotSendable` before any row exists, for what
    the database refuses too; network trouble is an outcome, not an exception.
    """
    sendable = Sendable(payload, findings, composed_at, token, resend_of, run=run)
    try:
        way = way_out(store, storefront_key)
    except NotSendable:
        # What was sent before stays sent, whatever became of its store or key since.
        if earlier := _sent_under(token):
            return earlier
        raise
    return _sent(store, way, sendable, by=by, now=now)


def _sent(store: Store, way: Way, sendable: Sendable, *, by: Person | None, now: datetime) -> Delivery:
    delivery, fresh = write_row(store, way, sendable, by=by, now=now)
    if fresh:
        exchange = client.post(
            way.url,
            storefront_key=way.secret,
            body=sendable.body,
            deadline_s=settings.SCALEV_DEADLINE_SECONDS,
            origin=store.origin or "",
        )
        record(delivery, exchange, sendable.tree)
    return delivery


def _sent_under(token: uuid.UUID | None) -> Delivery | None:
    return Delivery.objects.filter(form_token=token).first() if token else None


def way_out(store: Store, storefront_key: StorefrontKey | None = None) -> Way:
    """Where the store's events go, and with which key in clear. Raises `NotSendable`."""
    if store.archived_at is not None:
        raise NotSendable(Text("{store} is archived. Bring it back before sending to it.", store=store.name))
    if store.origin is None:
        reason = Text("This installation no longer knows the environment “{name}”.", name=store.environment)
        raise NotSendable(reason)
    key = storefront_key or StorefrontKey.active_of(store)
    if key is None:
        raise NotSendable(Text("{store} has no active storefront key. An admin can add one.", store=store.name))
    return Way(contract.url(store.origin, store.store_id), key, _in_clear(key))


def _in_clear(key: StorefrontKey) -> str:
    try:
        return key.reveal()
    except encryption.KeyMissing as missing:
        reason = Text("The storefront key cannot be read: it needs master key {id}.", id=missing.key_id)
        raise NotSendable(reason) from missing
    except encryption.Unreadable as unreadable:
        reason = Text("The storefront key cannot be read. An admin can enter it again.")
        raise NotSendable(reason) from unreadable


def write_row(
    store: Store,
    way: Way,
    sendable: Sendable,
    *,
    by: Person | None,
    now: datetime,
    also: Callable[[Delivery], object] | None = None,
) -> tuple[Delivery, bool]:
    """Commit the PENDING row with its bytes. False where another request with the same token was quicker.

    `also` writes what must stand with the row or not at all. Raises `NotSendable`.
    """
    try:
        with _storage_refusals():
            # Masked and sealed before the lock is taken: everybody else who sends waits for that.
            rows = _drawn_up(_row(store, way.key, sendable, by=by, now=now), way, sendable)
            written(partial(rows.insert, sendable.lease_slack, also))
    except IntegrityError:
        # Nobody looks first: nearly every token is new, and of two at the same moment the database tells anyway.
        earlier = _sent_under(sendable.token)
        if earlier is None:
            raise
        return earlier, False
    return rows.delivery, True


@contextmanager
def _storage_refusals() -> Iterator[None]:
    """Within, what the database cannot write and what no key opens is `NotSendable`; a second row of a kind is not."""
    try:
        yield
    except encryption.Unreadable as unreadable:
        # The secret behind the log's hashes: what could never be found again is not sent either.
        raise NotSendable(unreadable.words) from unreadable
    except Error as error:
        if isinstance(error, IntegrityError) or trouble_of(error) is None:
            raise
        reason = Text("The console's database could not be written to, so nothing was sent. Try again in a moment.")
        raise NotSendable(reason) from error


@dataclass(frozen=True, slots=True)
class _Rows:
    """A delivery that no row stands for yet: the narrow row, and beside it its sealed request and search document."""

    delivery: Delivery
    body: Body
    document: search.SearchDocument

    def insert(self, lease_slack: timedelta, also: Callable[[Delivery], object] | None) -> None:
        # Waiting for the write lock must not eat the lease, so it starts once the lock is ours.
        deadline = timedelta(seconds=settings.SCALEV_DEADLINE_SECONDS)
        self.delivery.lease_until = timezone.now() + deadline + lease_slack
        statements.insert(self.delivery, self.body, self.document)
        if also:
            also(self.delivery)


def _drawn_up(delivery: Delivery, way: Way, sendable: Sendable) -> _Rows:
    request = Record(facts=_request_facts(way, sendable), body=sendable.body)
    codes = [finding.code for finding in sendable.findings]
    document = search.drawn_up(delivery, sendable.tree, codes, sendable.scrub)
    return _Rows(delivery, Body(request=sealed(request, request_context(delivery))), document)


def _row(store: Store, key: StorefrontKey, sendable: Sendable, *, by: Person | None, now: datetime) -> Delivery:
    events = Payload.of(sendable.tree).events
    severities = [finding.severity for finding in sendable.findings]
    # Not masked: these columns are kept in clear, and a first letter and a mail domain tell a thief something.
    clean = partial(sendable.scrub, instead=DOTS)
    delivery = Delivery(
        created_at=now,
        composed_at=sendable.composed_at,
        form_token=sendable.token,
        store=store,
        environment=store.environment,
        storefront_key=key,
        by=by,
        channel=sendable.channel,
        resend_of=sendable.resend_of,
        twin_of=sendable.twin_of,
        run=sendable.run,
        # Cut last: of half an e-mail nobody could tell that it is one.
        event_names=[writable(clean(event.event_name))[:100] for event in events[:NAMES_KEPT]],
        event_ids=[writable(clean(event.event_id))[:200] for event in events[:NAMES_KEPT]],
        event_count=len(events),
        error_count=severities.count(Severity.ERROR),
        warning_count=severities.count(Severity.WARNING),
        request_bytes=len(sendable.body),
    )
    delivery.keep_buyer(redaction.masked_buyer(sendable.tree))
    return delivery


def _request_facts(way: Way, sendable: Sendable) -> dict[str, Any]:
    # What a browser sends beside these, it tells afterwards.
    fixed = client.FIXED_HEADERS if sendable.channel == Channel.SERVER else BROWSER_HEADERS
    return {
        "method": "POST",
        "url": way.url,
        "headers": [*fixed.items(), (contract.KEY_HEADER, way.key.masked)],
        "findings": [finding.facts() for finding in sendable.findings],
    }
