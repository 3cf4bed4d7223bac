"""Rows that tests start from: plain functions, believable values, each row different from the last."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.domain.rights import Role
from events.models import Delivery, Person, Store, StorefrontKey
from events.models.body import Body, Record, request_context, response_context, sealed

PASSWORD = "lembayung-senja-72"
# The tests run under the first; a rotation puts the second in front of it.
FIRST_MASTER_KEY = "k1:" + "A" * 43 + "="
SECOND_MASTER_KEY = "k2:" + "B" * 42 + "A="
_NUMBERS = itertools.count(1)


def make_person(role: str = Role.ADMIN, *, email: str = "", name: str = "Rani Anggraini", **fields: Any) -> Person:
    """Somebody who signs in with `PASSWORD`."""
    address = email or f"rani.{next(_NUMBERS)}@contoh.id"
    return Person.objects.create_user(address, fields.pop("password", PASSWORD), name=name, role=role, **fields)


def make_store(name: str = "", **fields: Any) -> Store:
    number = next(_NUMBERS)
    values = {"store_id": f"store_Batik{number:04}", "environment": "sandbox", "hosts": ["batiknusantara.contoh.id"]}
    return Store.objects.create(name=name or f"Batik Nusantara {number}", **{**values, **fields})


def make_storefront_key(store: Store | None = None, *, value: str = "", is_active: bool = True) -> StorefrontKey:
    """A key of the store, kept encrypted; the store's other keys step back when it is active."""
    key = StorefrontKey(store=store or make_store(), label="Website")
    key.keep(value or f"sfpk_TokoBatik{next(_NUMBERS):08}")
    key.save()
    if is_active:
        key.activate()
    return key


def make_delivery(store: Store | None = None, **fields: Any) -> Delivery:
    """An accepted Purchase without a body: see `make_body`."""
    now = timezone.now()
    chosen = store or make_store()
    values: dict[str, Any] = {
        "environment": chosen.environment,
        "created_at": now,
        "finished_at": now + timedelta(milliseconds=182),
        "lease_until": now + timedelta(seconds=25),
        "outcome": "accepted",
        "status_code": 204,
        "duration_ms": 182,
        "event_names": ["Purchase"],
        "event_ids": [f"ord-{88000 + next(_NUMBERS)}-Purchase"],
        "event_count": 1,
    }
    return Delivery.objects.create(store=chosen, **{**values, **fields})


def make_body(
    delivery: Delivery,
    request: bytes = b"{}",
    response: bytes | None = None,
    *,
    request_facts: dict[str, Any] | None = None,
    response_facts: dict[str, Any] | None = None,
) -> Body:
    """The encrypted side of a delivery; without a response the exchange has not been answered."""
    sent = sealed(Record(request_facts or {}, request), request_context(delivery))
    answer = None
    if response is not None:
        answer = sealed(Record(response_facts or {}, response), response_context(delivery))
    return Body.objects.create(delivery=delivery, request=sent, response=answer)
