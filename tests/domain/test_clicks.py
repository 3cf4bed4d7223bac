"""What became of a click ID on its way is told by the landing page, or by its own looks."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.clicks import built, click_id
from events.domain.diagnosis.examples import NOW
from events.domain.finding import Finding
from events.domain.patch import apply
from events.domain.payload import Payload
from events.domain.tree import at

CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
SHOP = "https://www.batiknusantara.contoh.id/"
STAMP = int((NOW - timedelta(days=1)).timestamp() * 1000)


def said(fbc: str, landing: str = "", name: str = "Purchase") -> list[Finding]:
    parameters = {"value": 189000, "currency": "IDR", "content_ids": ["KMJ"], "content_type": "product"}
    event = {"event_id": "ord-88213", "event_name": name, "parameters": parameters}
    buyer = {"em": "wulan.pertiwi@contoh.id"} | ({"fbc": fbc} if fbc else {})
    payload = Payload.from_json(json.dumps({"user_data": buyer, "events": [event]}))
    findings = review(payload, Circumstances(now=NOW, landing_url=landing))
    return [finding for finding in findings if finding.path == ("user_data", "fbc")]


def mended(fbc: str, landing: str = "") -> object:
    (finding,) = said(fbc, landing)
    tree = Payload.from_json(json.dumps({"user_data": {"fbc": fbc} if fbc else {}})).tree
    return at(apply(tree, finding.fix), ("user_data", "fbc"))


def test_the_same_letters_give_no_cause() -> None:
    assert said(f"fb.1.{STAMP}.{CLICK}", f"{SHOP}?utm_source=ig&fbclid={CLICK}#top") == []


@pytest.mark.parametrize(
    ("click", "word"),
    [
        (CLICK.lower(), "in capital letters"),
        (CLICK[:-12], "was cut: the landing page's is 12 letters longer"),
        (CLICK[::-1], "another one"),
    ],
)
def test_a_changed_click_id_is_told_by_the_landing_page_and_mended_from_it(click: str, word: str) -> None:
    (finding,) = said(f"fb.1.{STAMP}.{click}", f"{SHOP}?fbclid={CLICK}")

    assert finding.code == "M044"
    assert word in finding.message
    assert mended(f"fb.1.{STAMP}.{click}", f"{SHOP}?fbclid={CLICK}") == f"fb.1.{STAMP}.{CLICK}"


@pytest.mark.parametrize(
    ("written", "decoded"), [("IwAR2%2DabC", "IwAR2-abC"), ("IwAR2abC%3D%3D", "IwAR2abC=="), ("IwAR2+abC", "IwAR2 abC")]
)
def test_a_decoded_click_id_is_told_from_a_foreign_one(written: str, decoded: str) -> None:
    (finding,) = said(f"fb.1.{STAMP}.{decoded}", f"{SHOP}?fbclid={written}")

    assert "was decoded" in finding.message


def test_a_click_id_without_capitals_or_far_too_short_looks_changed_without_any_landing_page() -> None:
    assert [each.code for each in said(f"fb.1.{STAMP}.{CLICK.lower()}")] == ["M043"]
    assert [each.code for each in said(f"fb.1.{STAMP}.{CLICK[:12]}")] == ["M043"]


def test_a_cookie_inside_a_cookie_was_built_twice() -> None:
    nested = f"fb.1.{STAMP}.fb.1.{STAMP}.{CLICK}"

    (finding,) = said(nested)

    assert "built twice" in finding.message
    assert mended(nested) == f"fb.1.{STAMP}.{CLICK}"


def test_a_click_of_the_minute_in_which_somebody_buys_was_built_on_that_page() -> None:
    now = int(NOW.timestamp() * 1000)

    assert [each.code for each in said(f"fb.1.{now}.{CLICK}")] == ["M047"]
    assert said(f"fb.1.{now}.{CLICK}", name="PageView") == []
    assert said(f"fb.1.{now}.{CLICK}", f"{SHOP}?fbclid={CLICK}") == []


def test_a_click_id_is_built_from_the_landing_page_as_meta_builds_it() -> None:
    assert mended("", f"{SHOP}?fbclid={CLICK}") == f"fb.2.{int(NOW.timestamp() * 1000)}.{CLICK}"


def test_a_click_id_that_stands_alone_is_put_into_its_cookie() -> None:
    (finding,) = said(f" {CLICK} ", f"{SHOP}?fbclid={CLICK}")

    assert finding.code == "M049"
    assert mended(f" {CLICK} ", f"{SHOP}?fbclid={CLICK}") == f"fb.2.{int(NOW.timestamp() * 1000)}.{CLICK}"


@pytest.mark.parametrize(("days", "codes"), [(30, []), (200, ["M048"])])
def test_a_browser_id_older_than_its_cookie_lives_is_hinted_at(days: int, codes: list[str]) -> None:
    stamp = int((NOW - timedelta(days=days)).timestamp() * 1000)
    source = json.dumps({"user_data": {"fbp": f"fb.1.{stamp}.1098115397"}, "events": []})

    findings = review(Payload.from_json(source), Circumstances(now=NOW))

    assert [finding.code for finding in findings if finding.path == ("user_data", "fbp")] == codes


@pytest.mark.parametrize("url", ["", SHOP, "fbclid=abc", f"{SHOP}?xfbclid=abc", f"{SHOP}#?fbclid"])
def test_an_address_without_a_click_id_has_none(url: str) -> None:
    assert click_id(url) == ""


@pytest.mark.parametrize("url", ["http://[?fbclid=abc", "batik?fbclid=abc", "https://?fbclid=abc"])
def test_a_broken_address_still_gives_a_click_id(url: str) -> None:
    assert built(click_id(url), url, NOW) == f"fb.1.{int(NOW.timestamp() * 1000)}.abc"
