"""What a browser reported says so wherever it is shown, under the masks; and only pages that send may call Scalev."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from events.domain.text import UNSEEN
from events.models import Delivery, Person
from tests.factories import make_delivery, make_person, make_store
from tests.reports import AGENT, ORIGIN, failed, told
from tests.views.exchanges import make_exchange
from tests.views.hand_over import KEY, SCALEV, ask, make_shop, tell

pytestmark = pytest.mark.django_db(transaction=True)

EMAIL = "wulan.pertiwi@contoh.id"
ORIGINS = f"{SCALEV} https://api.scalev.com"
ECHO = ('{"error":"Bad request","errors":{"user_data":{"em":["' + EMAIL + ' is not allowed"]}}}').encode()


@pytest.fixture(autouse=True)
def environments(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"sandbox": SCALEV, "production": "https://api.scalev.com"}


@pytest.fixture
def maya(client: Client) -> Person:
    make_shop()
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def connect_sources(response: Any) -> str:
    written: str = response.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in written.split(";"))["connect-src"]


def reported(client: Client, report: dict[str, Any], **typed: str) -> Delivery:
    order, delivery = ask(client, **typed)
    assert tell(client, order, report).status_code == 200
    delivery.refresh_from_db()
    return delivery


def page(client: Client, delivery: Delivery) -> str:
    return client.get(f"/log/{delivery.pk}/").content.decode()


def test_an_answer_is_marked_as_reported_and_with_what_scalev_saw(client: Client, maya: Person) -> None:
    html = page(client, reported(client, told()))

    assert "reported by a browser" in html
    assert AGENT in html
    assert ORIGIN in html
    assert "Scalev took this event for delivery." in html


def test_what_the_server_sent_is_not_marked_so(client: Client, maya: Person) -> None:
    assert "reported by a browser" not in page(client, make_exchange(by=maya))


def test_a_refused_origin_stands_ready_to_copy_and_may_have_been_sent(client: Client, maya: Person) -> None:
    html = page(client, reported(client, failed("cors_origin", probes={"network": True, "origin": False})))

    assert "Register this origin in Scalev&#x27;s storefront settings" in html
    assert f'id="to-copy">{ORIGIN}</code>' in html
    assert "bytes, not known how many left" in html
    assert "none that the page could read" in html
    assert "never got it" not in html
    answers = re.findall(r"<dt>([^<]+)</dt>\s*<dd><span[^>]*>(yes|no)</span>", html)
    assert answers == [("The network reaches Scalev", "yes"), ("Pages of this console may read its answers", "no")]


@pytest.mark.parametrize(
    "kind", ["offline", "mixed_content", "cors_header", "blocked", "network", "redirect", "timed_out"]
)
def test_every_failure_has_its_page(client: Client, maya: Person, kind: str) -> None:
    html = page(client, reported(client, failed(kind)))

    assert f'<span class="wire">{kind}</span>' in html
    assert "reported by a browser" in html


def test_a_closed_tab_is_told_as_such(client: Client, maya: Person) -> None:
    _order, delivery = ask(client)
    Delivery.objects.update(lease_until=delivery.created_at)

    html = page(client, delivery)

    assert "never reported how it ended" in html
    assert "nothing was reported" in html


def test_an_open_call_says_that_a_browser_makes_it(client: Client, maya: Person) -> None:
    _order, delivery = ask(client)

    assert "A browser is sending this event" in page(client, delivery)


def test_an_echo_of_the_buyer_is_masked_wherever_it_is_shown(client: Client, maya: Person) -> None:
    report = told(status=400, reason=EMAIL, body=ECHO, headers=[["x-echo", EMAIL]], user_agent=f"Chrome {EMAIL}")
    delivery = reported(client, report, **{"user_data.em": EMAIL})

    assert (delivery.outcome, EMAIL in delivery.error) == ("rejected", False)
    assert EMAIL not in page(client, delivery)
    assert EMAIL not in client.get("/log/").content.decode()
    assert EMAIL not in client.get(f"/log/{make_exchange(by=maya).pk}/beside/{delivery.pk}/").content.decode()


def test_a_storefront_key_that_comes_back_is_shown_to_nobody(client: Client, maya: Person) -> None:
    delivery = reported(client, told(status=400, body=f'{{"error":"bad key {KEY}"}}'.encode()))

    shown = client.post(f"/log/{delivery.pk}/show/", {"what": "page"}).content.decode()

    assert "bad key" in shown
    assert KEY not in shown


def test_the_log_shows_and_filters_the_channel(client: Client, maya: Person) -> None:
    by_browser, by_server = reported(client, told()), make_delivery()

    html = client.get("/log/?channel=browser").content.decode()

    assert f"/log/{by_browser.pk}/" in html
    assert f"/log/{by_server.pk}/" not in html
    assert '<td class="log-channel" data-label="Channel">Browser</td>' in html


def test_the_hand_over_stands_in_the_audit(client: Client, maya: Person) -> None:
    _order, delivery = ask(client)
    client.force_login(make_person(role="admin"))

    html = client.get("/audit/").content.decode()

    assert "was handed a storefront key to send with" in html
    assert f'<a href="/log/{delivery.pk}/">' in html
    assert KEY not in html


def test_the_composer_may_call_exactly_the_environments(client: Client, maya: Person) -> None:
    assert connect_sources(client.get("/compose/", follow=True)) == f"'self' {ORIGINS}"


def test_a_deliverys_page_may_where_it_can_resend(client: Client, maya: Person) -> None:
    open_one, mine = ask(client)[1], make_exchange(by=maya)

    assert connect_sources(client.get(f"/log/{mine.pk}/")) == f"'self' {ORIGINS}"
    assert connect_sources(client.get(f"/log/{open_one.pk}/")) == f"'self' {ORIGINS}"


def test_a_deliverys_page_may_not_where_it_cannot_resend(client: Client, maya: Person) -> None:
    foreign = make_exchange(by=make_person(role="marketer"))
    forbidden = make_exchange(by=maya, store=make_store(browser_sends=False))

    assert connect_sources(client.get(f"/log/{foreign.pk}/")) == "'self'"
    assert connect_sources(client.get(f"/log/{forbidden.pk}/")) == "'self'"


def test_no_other_page_may_call_anybody(client: Client, maya: Person) -> None:
    admin, delivery = make_person(role="admin"), make_exchange(by=maya)
    client.force_login(admin)
    addresses = ("/log/", "/stores/", "/stores/1/", "/stores/add/", "/people/", "/audit/", "/profile/", "/nowhere/")
    beside = f"/log/{delivery.pk}/beside/{make_exchange().pk}/"

    sources = {address: connect_sources(client.get(address)) for address in (*addresses, beside)}

    assert set(sources.values()) == {"'self'"}, sources
    assert connect_sources(Client().get("/sign-in/")) == "'self'"


def test_nothing_else_of_the_policy_is_loosened(client: Client, maya: Person) -> None:
    sending = client.get("/compose/", follow=True).headers["Content-Security-Policy"]
    usual = client.get("/log/").headers["Content-Security-Policy"]

    assert sending.replace(f" {ORIGINS}", "") == usual


def test_signs_of_an_answer_turn_no_page_around(client: Client, maya: Person) -> None:
    body = '{"error": "\u202enettirw si siht", "errors": {"\u2066em": ["\u200b\U000e0041"]}}'.encode()
    delivery = reported(client, told(status=400, body=body, reason="Bad\u200e"))
    beside = f"/log/{make_exchange(by=maya).pk}/beside/{delivery.pk}/"

    pages = [f"/log/{delivery.pk}/", "/log/", f"/log/errors/{delivery.group_id}/", "/log/errors/", beside]
    shown = [client.get(address).content.decode() for address in pages]

    assert not [address for address, html in zip(pages, shown, strict=True) if UNSEEN.search(html)]
    assert r"\u202enettirw" in shown[0]


def test_an_error_group_says_which_of_its_deliveries_a_browser_reported(client: Client, maya: Person) -> None:
    delivery = reported(client, failed("cors_origin"))

    html = client.get(f"/log/errors/{delivery.group_id}/").content.decode()

    assert "Browser (reported)" in html


def test_origin_and_user_agent_are_named_as_the_browsers_word(client: Client, maya: Person) -> None:
    html = page(client, reported(client, told()))

    assert "Origin (as the browser reported)" in html
    assert "User agent (as the browser reported)" in html
    assert "that Scalev saw" not in html
