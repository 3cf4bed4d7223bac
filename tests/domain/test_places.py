"""Addresses: a page that is not named, apps as referrers, and whose pixels an event would take."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example

SHOP = "https://batiknusantara.contoh.id/"
CHECKOUT = f"{SHOP}checkout"
HOSTS = Circumstances(hosts=("batiknusantara.contoh.id",))


def said(known: Circumstances = HOSTS, **top: Any) -> set[str]:
    return {finding.code for finding in review(Example("", {"top": top}, {}).provoking, known)}


@pytest.mark.parametrize("known", [HOSTS, Circumstances()])
@pytest.mark.parametrize(
    "referrer", ["https://l.facebook.com/", "https://www.instagram.com/", "https://app.midtrans.com/snap/v4/1"]
)
def test_a_referrer_that_is_not_the_shops_points_to_no_configuration(known: Circumstances, referrer: str) -> None:
    assert said(known, event_source_url=CHECKOUT, referrer_url=referrer) == set()


@pytest.mark.parametrize("known", [HOSTS, Circumstances()])
def test_two_pages_of_the_shop_may_point_to_two_configurations(known: Circumstances) -> None:
    assert said(known, event_source_url=CHECKOUT, referrer_url=SHOP.replace("//", "//www.")) == {"S017"}


def test_an_app_is_a_referrer_as_browsers_name_it_and_no_page() -> None:
    app = "android-app://com.google.android.googlequicksearchbox/"

    assert said(referrer_url=app) == set()
    assert "S002" in said(event_source_url=app)


@pytest.mark.parametrize("page", [..., None, "", "  "])
def test_an_event_without_its_page_is_hinted_at(page: Any) -> None:
    assert said(event_source_url=page) == {"S019"}
