"""The fifteen causes for which events most often fail at Meta: each is shown, before a send or after it.

A test for each, named after the cause, in the order in which people report them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from events.domain.checklist import checklist
from events.domain.circumstances import Circumstances, History, Use
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import NOW, Example
from events.domain.ending import Ending
from events.domain.explanation import explain
from events.domain.finding import Finding
from events.domain.match_keys import Standing, match_keys
from events.domain.meta_forms import compared
from events.domain.outcome import Outcome
from events.domain.pair import Verdict
from events.domain.recording import audit, entries
from events.domain.resending import Earlier, foresight
from events.forms.keys import StorefrontKeyField
from events.forms.stores import StoreIdField
from tests import recordings
from tests.domain import halves

SHOP = "https://batiknusantara.contoh.id/"
CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
FBC = f"fb.1.{int(NOW.timestamp() * 1000) - 86_400_000}.{CLICK}"
STORE = Circumstances(country="id", currency="IDR", hosts=("batiknusantara.contoh.id",), now=NOW)


def said(known: Circumstances = STORE, **changes: Any) -> dict[str, Finding]:
    """The findings on a believable request with these parts changed, by code."""
    payload = Example("", changes, {}).provoking
    return {finding.code: finding for finding in review(payload, known)}


def used(name: str, *, order: bool = False) -> Circumstances:
    use = (Use(event=0, delivery=88213, event_name=name, age=timedelta(hours=3)),)
    return Circumstances(history=History(orders=use) if order else History(event_ids=use))


def standing(name: str, **buyer: Any) -> Standing:
    payload = Example("", {"buyer": buyer}, {}).provoking
    steps = match_keys(payload, review(payload, STORE), by_browser=False).steps
    return next(step.standing for step in steps if name in step.names)


def after_sending(**changes: Any) -> str:
    """All that the checklist says once Scalev took a request with these parts changed."""
    places = checklist(Example("", changes, {}).provoking.tree, by_browser=False)
    return " ".join(str(line) for place in places for line in place.looks)


def verdicts(*recorded: dict[str, Any]) -> list[str]:
    found = audit(entries(recordings.file(*recorded), 1_000_000), lambda _call, _landing: STORE)
    return [pair.verdict.value for pair in found.pairs]


def test_01_browser_and_server_send_different_event_ids() -> None:
    found = halves.compared(halves.browser(event_id="web-77120"))

    assert found.verdict is Verdict.APART
    assert "Two different IDs" in found.points[1].message
    assert "not deduplicated" in after_sending()


def test_02_one_event_id_is_used_for_different_actions() -> None:
    assert "Lead used this event ID" in said(used("Lead"), event={"event_name": "Contact"})["H003"].message
    assert "with other content" in said(used("Contact"), event={"event_name": "Contact"})["H001"].message


def test_03_two_owners_fire_the_same_purchase() -> None:
    again = said(used("Purchase", order=True), event={"event_name": "Purchase"}, parameters={"order_id": "88213"})

    assert "sent a Purchase of this order" in again["H004"].message
    assert verdicts(recordings.hit("Purchase", "ord-88213"), recordings.hit("Purchase", "ord-88213", 2)) == ["doubled"]


def test_04_a_purchase_is_not_fired_or_its_page_left_too_fast() -> None:
    checkout = recordings.hit("InitiateCheckout", "ck-1"), recordings.call(recordings.event("InitiateCheckout", "ck-1"))
    half = recordings.hit("Purchase", "ord-88213", 9)

    assert verdicts(*checkout, half) == ["paired", "browser_only"]
    assert "it counts once" in foresight([Earlier(Outcome.TIMED_OUT, timedelta(minutes=3))])


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"value": ...}, "M020"),
        ({"currency": ...}, "M020"),
        ({"value": "Rp 189.000"}, "M021"),
        ({"currency": "Rp"}, "M022"),
        ({"value": 0}, "M026"),
    ],
)
def test_05_value_or_currency_is_missing_or_written_in_words(parameters: dict[str, Any], code: str) -> None:
    assert code in said(event={"event_name": "Purchase"}, parameters=parameters)


def test_06_the_phone_has_no_country_code() -> None:
    finding = said(buyer={"ph": "081290076543"})["M001"]

    assert finding.fix[0].value == "6281290076543"
    assert standing("ph", ph="081290076543") is Standing.DOUBTFUL


@pytest.mark.parametrize(
    ("fbc", "landing", "code"),
    [
        (FBC.lower(), f"{SHOP}?fbclid={CLICK}", "M044"),
        (FBC[:-12], f"{SHOP}?fbclid={CLICK}", "M044"),
        (f"fb.1.{int(NOW.timestamp() * 1000)}.{CLICK}", "", "M047"),
        (FBC.lower(), "", "M043"),
        (f"fb.1.{int(NOW.timestamp())}.{CLICK}", "", "M040"),
    ],
)
def test_07_the_click_id_was_changed_cut_or_rebuilt(fbc: str, landing: str, code: str) -> None:
    known = Circumstances(now=NOW, landing_url=landing)

    assert code in said(known, buyer={"fbc": fbc}, event={"event_name": "Purchase"})


def test_08_click_id_and_browser_id_are_missing() -> None:
    arrived = Circumstances(now=NOW, landing_url=f"{SHOP}?fbclid={CLICK}")

    assert said(arrived)["M045"].fix
    assert {standing("fbc"), standing("fbp")} == {Standing.MISSING}
    assert standing("fbc", fbc=FBC) is Standing.THERE


def test_09_values_are_hashed_before_scalev_hashes_them() -> None:
    digest = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"

    assert "hashed already" in said(buyer={"em": digest})["M007"].message
    assert [value.is_hashed for value in compared(Example("", {"buyer": {"em": digest}}, {}).provoking)] == [False]


def test_10_the_address_is_the_servers_and_not_the_buyers() -> None:
    payload = Example("", {}, {}).provoking
    caller = match_keys(payload, (), by_browser=False).steps[1]

    assert "this console's server, the same for every event, and not the buyer" in caller.note
    assert "S003" in said(buyer={"client_ip_address": "203.0.113.7"})


def test_11_product_ids_are_not_those_of_the_catalogue() -> None:
    known = Circumstances(known_items=frozenset({"variant_k3R9vQ2"}))
    line = {"variants": [{"variant_unique_id": "variant_lain", "quantity": 1}]}
    ids = {"content_ids": ["KMJ-BTK-L"], "contents": [{"id": "1042", "quantity": 1}]}

    assert "S009" in said(known, top=line)
    assert {"M028", "M031"} <= set(said(parameters=ids))
    assert "S006" in said(top={"variants": [{"variant_unique_id": "1042", "quantity": 1}]})
    assert "missing from the catalogue at Meta" in after_sending(parameters=ids)


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("https://staging.tokolain.contoh.id/", "S010"),
        ("http://localhost:3000/checkout", "S011"),
        ("http://batiknusantara.contoh.id/", "S012"),
        ("https://app.midtrans.com/snap/v4/redirection/1", "S013"),
    ],
)
def test_12_the_page_is_not_on_a_domain_of_the_shop(page: str, code: str) -> None:
    assert code in said(top={"event_source_url": page})
    assert "traffic permissions may keep the shop's domain out" in after_sending()


@pytest.mark.parametrize("key", ["sk_live_88213", "rk_live_88213", "X-Scalev-Page-Api-Key: sfpk_88213", "pgk_88213"])
def test_13_the_storefront_key_is_of_another_kind(key: str) -> None:
    with pytest.raises(ValidationError):
        StorefrontKeyField().clean(key)


def test_13_the_store_is_named_by_its_number_and_afterwards_four_causes_are_weighed() -> None:
    with pytest.raises(ValidationError, match="begins with store_"):
        StoreIdField().clean("10427")
    causes = " ".join(cause.text for cause in explain(Ending(Outcome.NOT_FOUND, status=404)).causes)

    assert all(word in causes for word in ("store ID", "storefront key", "page key", "plan"))


def test_14_the_pixel_in_scalev_lacks_its_token_or_keeps_a_test_code() -> None:
    after = explain(Ending(Outcome.ACCEPTED, status=204))
    told = " ".join((after.sentence, after.meaning, after.next_step, *after.likely, after_sending()))

    assert "no token" in told
    assert "test event code" in told
    assert "belongs to the pixel in Scalev" in said(top={"test_event_code": "TEST12345"})["S015"].hint


def test_15_the_event_has_a_name_of_its_own_or_comes_too_late() -> None:
    assert said(event={"event_name": "purchase"})["M010"].fix[0].value == "Purchase"
    assert "as if it happened now" in foresight([Earlier(Outcome.REJECTED, timedelta(days=8))])
