"""Invented deliveries as Indonesian shops would leave them: the same seed gives the same ones.

Nobody in here lives: names are put together, mail goes to reserved domains, and phones end in digits made up here.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from events.domain.outcome import Outcome
from events.domain.tree import Array, Json, Number, Object
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

DAYS = 60
# Of a hundred deliveries: so many hold two or three events, repeat an earlier one, or fail.
BATCHES, RESENDS, FAILED = 0.05, 0.03, 0.08
BY_BROWSER = 0.12
_SHOPS_KEPT = 400


@dataclass(frozen=True)
class Invented:
    """One delivery: what was sent by which of the `SHOPS`, and what came back. `repeats` is an earlier one's number."""

    number: int
    shop: int
    at: datetime
    browser: bool
    names: tuple[str, ...]
    ids: tuple[str, ...]
    tree: Json
    payload: bytes
    outcome: Outcome
    status: int | None
    error: str
    answer: bytes
    duration_ms: int
    repeats: int | None = None


def invented(count: int, seed: int, start: datetime, end: datetime) -> Iterator[Invented]:
    """`count` deliveries between two moments, oldest first."""
    chance = Random(seed)  # nosec B311  # invented data, no secret
    weights = [shop.weight for shop in SHOPS]
    pace = (end - start) / max(count, 1)
    earlier: list[Invented] = []
    for number in range(count):
        at = start + pace * number + pace * chance.random()
        if earlier and chance.random() < RESENDS:
            again = chance.choice(earlier)
            sent = replace(again, number=number, at=at, browser=False, repeats=again.number)
        else:
            sent = _sent(chance, number, chance.choices(range(len(SHOPS)), weights)[0], at)
        answered = _answered(chance, sent)
        earlier = [*earlier[-_SHOPS_KEPT:], answered] if not number % 5 else earlier
        yield answered


def _sent(chance: Random, number: int, place: int, at: datetime) -> Invented:
    shop = SHOPS[place]
    size = chance.choice((2, 3)) if chance.random() < BATCHES else 1
    names = tuple(chance.choices(list(EVENTS), list(EVENTS.values()), k=size))
    order = f"{shop.orders}-{at:%y%m%d}-{chance.randrange(100_000):05}"
    ids = tuple(_event_id(chance, name, order) for name in names)
    sku, slug, price = chance.choice(PRODUCTS)
    line: dict[str, Any] = {
        "id": f"variant_{sku}{chance.choice('SMLX')}",
        "quantity": chance.choice((1, 1, 1, 2, 3)),
        "price": price,
    }
    line["name"] = slug.replace("-", " ").title()
    content: dict[str, Any] = {
        "event_source_url": f"https://{shop.host}/{_page(names[0], slug)}?{_campaign(chance)}",
        "referrer_url": chance.choice(ARRIVALS),
        "user_data": _buyer(chance, at),
        "events": [_event(name, event_id, order, line) for name, event_id in zip(names, ids, strict=True)],
        "variants": [{"variant_unique_id": line["id"], "quantity": line["quantity"]}],
    }
    payload = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    by_browser = chance.random() < BY_BROWSER
    return Invented(
        number, place, at, by_browser, names, ids, _frozen(content), payload, Outcome.ACCEPTED, 204, "", b"", 0
    )


def _answered(chance: Random, sent: Invented) -> Invented:
    duration = round(chance.lognormvariate(5.2, 0.45))
    if chance.random() >= FAILED:
        return replace(sent, outcome=Outcome.ACCEPTED, status=204, error="", answer=b"", duration_ms=duration)
    failure = chance.choices(FAILURES, [failure.weight for failure in FAILURES])[0]
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
    if name in ("Purchase", "InitiateCheckout", "AddPaymentInfo"):
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


def _frozen(value: Any) -> Json:
    """The tree that `tree.read` would give, made at once: half of the time of a row went into reading."""
    if isinstance(value, dict):
        return Object(tuple((key, _frozen(member)) for key, member in value.items()))
    if isinstance(value, list):
        return Array(tuple(map(_frozen, value)))
    return Number(str(value)) if isinstance(value, int) else str(value)


def _token(chance: Random, length: int) -> str:
    return "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-", k=length))
