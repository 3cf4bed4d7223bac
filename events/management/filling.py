"""Writes invented deliveries as sends leave them: row, encrypted bodies and search document, in groups."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import transaction

from events.delivery import client
from events.domain import contract, redaction
from events.management.believable import Invented
from events.management.invented_words import SHOPS
from events.models import Body, Delivery, Person, Store, StorefrontKey, search
from events.models.body import Record, request_context, response_context, sealed
from events.models.channel import Channel

GROUP = 1_000
_KEY = "sfpk_isianTidakDikirim{:04}"
_ANSWER_HEADERS = [["Server", "cloudflare"], ["Content-Type", "application/json; charset=utf-8"], ["Vary", "origin"]]
_FACTS: dict[str, Any] = {
    "failure": None,
    "failure_detail": "",
    "body_marks": [],
    "peer": "127.0.0.1",
    "bytes_may_have_left": True,
}


class Filler:
    """Fills one environment's stores, which it makes where they are missing. `seed` decides the rows' UUIDs."""

    def __init__(self, environment: str, seed: int) -> None:
        self._chance = Random(seed)
        self._keys = [_storefront_key(environment, place) for place in range(len(SHOPS))]
        self._people = [*Person.objects.all(), None]
        self._rows: dict[int, int] = {}

    def write(self, invented: Iterable[Invented]) -> Iterator[int]:
        """Writes them in groups; yields how many each group had."""
        rest = iter(invented)
        while group := list(islice(rest, GROUP)):
            rows = [self._row(each) for each in group]
            bodies = [self._body(*pair) for pair in zip(group, rows, strict=True)]
            with transaction.atomic():
                Delivery.objects.bulk_create(rows)
                for body, row in zip(bodies, rows, strict=True):
                    body.delivery_id = row.pk
                Body.objects.bulk_create(bodies)
                search.index_many((row, each.tree, each.error) for each, row in zip(group, rows, strict=True))
            self._rows.update((each.number, row.pk) for each, row in zip(group, rows, strict=True))
            yield len(group)

    def _uuid(self) -> uuid.UUID:
        return uuid.UUID(int=self._chance.getrandbits(128), version=4)

    def _row(self, each: Invented) -> Delivery:
        key = self._keys[each.shop]
        row = Delivery(
            uuid=self._uuid(),
            attempt=self._uuid(),
            created_at=each.at,
            finished_at=each.at + timedelta(milliseconds=each.duration_ms),
            lease_until=each.at + timedelta(seconds=25),
            store=key.store,
            environment=key.store.environment,
            storefront_key=key,
            by=self._chance.choice(self._people),
            channel=Channel.BROWSER if each.browser else Channel.SERVER,
            # Rows of the same group have no number yet: what repeats one of them stands for itself.
            resend_of_id=self._rows.get(each.repeats) if each.repeats is not None else None,
            outcome=each.outcome,
            status_code=each.status,
            error=each.error,
            duration_ms=each.duration_ms,
            event_names=list(each.names),
            event_ids=list(each.ids),
            event_count=len(each.ids),
            request_bytes=len(each.payload),
        )
        row.keep_buyer(redaction.masked_buyer(each.tree))
        return row

    def _body(self, each: Invented, row: Delivery) -> Body:
        key = self._keys[each.shop]
        headers = [*client.FIXED_HEADERS.items(), (contract.KEY_HEADER, key.masked)]
        asked = {
            "method": "POST", "url": contract.url("http://127.0.0.1", row.store.store_id), "headers": headers,
            "findings": [],
        }  # fmt: skip
        timings = {"connect_ms": 21.5, "tls_ms": 40.2, "first_byte_ms": each.duration_ms, "total_ms": each.duration_ms}
        came = {
            **_FACTS, "status": each.status, "reason": "", "headers": _ANSWER_HEADERS if each.status else [],
            "request_headers": headers, "response_size": len(each.answer), "timings": timings,
        }  # fmt: skip
        return Body(
            request=sealed(Record(asked, each.payload), request_context(row)),
            response=sealed(Record(came, each.answer), response_context(row)),
        )


def _storefront_key(environment: str, place: int) -> StorefrontKey:
    shop, store_id = SHOPS[place], f"store_isian{place + 1:02}"
    store, made = Store.objects.get_or_create(
        environment=environment, store_id=store_id, defaults={"name": shop.name, "hosts": [shop.host]}
    )
    key = StorefrontKey.active_of(store)
    return key if key and not made else StorefrontKey.add(store, _KEY.format(place), label="Isian")
