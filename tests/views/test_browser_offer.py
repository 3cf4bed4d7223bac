"""Where a resend from the browser is offered, and where it is not, why; and what each channel proves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Delivery, Person
from tests.factories import make_person
from tests.views.exchanges import GOOD, make_exchange
from tests.views.hand_over import SCALEV, make_shop

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "The buyer asks why her order was not counted"
PRODUCTION = "https://api.scalev.com"
SWITCHED_OFF = "An admin has switched off sending from browsers for this store."
NEEDS_SCRIPTS = "Sending from your own browser needs JavaScript, which does not run on this page."
SHOW_FIRST = "through which the buyer’s values would pass: show them first."
NOT_SHOWN = "It cannot be resent from your own browser"
WHY_NOT = (SWITCHED_OFF, NEEDS_SCRIPTS, SHOW_FIRST, NOT_SHOWN)


@pytest.fixture(autouse=True)
def environments(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"sandbox": SCALEV, "production": PRODUCTION}


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def sent_by(person: Person | None, channel: str = "browser", **store: Any) -> Delivery:
    environment = store.get("environment", "sandbox")
    shop = make_shop(**store)
    return make_exchange(
        "interrupted", None, b"", by=person, store=shop, request=GOOD, channel=channel, environment=environment
    )


def html_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def why_not(html: str) -> list[str]:
    return [words for words in WHY_NOT if words in html]


def may_call(client: Client, address: str) -> bool:
    return SCALEV in client.get(address).headers["Content-Security-Policy"]


@pytest.mark.parametrize("channel", ["browser", "server"])
def test_beside_the_list_it_is_the_way_to_a_page_that_may_call_scalev(
    client: Client, maya: Person, channel: str
) -> None:
    sent = sent_by(maya, channel)

    html = html_of(client, f"/log/?open={sent.pk}")

    link = f'href="/log/{sent.pk}/resend/">Resend from this browser …</a>'
    assert link in html
    assert (html.index(link) < html.index(f'action="/log/{sent.pk}/resend/"')) is (channel == "browser")
    assert "data-browser-send" not in html
    assert not may_call(client, f"/log/?open={sent.pk}")


@pytest.mark.parametrize("channel", ["browser", "server"])
def test_the_page_that_explains_a_resend_offers_both_the_channel_of_the_origin_first(
    client: Client, maya: Person, channel: str
) -> None:
    address = f"/log/{sent_by(maya, channel).pk}/resend/"

    html = html_of(client, address)

    by_browser, by_server = html.index("/resend/browser/"), html.index('/resend/"')
    assert (by_browser < by_server) is (channel == "browser")
    assert html.count("button-primary") == 1
    assert "js/browser-send" in html
    assert may_call(client, address)


def test_it_asks_support_for_the_reason_that_somebody_elses_buyer_takes(client: Client) -> None:
    address = f"/log/{sent_by(make_person(role='marketer')).pk}/resend/"
    client.force_login(make_person(role="support"))

    assert 'name="reason" maxlength="300" required' in html_of(client, address)


@pytest.mark.parametrize("place", ["/log/{}/", "/log/{}/resend/", "/log/?open={}"])
def test_a_store_that_forbids_it_is_said_to(client: Client, maya: Person, place: str) -> None:
    address = place.format(sent_by(maya, browser_sends=False).pk)

    html = html_of(client, address)

    assert why_not(html) == [SWITCHED_OFF]
    assert "/resend/browser/" not in html
    assert "Resend from this browser" not in html
    assert not may_call(client, address)


@pytest.mark.parametrize("place", ["/log/{}/", "/log/{}/resend/"])
def test_a_page_without_scripts_says_what_is_missing(client: Client, maya: Person, place: str) -> None:
    html = html_of(client, place.format(sent_by(maya).pk))

    assert why_not(html) == [NEEDS_SCRIPTS]
    assert re.search(r'data-browser-only hidden>.*<p class="field-help channel-missing">', html, re.DOTALL)


def test_support_reads_that_the_buyer_is_to_be_shown_first_and_until_then_no_page_calls_scalev(client: Client) -> None:
    sent = sent_by(make_person(role="marketer"))
    client.force_login(make_person(role="support"))

    masked = client.get(f"/log/{sent.pk}/")
    shown = client.post(f"/log/{sent.pk}/show/", {"what": "page", "reason": REASON})

    assert why_not(masked.content.decode()) == [SHOW_FIRST]
    assert SCALEV not in masked.headers["Content-Security-Policy"]
    assert why_not(shown.content.decode()) == [NEEDS_SCRIPTS]
    assert SCALEV in shown.headers["Content-Security-Policy"]


def test_whoever_may_not_see_the_buyer_reads_that(client: Client, maya: Person) -> None:
    origin = sent_by(make_person(role="marketer"))
    mine = make_exchange("interrupted", None, b"", by=maya, store=origin.store, request=GOOD, resend_of=origin)

    assert why_not(html_of(client, f"/log/{mine.pk}/")) == [NOT_SHOWN]


@pytest.mark.parametrize("place", ["/log/{}/", "/log/{}/resend/", "/log/?open={}"])
def test_where_a_channel_is_chosen_each_says_what_it_proves_and_that_it_counts(
    client: Client, maya: Person, place: str
) -> None:
    html = html_of(client, place.format(sent_by(maya, environment="production").pk))

    assert "This is a real event: Meta counts it." in html
    assert "Scalev sees your own address and browser" in html
    assert "This is a real event from the wrong address: Meta counts it." in html
    assert "Scalev sees this server’s address" in html


def test_a_sandbox_has_no_real_events(client: Client, maya: Person) -> None:
    assert "This is a real event" not in html_of(client, f"/log/{sent_by(maya).pk}/")


def test_a_pair_to_production_says_what_the_servers_half_is(client: Client, maya: Person) -> None:
    store = make_shop(environment="production")

    html = client.get(f"/compose/?store={store.pk}", follow=True).content.decode()

    assert "The server’s half comes from the wrong address, and goes first: Meta counts it." in html
