"""One payload for each code that a rule may speak, and one that gives no cause: for the tests and the manual.

Each is a change of a believable request, by what is put into its parts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from events.domain.circumstances import Circumstances, History, Use
from events.domain.destination import Proven, Rule
from events.domain.patch import Operation, apply, replace
from events.domain.payload import Payload
from events.domain.tree import Number, read

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_STORE = Circumstances(country="id", currency="IDR", hosts=("batiknusantara.contoh.id",), now=NOW)
_CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
_LANDED = f"https://batiknusantara.contoh.id/?fbclid={_CLICK}"
_SECONDS = int(NOW.timestamp()) - 86_400
_FBC = f"fb.1.{_SECONDS}000.{_CLICK}"
_FBP = f"fb.1.{_SECONDS}000.1098115397"
_SHOP = "https://batiknusantara.contoh.id/"
_CHECKOUT = f"{_SHOP}checkout"
_EM = "wulan.pertiwi@contoh.id"


@dataclass(frozen=True)
class Example:
    """`wrong` and `right` say what is put where, by the parts of `payload`; `known` is what is known beside it.

    `then` changes what is wrong further, where Python's own JSON cannot write it.
    """

    code: str
    wrong: dict[str, Any]
    right: dict[str, Any]
    known: Circumstances = field(default=_STORE)
    then: tuple[Operation, ...] = ()

    @property
    def provoking(self) -> Payload:
        return Payload.of(apply(read(json.dumps(payload(self.wrong))), self.then))

    @property
    def harmless(self) -> Payload:
        return Payload.of(read(json.dumps(payload(self.right))))


def payload(changes: dict[str, Any]) -> dict[str, Any]:
    """A whole request. `buyer`, `event`, `parameters` and `top` are merged into it; `...` takes a key away."""
    parameters = {"value": 189000, "currency": "IDR"} | changes.get("parameters", {})
    event = {"event_id": "ord-88213", "event_name": "Lead", "parameters": parameters} | changes.get("event", {})
    buyer = {"em": _EM} | changes.get("buyer", {})
    whole: dict[str, Any] = {
        "event_source_url": "https://batiknusantara.contoh.id/checkout",
        "user_data": buyer,
        "events": [event],
    } | changes.get("top", {})
    for part in (parameters, event, buyer, whole):
        for key in [key for key, value in part.items() if value is ...]:
            del part[key]
    return whole


def _top(**members: Any) -> dict[str, Any]:
    return {"top": members}


def _line(item: Any, quantity: Any = 1) -> dict[str, Any]:
    members = {"variant_unique_id": item, "quantity": quantity}
    return _top(variants=[{key: value for key, value in members.items() if value is not ...}])


def _buyer(**members: Any) -> dict[str, Any]:
    return {"buyer": members}


def _addresses(page: str, referrer: str | None) -> dict[str, Any]:
    return {"top": {"event_source_url": page, "referrer_url": referrer}}


def _event(name: str, **parameters: Any) -> dict[str, Any]:
    return {"event": {"event_name": name}, "parameters": parameters}


def _parameters(**parameters: Any) -> dict[str, Any]:
    return {"parameters": parameters}


def _page(url: str) -> dict[str, Any]:
    return {"top": {"event_source_url": url}}


def _used(name: str, hours: float, *, order: bool = False) -> Circumstances:
    use = (Use(event=0, delivery=88213, event_name=name, age=timedelta(hours=hours)),)
    return Circumstances(history=History(orders=use) if order else History(event_ids=use))


_PRODUCT = {"id": "KMJ-BTK-L", "quantity": 1}
_TWICE = [{"event_id": "ord-88213", "event_name": "Lead"}, {"event_id": "ord-88213", "event_name": "Lead"}]
_TWO = [{"event_id": "ord-88213", "event_name": "Lead"}, {"event_id": "ord-88213", "event_name": "Contact"}]
_BY_REFERRER = Circumstances(proven=Proven(Rule.REFERRER))
_HALF_LOOKED_UP = Circumstances(history=History(unlooked=1))
_KNOWN_ITEM = Circumstances(known_items=frozenset({"variant_k3R9vQ2"}))
_ARRIVED = Circumstances(now=NOW, landing_url=_LANDED)

_LINE = _line("variant_k3R9vQ2")
_MANY = [{"variant_unique_id": "", "quantity": 1}] * 201
_VALUE = ("events", 0, "parameters", "value")

EXAMPLES = (
    Example("C002", _top(user_data=...), {}),
    Example("C010", _top(user_data=[]), {}),
    Example("C011", _buyer(ph=6281290076543), {}),
    Example("C012", _buyer(location_id="7"), _buyer(location_id=7)),
    Example("C020", _top(events={"event_id": "ord-88213", "event_name": "Lead"}), {}),
    Example("C021", _top(events=[]), {}),
    Example("C022", _top(events=["Lead"]), {}),
    Example("C023", {"event": {"event_id": ...}}, {}),
    Example("C024", {"event": {"event_id": 88213}}, {}),
    Example("C025", {"event": {"parameters": []}}, {"event": {"parameters": {}}}),
    Example("C030", _top(variants={}), _top(variants=[])),
    Example("C031", _top(variants=["variant_k3R9vQ2"]), _LINE),
    Example("C032", _line(...), _LINE),
    Example("C033", _line(1042), _LINE),
    Example("C034", _line("variant_k3R9vQ2", ...), _LINE),
    Example("C035", _line("variant_k3R9vQ2", "2"), _LINE),
    Example("C036", _line("variant_k3R9vQ2", 0), _LINE),
    Example("C040", {"event": {"event_time": 1763800000}}, _parameters(event_time=1763800000)),
    Example("S001", _page("https://batiknusantara.contoh.id/?utm_source=ig"), {}),
    Example("S002", _page("batiknusantara.contoh.id/checkout"), {}),
    Example("S003", _buyer(client_ip_address="203.0.113.7"), {}),
    Example("S004", {"event": {"event_id": ""}}, {}),
    Example("S005", _line(""), _line("variant_k3R9vQ2")),
    Example("S006", _line("1042"), _line("variant_1042")),
    Example("S007", _line("KMJ-BTK-L"), _line("variant_k3R9vQ2")),
    Example("S008", _top(variants=_MANY), _top(variants=_MANY[:200])),
    Example("S009", _line("variant_lain"), _line("variant_k3R9vQ2"), _KNOWN_ITEM),
    Example("S010", _page("https://tokolain.contoh.id/"), _page("https://www.batiknusantara.contoh.id/")),
    Example("S011", _page("http://localhost:3000/"), {}),
    Example("S012", _page("http://batiknusantara.contoh.id/"), {}),
    Example("S013", _page("https://app.midtrans.com/snap/v4/redirection/1"), {}),
    Example("S015", {"top": {"test_event_code": "TEST12345"}}, {"top": {"promo": "lebaran"}}),
    Example("S016", {"event": {"event_id": "ord-88213 "}}, {}),
    Example("S017", _addresses(_CHECKOUT, _SHOP), _addresses(_CHECKOUT, _CHECKOUT)),
    Example("S018", _addresses(_CHECKOUT, None), _addresses(_CHECKOUT, _SHOP), _BY_REFERRER),
    Example("S019", _top(event_source_url=...), {}),
    Example("M001", _buyer(ph="081290076543"), _buyer(ph="6281290076543")),
    Example("M002", _buyer(country="uk"), _buyer(country="gb")),
    Example("M003", _buyer(ph="+62 0812 9007 6543"), _buyer(ph="+62 812 9007 6543")),
    Example("M004", _buyer(ph="6281290076543.0"), _buyer(ph="6281290076543")),
    Example("M005", _buyer(ph="62812"), _buyer(ph="6281290076543")),
    Example("M006", _buyer(em="wulan.pertiwi @contoh.id"), _buyer(em=" Wulan.Pertiwi@contoh.id ")),
    Example("M007", _buyer(em="62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"), {}),
    Example("M008", _buyer(fn="Wulan Pertiwi"), _buyer(fn="Siti Aminah", ln="Pertiwi")),
    Example("M009", _buyer(ct="Kota Bandung"), _buyer(ct="Kotabumi")),
    Example("M010", _event("add_to_cart", contents=[_PRODUCT]), _event("AddToCart", contents=[_PRODUCT])),
    Example("M011", _buyer(st="Jabar"), _buyer(st="Jawa Barat")),
    Example("M012", {"top": {"events": _TWICE}}, {"top": {"events": _TWO}}),
    Example("M013", _buyer(external_id=""), _buyer(external_id="CUST-1042")),
    Example("M014", _buyer(em=..., country="id"), _buyer(country="id")),
    Example("M015", _buyer(em=f"{_EM}; dewi.lestari@contoh.id"), {}),
    Example("M016", _buyer(ph="621111111111"), _buyer(ph="6281290076543")),
    Example("M017", _buyer(em="wulan.pertiwi@gmial.com"), {}),
    Example("M018", _buyer(ph="62812" * 80), {}),
    Example("M019", _buyer(em=..., email=_EM), {}),
    Example("M020", _event("Purchase", currency=...), _event("Purchase")),
    Example("M021", _parameters(value="Rp 189.000"), {}),
    Example("M022", _parameters(currency="Rp"), _parameters(currency="idr")),
    Example("M023", {}, _parameters(value=95300), then=(replace(_VALUE, Number("95.300")),)),
    Example("M024", _parameters(currency=...), _parameters(value=..., currency=...)),
    Example("M025", _parameters(value=-1), _parameters(value=0)),
    Example("M026", _event("Purchase", value=0), _event("Purchase")),
    Example("M027", _parameters(contents=[{"quantity": 1}]), _parameters(contents=[_PRODUCT])),
    Example("M028", _parameters(contents=[_PRODUCT], content_ids=["KMJ-BTK-M"]),
            _parameters(contents=[_PRODUCT], content_ids=["KMJ-BTK-L"])),
    Example("M029", _line("variant_k3R9vQ2") | _parameters(contents=[_PRODUCT | {"quantity": 2}]),
            _line("variant_k3R9vQ2") | _parameters(contents=[_PRODUCT])),
    Example("M030", _parameters(contents=[_PRODUCT], num_items=3), _parameters(contents=[_PRODUCT], num_items=1)),
    Example("M031", _parameters(content_ids=["KMJ-BTK-L"]),
            _parameters(content_ids=["KMJ-BTK-L"], content_type="product")),
    Example("M032", _event("AddToCart"), _event("AddToCart", contents=[_PRODUCT])),
    Example("M033", _parameters(delivery_category="kurir"), _parameters(delivery_category="home_delivery")),
    Example("M034", _parameters(num_items="2"), _parameters(num_items=2)),
    Example("M035", _parameters(content_ids="KMJ-BTK-L"), _parameters(content_ids=["KMJ-BTK-L"])),
    Example("M036", _parameters(contents=[_PRODUCT | {"item_price": 189}]),
            _parameters(contents=[_PRODUCT | {"item_price": 179000}])),
    Example("M037", {"event": {"event_name": " "}}, {}),
    Example("M038", _event("Search", content_ids=["KMJ-BTK-L"]),
            _event("Search", content_ids=["KMJ-BTK-L"], search_string="kemeja batik")),
    Example("M039", _parameters(contents=[_PRODUCT | {"quantity": "2"}]), _parameters(contents=[_PRODUCT])),
    Example("M040", _buyer(fbc=f"fb.1.{_SECONDS}.{_CLICK}"), _buyer(fbc=_FBC)),
    Example("M041", _buyer(fbp=f"fb.1.{_SECONDS + 172_800}000.1098115397"), _buyer(fbp=_FBP)),
    Example("M042", _buyer(fbc=f"fb.1.1700000000000.{_CLICK}"), _buyer(fbc=_FBC)),
    Example("M043", _buyer(fbc=_FBC.lower()), _buyer(fbc=_FBC)),
    Example("M044", _buyer(fbc=_FBC[:-9]), _buyer(fbc=_FBC), _ARRIVED),
    Example("M045", {}, _buyer(fbc=_FBC), _ARRIVED),
    Example("M046", _buyer(fbp=f"fb.1.{_SECONDS}000.abc"), _buyer(fbp=_FBP)),
    Example("M047", _event("Purchase") | _buyer(fbc=f"fb.1.{_SECONDS + 86_400}000.{_CLICK}"),
            _event("Purchase") | _buyer(fbc=_FBC)),
    Example("M048", _buyer(fbp="fb.1.1700000000000.1098115397"), _buyer(fbp=_FBP)),
    Example("M049", _buyer(fbc=_CLICK), _buyer(fbc=_FBC), _ARRIVED),
    Example("M050", _page(f"https://batiknusantara.contoh.id/thanks?email={_EM}"), {}),
    Example("M051", _parameters(catatan=f"dikirim ke {_EM}"), _parameters(catatan="dikirim ke rumah")),
    Example("H001", {}, {"event": {"event_name": "Contact"}}, _used("Lead", 3)),
    Example("H002", {}, {"event": {"event_name": "Contact"}}, _used("Lead", 80)),
    Example("H003", {}, {"event": {"event_name": "Contact"}}, _used("Contact", 3)),
    Example("H004", _parameters(order_id="88213"), {"top": {"events": []}}, _used("Purchase", 3, order=True)),
    Example("H005", {"top": {"events": _TWO}}, {"top": {"events": []}}, _HALF_LOOKED_UP),
)  # fmt: skip
