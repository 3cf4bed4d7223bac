"""The event that is sent over and over: a Purchase as a shop's page would send it, under a new ID each time."""

from __future__ import annotations

import itertools
import json
import uuid
from typing import Any

from django.utils import timezone

from events.delivery import sender
from events.domain.rights import Role
from events.models import Delivery, Person, Store, StorefrontKey

STOREFRONT_KEY = "sfpk_tokoBatikNusantara7Kx2QdP4mZr8"
_NUMBERS = itertools.count(88_000)


def purchase() -> bytes:
    """About 1.2 KB, as Scalev's documentation has it: a buyer, one event, one line of the cart."""
    order = f"ORD-{next(_NUMBERS)}"
    page = "https://batiknusantara.example/checkout/kemeja-batik-parang"
    content: dict[str, Any] = {
        "event_source_url": page,
        "referrer_url": "https://www.instagram.com/",
        "user_data": {
            "em": "wulan.pertiwi@contoh.id",
            "ph": "6281290076543",
            "fn": "Wulan",
            "ln": "Pertiwi",
            "ct": "jakarta selatan",
            "st": "dki jakarta",
            "zp": "12190",
            "country": "id",
            "external_id": f"cust_{order[4:]}",
            "fbc": "fb.1.1767582245123.IwAR2F4kTnYg6dQzvP0sLx8mJc1hWbKe",
            "fbp": "fb.1.1767582201456.1098115397",
            "client_ip_address": "203.0.113.24",
            "client_user_agent": "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/131.0.0.0 Mobile Safari/537.36",
        },
        "events": [
            {
                "event_id": str(uuid.uuid4()),
                "event_name": "Purchase",
                "parameters": {
                    "currency": "IDR",
                    "value": 378000,
                    "order_id": order,
                    "content_type": "product",
                    "content_ids": ["variant_KemejaParangM"],
                    "contents": [{"id": "variant_KemejaParangM", "quantity": 2, "item_price": 189000}],
                    "num_items": 2,
                },
            }
        ],
        "variants": [{"variant_unique_id": "variant_KemejaParangM", "quantity": 2}],
    }
    return json.dumps(content, separators=(",", ":")).encode()


def shop(environment: str) -> Store:
    """A store in one of the sinks' environments, with its storefront key."""
    store = Store.objects.create(
        name=f"Toko Batik Nusantara, {environment}",
        store_id=f"store_TokoBatik_{environment}",
        environment=environment,
        hosts=["batiknusantara.example"],
    )
    StorefrontKey.add(store, STOREFRONT_KEY, label="Website")
    return store


def sent(store: Store, by: Person, payload: bytes) -> Delivery:
    """As the composer sends: under a form's token."""
    delivery = sender.send(store=store, payload=payload, by=by, now=timezone.now(), token=uuid.uuid4())
    if delivery.outcome != "accepted":
        raise SystemExit(f"a send ended as {delivery.outcome}: {delivery.error}")
    return delivery


def admin() -> Person:
    return Person.objects.filter(role=Role.ADMIN).get()
