"""What some codes say in other words: one example more for each wording, for the tests and the manual."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from events.domain.circumstances import Circumstances, History, Use
from events.domain.diagnosis.examples import EXAMPLES, NOW, Example

_BY_CODE = {example.code: example for example in EXAMPLES}
_CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
_STAMP = f"{int(NOW.timestamp()) - 86_400}000"
_FBC = f"fb.1.{_STAMP}.{_CLICK}"
_SHOP = "https://batiknusantara.contoh.id/"


def _arrived(click: str) -> Circumstances:
    return Circumstances(now=NOW, landing_url=f"{_SHOP}?fbclid={click}")


def _buyer(code: str, known: Circumstances | None = None, **members: object) -> Example:
    """The code's own example with another wrong value of the buyer."""
    example = _BY_CODE[code]
    return replace(example, wrong={"buyer": members}, known=known or example.known)


def _parameters(code: str, **parameters: object) -> Example:
    return replace(_BY_CODE[code], wrong={"parameters": parameters})


_NAMED = {"fn": "Wulan", "ln": "Pertiwi"}
_REPEATED = (Use(event=0, delivery=88213, event_name="Lead", age=timedelta(hours=3), same_content=True),)
VARIANTS = (
    _buyer("M001", ph="81290076543"),
    _buyer("M004", ph="6.28129E+12"),
    _buyer("M005", ph="+999 1234 5678"),
    _buyer("M005", ph="6581290076543210987"),
    replace(_BY_CODE["M020"], wrong={"event": {"event_name": "Purchase"}, "parameters": {"value": ...}}),
    replace(_BY_CODE["M010"], wrong={"event": {"event_name": "generate_lead"}}),
    replace(_BY_CODE["M010"], wrong={"event": {"event_name": "ClickButton"}}),
    _parameters("M013", order_id=""),
    _parameters("M021", predicted_ltv="tinggi"),
    _parameters("M027", contents={"id": "KMJ-BTK-L", "quantity": 1}),
    _parameters("M039", contents=[{"id": "KMJ-BTK-L", "quantity": 1, "item_price": "Rp 189.000"}]),
    _parameters("M031", content_type="produk"),
    _buyer("M040", fbc="IwAR2F4dbP0l7Mn1IawQQGCINEz7"),
    _buyer("M040", fbc=f"fb.1.{_STAMP}.IwAR2F4%2DdbP0l7Mn1IawQQGCINEz7"),
    _buyer("M040", fbc=f"fb.1.{_STAMP}.{_FBC}"),
    _buyer("M043", fbc=f"fb.1.{_STAMP}.IwAR2F4"),
    _buyer("M044", fbc=_FBC.lower()),
    _buyer("M044", fbc=f"fb.1.{_STAMP}.{_CLICK[::-1]}"),
    _buyer("M044", _arrived("IwAR2F4dbP0l7%3D%3D"), fbc=f"fb.1.{_STAMP}.IwAR2F4dbP0l7=="),
    replace(_BY_CODE["M050"], wrong={"buyer": _NAMED, "top": {"event_source_url": f"{_SHOP}terima-kasih?nama=Wulan"}}),
    replace(_BY_CODE["M051"], wrong={"buyer": _NAMED, "parameters": {"nama": "Wulan Pertiwi"}}),
    replace(_BY_CODE["M051"], wrong={"event": {"event_id": "wulan.pertiwi@contoh.id-1"}}),
    replace(_BY_CODE["H001"], known=Circumstances(history=History(event_ids=_REPEATED))),
)
