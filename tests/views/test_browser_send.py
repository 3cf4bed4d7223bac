"""Handing a composition to the browser: once, only where it is allowed, and the key nowhere but in that one answer."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from events.models import AuditEntry, Delivery, Draft, Person, Store
from tests.factories import make_person, make_store
from tests.views.hand_over import KEY, SCALEV, ask, make_shop, start

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def environments(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"sandbox": SCALEV, "production": "https://api.scalev.com"}


@pytest.fixture
def maya(client: Client) -> Person:
    make_shop()
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def test_the_page_is_handed_all_that_its_call_takes(client: Client, maya: Person) -> None:
    order, delivery = ask(client)

    assert order | {"ticket": "", "body_base64": ""} == {
        "delivery": f"/log/{delivery.pk}/",
        "report": f"/log/{delivery.pk}/report/",
        "ticket": "",
        "url": f"{SCALEV}/v3/stores/{delivery.store.store_id}/public/analytics/meta/events",
        "headers": {"Content-Type": "application/json", "X-Scalev-Storefront-Api-Key": KEY},
        "body_base64": "",
        "deadline_ms": 20_000,
    }


def test_the_bytes_handed_over_are_the_bytes_kept(client: Client, maya: Person) -> None:
    order, delivery = ask(client)

    assert base64.b64decode(order["body_base64"]) == delivery.body.read_request().body
    assert (delivery.outcome, delivery.channel, delivery.by) == ("pending", "browser", maya)


def test_the_answer_with_the_key_is_kept_by_nobody(client: Client, maya: Person) -> None:
    url, data = start(client)

    response = client.post(url, data.but({"do": "send"}))

    assert "no-store" in response.headers["Cache-Control"]


def test_a_double_click_is_handed_nothing_more(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.post(url, data.but({"do": "send"}))

    second = client.post(url, data.but({"do": "send"}))

    delivery = Delivery.objects.get()
    assert second.json() == {"delivery": f"/log/{delivery.pk}/", "already": True}
    assert AuditEntry.objects.filter(act="key_handed_over").count() == 1


def test_a_composition_that_the_server_sent_is_not_handed_over(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.post(url.replace("browser/", "send/"), data.but({"do": "send"}))

    second = client.post(url, data.but({"do": "send"}))

    assert second.json()["already"] is True
    assert Delivery.objects.get().channel == "server"


def test_what_the_browser_was_handed_the_server_does_not_send(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.post(url, data.but({"do": "send"}))

    second = client.post(url.replace("browser/", "send/"), data.but({"do": "send"}))

    delivery = Delivery.objects.get()
    assert second.headers["Location"] == f"/log/{delivery.pk}/"
    assert delivery.outcome == "pending"


def test_its_draft_is_gone_with_the_hand_over(client: Client, maya: Person) -> None:
    ask(client)

    assert not Draft.objects.exists()


def test_an_error_comes_back_as_the_form_and_nothing_is_handed_over(client: Client, maya: Person) -> None:
    url, data = start(client)

    response = client.post(url, data.but({"do": "send", "events.0.event_name": ""}))

    html = response.content.decode()
    assert response.status_code == 422
    assert html.lstrip().startswith('<form id="composer"')
    assert KEY not in html
    assert not Delivery.objects.exists()


def test_a_deliberate_send_hands_over_what_has_errors(client: Client, maya: Person) -> None:
    _order, delivery = ask(client, **{"do": "send-anyway", "events.0.event_name": ""})

    assert delivery.error_count > 0


def without_key() -> None:
    Store.objects.get().storefront_keys.all().delete()


def archived() -> None:
    Store.objects.update(archived_at=timezone.now())


def forbidding() -> None:
    Store.objects.update(browser_sends=False)


REFUSALS = [
    (without_key, "Toko Batik Nusantara has no active storefront key. An admin can add one."),
    (archived, "Toko Batik Nusantara is archived. Bring it back before sending to it."),
    (forbidding, "Toko Batik Nusantara is not sent to from browsers. An admin can allow it."),
]


@pytest.mark.parametrize("do", ["send", "both"])
@pytest.mark.parametrize(("becomes", "words"), REFUSALS)
def test_what_stands_in_the_way_is_said_above_the_form_and_what_was_typed_is_kept(
    client: Client, maya: Person, becomes: Callable[[], None], words: str, do: str
) -> None:
    url, data = start(client)
    becomes()

    answer = client.post(url, data.but({"do": do, "user_data.fn": "Wulan"})).json()
    page = client.get(answer["delivery"]).content.decode()

    assert (answer["delivery"], answer["already"]) == (url.replace("browser/", ""), True)
    assert words in page
    assert 'value="Wulan"' in page
    assert not Delivery.objects.exists()
    assert not AuditEntry.objects.filter(act="key_handed_over").exists()


def test_what_could_not_be_kept_stays_on_its_page_and_the_form_says_why(
    client: Client, maya: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, data = start(client)
    monkeypatch.setattr(Draft, "keep", refuse)

    response = client.post(url, data.but({"do": "send"}))

    html = response.content.decode()
    assert response.status_code == 422, "what htmx draws"
    assert '<form id="composer"' in html
    assert 'id="notices" role="status" hx-swap-oob="true"' in html
    assert "could not be saved, and nothing was sent" in html


def refuse(*_given: object) -> None:
    raise OperationalError("database is locked")


def test_somebody_elses_composition_is_not_handed_over(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.force_login(make_person(role="admin"))

    response = client.post(url, data.but({"do": "send"}))

    assert response.status_code == 404
    assert KEY not in response.content.decode()
    assert not Delivery.objects.exists()


def test_a_session_that_ended_keeps_the_form_and_asks_to_sign_in(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.logout()

    response = client.post(url, data.but({"do": "send", "user_data.fn": "Wulan"}))

    assert response.headers["Location"].startswith("/sign-in/?next=%2Fcompose%2F")
    assert "Wulan" in Draft.objects.get().content()
    assert not Delivery.objects.exists()


def test_an_address_that_is_only_looked_at_hands_over_nothing(client: Client, maya: Person) -> None:
    url, _data = start(client)

    response = client.get(url)

    assert (response.status_code, response.headers["Location"]) == (302, url.removesuffix("browser/"))
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("environment", "channel"), [("production", "browser"), ("sandbox", "server")])
def test_the_composer_begins_with_the_stores_channel(
    client: Client, maya: Person, environment: str, channel: str
) -> None:
    store = make_store(environment=environment)

    response = client.get(f"/compose/?store={store.pk}", follow=True)

    assert response.context["channel"] == channel


def test_a_chosen_channel_outlives_a_redraw_and_ends_with_its_store(client: Client, maya: Person) -> None:
    url, data = start(client)
    here, chosen = url.replace("browser/", ""), {"channel": "browser", "channel_store": str(Store.objects.get().pk)}

    redrawn = client.post(here, data.but(chosen))
    moved = client.post(here, data.but({**chosen, "store": str(make_store().pk)}))

    assert (redrawn.context["channel"], moved.context["channel"]) == ("browser", "server")


def test_a_store_that_forbids_it_begins_with_the_server_whatever_was_chosen(client: Client, maya: Person) -> None:
    url, data = start(client)
    Store.objects.update(browser_sends=False, default_channel="browser")

    redrawn = client.post(url.replace("browser/", ""), data.but({"channel": "browser"}))

    assert redrawn.context["channel"] == "server"
