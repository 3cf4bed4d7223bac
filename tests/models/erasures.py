"""A buyer who is to be erased, another who stays, and the deed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from events.domain.buyer import Buyer
from events.domain.tree import read
from events.models import Delivery, Store, search
from events.models.erasure import Erasure
from tests.factories import make_body, make_delivery

EMAIL, PHONE, EXTERNAL = "wulan.pertiwi@contoh.id", "6281290076543", "cust-0093"
HERS = f'{{"em": "{EMAIL}", "ph": "{PHONE}", "fn": "Wulan", "ln": "Pertiwi", "external_id": "{EXTERNAL}"}}'
OTHERS = '{"em": "budi.santoso@contoh.id", "ph": "6281355501234", "fn": "Budi", "external_id": "cust-0094"}'


def sent(user_data: str, number: int = 88213, store: Store | None = None, **fields: Any) -> Delivery:
    payload = (
        f'{{"user_data": {user_data}, "events": [{{"event_id": "ord-{number}-Purchase", "event_name": "Purchase",'
        f' "parameters": {{"order_id": "INV-{number}"}}}}]}}'
    )
    delivery = make_delivery(store, event_ids=[f"ord-{number}-Purchase"], error="em is odd", **fields)
    delivery.keep_buyer("w•••@contoh.id")
    delivery.save()
    make_body(delivery, payload.encode(), b"{}")
    search.index(delivery, read(payload), "em is odd")
    return delivery


def erase(**known: str) -> Erasure:
    deed = Erasure(Buyer(**known), by=None, reason="She asked for it", now=timezone.now())
    assert list(deed.run())
    return deed
