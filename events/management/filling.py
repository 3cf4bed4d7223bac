"""Writes invented deliveries as sends leave them: row, encrypted bodies and search document, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from http import HTTPStatus
from itertools import islice
from random import Random

from django.db import transaction

from events.delivery import client
from events.domain import contract, redaction
from events.domain.exchange import Exchange, Timings
from events.domain.grouping import normal_form
from events.domain.outcome import Outcome
from events.management.believable import Invented
from events.management.invented_words import SHOPS
from events.models import Body, Delivery, Person, Store, StorefrontKey, search
from events.models.body import Record, request_context, response_context, sealed
from events.models.channel import Channel
from events.models.group import group_of

GROUP = 1_000
_KEY = "sfpk_isianTidakDikirim{:04}"
# In the order in which the sender writes them.
_FACTS = (
    "request_headers", "failure", "failure_detail", "body_marks", "response_size", "timings", "peer",
    "bytes_may_have_left",
)  # fmt: skip
_RATE = [["X-Ratelimit-Limit", "600"], ["X-Ratelimit-Remaining", "599"], ["X-Ratelimit-Reset", "60"]]


class Filler:
    """Fills one environment's stores, which it makes where they are missing. `seed` decides who sent them."""

    def __init__(self, environment: str, seed: int) -> None:
        self._chance = Random(seed)  # nosec B311  # invented data, no secret
        self._keys = [_storefront_key(environment, place) for place in range(len(SHOPS))]
        self._people = [*Person.objects.all(), None]
        self._rows: dict[int, int] = {}
        self._groups: dict[tuple[object, ...], int] = {}

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
                search.index_many((row, each.tree, each.error, ()) for each, row in zip(group, rows, strict=True))
            self._rows.update((each.number, row.pk) for each, row in zip(group, rows, strict=True))
            yield len(group)

    def _row(self, each: Invented) -> Delivery:
        key = self._keys[each.shop]
        row = Delivery(
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
            group_id=self._group(each, key.store_id),
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

    def _group(self, each: Invented, store: int) -> int | None:
        if each.outcome is Outcome.ACCEPTED:
            return None
        kind = (store, each.outcome, each.status, normal_form(each.error))
        if kind not in self._groups:
            self._groups[kind] = group_of(store, each.outcome, each.status, each.error, each.at)
        return self._groups[kind]

    def _body(self, each: Invented, row: Delivery) -> Body:
        key = self._keys[each.shop]
        headers = [*client.FIXED_HEADERS.items(), (contract.KEY_HEADER, key.masked)]
        asked = {
            "method": "POST", "url": contract.url("http://127.0.0.1", row.store.store_id), "headers": headers,
            "findings": [],
        }  # fmt: skip
        came = asdict(self._exchange(each, headers))
        facts = {"status": each.status, "reason": came["reason"], "headers": came["response_headers"]}
        facts |= {name: came[name] for name in _FACTS} | {"body_marks": []}
        return Body(
            request=sealed(Record(asked, each.payload), request_context(row)),
            response=sealed(Record(facts, each.answer), response_context(row)),
        )

    def _exchange(self, each: Invented, headers: list[tuple[str, str]]) -> Exchange:
        """The call as the sender would have recorded it."""
        chance, took = self._chance, each.duration_ms
        unique = [["Date", f"{each.at:%a, %d %b %Y %H:%M:%S} GMT"], ["cf-ray", f"{chance.getrandbits(64):016x}-SIN"]]
        wait = Timings(send_ms=0.2, first_byte_ms=took - 0.5, receive_ms=round(chance.random(), 3), total_ms=took)
        return Exchange(
            method="POST",
            url="",
            request_headers=tuple(headers),
            request_body=b"",
            status=each.status,
            reason=HTTPStatus(each.status).phrase if each.status else "",
            response_headers=tuple((name, value) for name, value in unique + _RATE) if each.status else (),
            response_body=each.answer,
            response_size=len(each.answer),
            body_marks=frozenset(),
            failure=None,
            failure_detail="",
            bytes_may_have_left=each.outcome is not Outcome.UNREACHABLE,
            timings=wait,
            peer="127.0.0.1:4010",
        )


def _storefront_key(environment: str, place: int) -> StorefrontKey:
    shop, store_id = SHOPS[place], f"store_isian{place + 1:02}"
    store, made = Store.objects.get_or_create(
        environment=environment, store_id=store_id, defaults={"name": shop.name, "hosts": [shop.host]}
    )
    key = StorefrontKey.active_of(store)
    return key if key and not made else StorefrontKey.add(store, _KEY.format(place), label="Isian")
