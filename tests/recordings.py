"""Recordings as browsers save them: a visit to a batik shop, hit by hit and call by call."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

STORE_ID = "store_vlzpML8edzxO5roOdV7Oyfn6"
PIXEL = "301029384756102"
SHOP = "https://batiknusantara.contoh.id"
EMAIL, PHONE = "wulan.pertiwi@contoh.id", "6281290076543"
COOKIE, KEY = "fr=0aB3rahasia.AWXsesi", "sfpk_RahasiaTokoBatikNusantara0123456789"
BEGAN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_FBP = "fb.1.1795402800000.1098115397"
_BUYER = {"em": EMAIL, "ph": PHONE, "fn": "Wulan", "ln": "Pertiwi", "country": "id", "fbp": _FBP}
ORDER: dict[str, Any] = {"value": 378000, "currency": "IDR", "content_type": "product", "content_ids": ["KMJ-BTK-L"]}

Entry = dict[str, Any]


def at(seconds: float) -> str:
    """So long after the visit began, as Chrome writes it."""
    return (BEGAN + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def entry(
    url: str, seconds: float = 0, *, method: str = "GET", status: int = 200, posted: Entry | None = None, **more: Any
) -> Entry:
    """Any call, with the cookies, the key and the body that a browser records beside it."""
    headers = [{"name": "Cookie", "value": COOKIE}, {"name": "X-Scalev-Storefront-Api-Key", "value": KEY}]
    request = {"method": method, "url": url, "httpVersion": "h3", "headers": headers, "queryString": []}
    request["cookies"] = [{"name": "fr", "value": COOKIE}]
    response = {"status": status, "headers": headers, "cookies": [], "content": {"size": 4, "text": 'a"]}'}}
    timings = {"send": 0, "wait": 21.4, "receive": 0.3}
    posting = {"postData": posted} if posted else {}
    whole = {"startedDateTime": at(seconds), "time": 21.7, "request": request | posting, "response": response}
    return whole | {"cache": {}, "timings": timings, "pageref": "page_1", **more}


def fields(
    name: str, event_id: str = "", pixel: str = PIXEL, page: str = "/checkout", **parameters: Any
) -> dict[str, str]:
    """What the pixel says of one event."""
    told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()}
    return {
        "id": pixel,
        "ev": name,
        "dl": f"{SHOP}{page}",
        "rl": f"{SHOP}/",
        "ts": str(int(BEGAN.timestamp() * 1000)),
        **{f"cd[{key}]": value for key, value in told.items()},
        **({"eid": event_id} if event_id else {}),
        "ud[em]": "1c5bd4a1ab6a3bc5e8d8cb0c0e2a2ffb6a1a7a5c1d3d7f0ab9e2d1f7bbd2c9aa",
        "fbp": _FBP,
    }


def hit(name: str, event_id: str = "", seconds: float = 0, *, pixel: str = PIXEL, **parameters: Any) -> Entry:
    """A hit in the query, as the pixel sends a short one."""
    query = urlencode(fields(name, event_id, pixel, **parameters))
    return entry(f"https://www.facebook.com/tr/?{query}", seconds, _resourceType="image")


def posted_hit(text: str, mime: str, seconds: float = 0) -> Entry:
    """A hit in the body, as the pixel sends a long one."""
    return entry("https://www.facebook.com/tr/", seconds, method="POST", posted={"mimeType": mime, "text": text})


def event(name: str, event_id: Any, **parameters: Any) -> Entry:
    return {"event_id": event_id, "event_name": name, "parameters": parameters}


def call(*events: Entry, seconds: float = 0.4, status: int = 204, store: str = STORE_ID, **more: Any) -> Entry:
    """A call to Scalev's relay."""
    payload = {"event_source_url": f"{SHOP}/checkout", "user_data": _BUYER, "events": list(events), **more}
    return relayed(json.dumps(payload), seconds, status=status, store=store)


def relayed(text: str, seconds: float = 0.4, *, status: int = 204, store: str = STORE_ID) -> Entry:
    url = f"https://api.scalev.com/v3/stores/{store}/public/analytics/meta/events"
    return entry(url, seconds, method="POST", status=status, posted={"mimeType": "application/json", "text": text})


def answered(recorded: Entry, status: int) -> Entry:
    return recorded | {"response": recorded["response"] | {"status": status}}


def unanswered(recorded: Entry, error: str = "") -> Entry:
    """A hit or a call to which no answer came, with the browser's word for that."""
    return recorded | {"response": recorded["response"] | {"status": 0, "_error": error}}


def har(*entries: Entry) -> bytes:
    creator = {"name": "WebInspector", "version": "537.36"}
    pages = [{"id": "page_1", "title": f"{SHOP}/", "startedDateTime": at(0), "pageTimings": {}}]
    return json.dumps({"log": {"version": "1.2", "creator": creator, "pages": pages, "entries": entries}}).encode()


def file(*entries: Entry) -> io.BytesIO:
    return io.BytesIO(har(*entries))


def visit() -> tuple[Entry, ...]:
    """A whole visit in which everything that may go wrong does, once."""
    page = entry(f"{SHOP}/")
    product: Entry = {"content_ids": ["KMJ-BTK-L"], "content_type": "product"}
    preflight = call(event("PageView", "pv-1"), seconds=0.3)
    preflight["request"]["method"] = "OPTIONS"
    copy = hit("PageView", "pv-1", 0.2)
    copy["request"]["url"] = copy["request"]["url"].replace("/tr/", "/privacy_sandbox/pixel/register/trigger/")
    return (
        page,
        hit("PageView", "pv-1", 0.2),
        copy,
        preflight,
        call(event("PageView", "pv-1"), seconds=0.6),
        hit("ViewContent", "vc-1", 14, **product),
        hit("AddToCart", "atc-1", 40, value="189000", currency="IDR", **product),
        call(event("AddToCart", "atc-1", value=198000, currency="IDR", **product), seconds=40.5),
        call(event("InitiateCheckout", "ic-1", value=378000, currency="IDR", num_items=2), seconds=61),
        hit("Purchase", "ord-88213-Purchase", 120, **ORDER),
        hit("Purchase", "ord-88213-Purchase", 121, **ORDER),
        call(event("Purchase", "ord-88213-Purchase", **ORDER), seconds=120.4),
    )
