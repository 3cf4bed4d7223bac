"""Invented deliveries as Indonesian shops would leave them: the same seed gives the same ones.

Nobody in here lives: names are put together, mail goes to reserved domains, and phones end in digits made up here.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from events.domain.outcome import Outcome
from events.management.invented_words import (
    AREAS,
    ARRIVALS,
    BROWSERS,
    EVENTS,
    FAILURES,
    FIRST_NAMES,
    LAST_NAMES,
    MAIL_HOSTS,
    PRODUCTS,
    SHOPS,
)  # fmt: skip
from events.models.search.document import EVENT_ID, ORDER_ID

DAYS = 60
# Of a hundred deliveries: so many hold two or three events, repeat an earlier one, or fail.
BATCHES, RESENDS, FAILED = 0.05, 0.03, 0.08
BY_BROWSER = 0.12
# So many begin a visit; the others go on with one.
NEW_VISITS = 0.2
_VISITS_KEPT, _SENT_KEPT = 40, 400
_ORDERS = ("Purchase", "InitiateCheckout", "AddPaymentInfo")


@dataclass(frozen=True, eq=False)
class Visit:
    """A buyer's way through one of the `SHOPS`: several events tell of her, and of the same item."""

    shop: int
    slug: str
    line: dict[str, Any]
    campaign: str
    referrer: str
    user_data: dict[str, str]


@dataclass(frozen=True)
class Invented:
    """One delivery: what was sent on which visit, and what came back. `repeats` is an earlier one's number.

    `values` are what the payload says in clear that a search finds, in the order of the search document.
    """

    number: int
    visit: Visit
    at: datetime
    browser: bool
    names: tuple[str, ...]
    ids: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    payload: bytes
    outcome: Outcome = Outcome.ACCEPTED
    status: int | None = 204
    error: str = ""
    answer: bytes = b""
    duration_ms: int = 0
    repeats: int | None = None


def invented(count: int, seed: str, start: datetime, end: datetime) -> Iterator[Invented]:
    """`count` deliveries between two moments, oldest first."""
    chance = Random(seed)  # nosec B311  # invented data, no secret
    pace = (end - start) / max(count, 1)
    visits: list[Visit] = []
    earlier: list[Invented] = []
    for number in range(count):
        at = start + pace * number + pace * chance.random()
        if earlier and chance.random() < RESENDS:
            again = chance.choice(earlier)
            sent = replace(again, number=number, at=at, browser=False, repeats=again.number)
        else:
            if not visits or chance.random() < NEW_VISITS:
                visits = [*visits[1 - _VISITS_KEPT :], _visit(chance, at)]
            sent = _sent(chance, number, chance.choice(visits), at)
        answered = _answered(chance, sent)
        if not number % 5:
            earlier = [*earlier[1 - _SENT_KEPT :], answered]
        yield answered


def _visit(chance: Random, at: datetime) -> Visit:
    sku, slug, price = chance.choice(PRODUCTS)
    line: dict[str, Any] = {
        "id": f"variant_{sku}{chance.choice('SMLX')}",
        "quantity": chance.choice((1, 1, 1, 2, 3)),
        "price": price,
        "name": slug.replace("-", " ").title(),
    }
    shop = chance.choices(range(len(SHOPS)), cum_weights=_SHOPS_WEIGHTS)[0]
    return Visit(shop, slug, line, _campaign(chance), chance.choice(ARRIVALS), _buyer(chance, at))


def _sent(chance: Random, number: int, visit: Visit, at: datetime) -> Invented:
    shop, line = SHOPS[visit.shop], visit.line
    size = chance.choice((2, 3)) if chance.random() < BATCHES else 1
    names = tuple(chance.choices(list(EVENTS), cum_weights=_EVENTS_WEIGHTS, k=size))
    order = f"{shop.orders}-{at:%y%m%d}-{chance.randrange(100_000):05}"
    ids = tuple(_event_id(chance, name, order) for name in names)
    page = f"{shop.host}/{_page(names[0], visit.slug)}"
    content: dict[str, Any] = {
        "event_source_url": f"https://{page}?{visit.campaign}",
        "referrer_url": visit.referrer,
        "user_data": visit.user_data,
        "events": [_event(name, event_id, order, line) for name, event_id in zip(names, ids, strict=True)],
        "variants": [{"variant_unique_id": line["id"], "quantity": line["quantity"]}],
    }
    payload = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    items = [item for name in names for item in ([(ORDER_ID, order)] * (name in _ORDERS) + [("", line["id"])])]
    values = (*(("", name) for name in names), *((EVENT_ID, event_id) for event_id in ids), *items, ("", page))
    return Invented(number, visit, at, chance.random() < BY_BROWSER, names, ids, values, payload)


def _answered(chance: Random, sent: Invented) -> Invented:
    duration = round(chance.lognormvariate(5.2, 0.45))
    if chance.random() >= FAILED:
        return replace(sent, outcome=Outcome.ACCEPTED, status=204, error="", answer=b"", duration_ms=duration)
    failure = chance.choices(FAILURES, cum_weights=_FAILURES_WEIGHTS)[0]
    error = failure.words.format(trace=f"{chance.getrandbits(64):016x}", number=chance.randrange(1, 99))
    answer = json.dumps({"error": error}).encode() if failure.status else b""
    if failure.outcome is Outcome.TIMED_OUT:
        duration = 20_000
    return replace(
        sent, outcome=failure.outcome, status=failure.status, error=error, answer=answer, duration_ms=duration
    )


def _event_id(chance: Random, name: str, order: str) -> str:
    """Half of the shops' plugins name the order, the others roll a UUID."""
    if name == "Purchase" and chance.random() < 0.5:
        return f"{order.lower()}-{name.lower()}"
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _page(name: str, slug: str) -> str:
    pages = {"PageView": f"produk/{slug}", "Search": "cari", "Purchase": "checkout/terima-kasih", "Contact": "kontak"}
    return pages.get(name, f"produk/{slug}" if name in ("ViewContent", "AddToCart", "AddToWishlist") else "checkout")


def _campaign(chance: Random) -> str:
    """What an advertisement leaves in the address of the page."""
    number = chance.randrange(10**15, 10**16)
    return f"utm_source=ig&utm_medium=paid&utm_campaign={number}&utm_content={number + 7}&fbclid={_token(chance, 61)}"


def _event(name: str, event_id: str, order: str, line: dict[str, Any]) -> dict[str, Any]:
    total = line["quantity"] * line["price"]
    parameters: dict[str, Any] = {
        "currency": "IDR",
        "value": total,
        "content_type": "product",
        "content_name": line["name"],
        "content_category": "Produk > Terlaris",
        "content_ids": [line["id"]],
        "contents": [{"id": line["id"], "quantity": line["quantity"], "item_price": line["price"]}],
        "num_items": line["quantity"],
    }
    if name in _ORDERS:
        parameters["order_id"] = order
    return {"event_id": event_id, "event_name": name, "parameters": parameters}


def _buyer(chance: Random, at: datetime) -> dict[str, str]:
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    city, province, code = chance.choice(AREAS)
    moment = int((at - timedelta(minutes=chance.randrange(600))).timestamp() * 1000)
    number = chance.randrange(10_000_000, 99_999_999)
    mail = f"{first}.{last}{chance.randrange(1, 9999)}@{chance.choice(MAIL_HOSTS)}".lower().replace(" ", "")
    return {
        "em": mail,
        "ph": f"628{chance.choice((11, 12, 13, 21, 52, 57, 81, 95))}{number}",
        "fn": first,
        "ln": last,
        "ct": city,
        "st": province,
        "zp": code,
        "country": "id",
        "external_id": f"cust_{chance.randrange(16**8):08x}",
        "fbc": f"fb.1.{moment}.IwAR{_token(chance, 56)}",
        "fbp": f"fb.1.{moment}.{chance.randrange(10**9, 10**10)}",
        "client_ip_address": f"203.0.113.{chance.randrange(1, 255)}",
        "client_user_agent": chance.choice(BROWSERS),
    }


def _token(chance: Random, length: int) -> str:
    """So many letters as a random token has them; four come of three bytes."""
    return base64.urlsafe_b64encode(chance.randbytes(length * 3 // 4 + 1))[:length].decode()


_SHOPS_WEIGHTS = list(accumulate(shop.weight for shop in SHOPS))
_EVENTS_WEIGHTS = list(accumulate(EVENTS.values()))
_FAILURES_WEIGHTS = list(accumulate(failure.weight for failure in FAILURES))
