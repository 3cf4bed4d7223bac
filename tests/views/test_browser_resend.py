"""Resending from the browser: the same bytes and the same questions as from the server, one send for one press."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import AuditEntry, Delivery, Person
from tests.factories import make_person
from tests.views.exchanges import GOOD, make_exchange
from tests.views.hand_over import KEY, SCALEV, make_shop, tell

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"
REASON = "The buyer asks why her order was not counted"


@pytest.fixture(autouse=True)
def environments(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"sandbox": SCALEV}


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(role="marketer", name="Maya Lestari")
    client.force_login(person)
    return person


def failed_by(person: Person | None, **fields: Any) -> Delivery:
    values = {"channel": "browser", "store": None, **fields}
    store = values.pop("store") or make_shop()
    return make_exchange("unreachable", None, b"", by=person, store=store, request=GOOD, **values)


def page(client: Client, delivery: Delivery) -> str:
    return client.get(f"/log/{delivery.pk}/").content.decode()


def press(client: Client, delivery: Delivery, **more: str) -> Any:
    found = re.search(r'name="token" value="([^"]+)"', page(client, delivery))
    assert found
    return client.post(f"/log/{delivery.pk}/resend/browser/", {"token": found.group(1), **more})


def test_the_stored_bytes_are_handed_over_in_a_row_of_their_own(client: Client, maya: Person) -> None:
    first = failed_by(maya)

    order = press(client, first).json()

    again = Delivery.objects.latest("id")
    assert base64.b64decode(order["body_base64"]) == again.body.read_request().body == GOOD
    assert (again.outcome, again.channel, again.resend_of) == ("pending", "browser", first)
    assert order["headers"]["X-Scalev-Storefront-Api-Key"] == KEY
    assert AuditEntry.objects.get(act="key_handed_over").by == maya


def test_its_report_closes_it_as_any_other(client: Client, maya: Person) -> None:
    order = press(client, failed_by(maya)).json()

    assert tell(client, order).status_code == 200
    assert Delivery.objects.latest("id").outcome == "accepted"


def test_two_tabs_are_handed_one_call(client: Client, maya: Person) -> None:
    first = failed_by(maya)
    token = re.findall(r'name="token" value="([^"]+)"', page(client, first))[0]

    one, two = (client.post(f"/log/{first.pk}/resend/browser/", {"token": token}).json() for _tab in range(2))

    assert two == {"delivery": one["delivery"], "already": True}
    assert Delivery.objects.count() == 2


def test_one_press_on_each_channel_is_one_send(client: Client, maya: Person) -> None:
    first = failed_by(maya)
    token = re.findall(r'name="token" value="([^"]+)"', page(client, first))[0]

    order = client.post(f"/log/{first.pk}/resend/browser/", {"token": token}).json()
    from_server = client.post(f"/log/{first.pk}/resend/", {"token": token})

    assert from_server.headers["Location"] == order["delivery"]
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("token", ["", "no-token"])
def test_without_its_token_nothing_is_handed_over(client: Client, maya: Person, token: str) -> None:
    first = failed_by(maya)

    response = client.post(f"/log/{first.pk}/resend/browser/", {"token": token})

    assert response.json() == {"delivery": f"/log/{first.pk}/", "already": True}
    assert Delivery.objects.count() == 1


def test_a_late_one_is_asked_about_first_and_handed_over_once_confirmed(client: Client, maya: Person) -> None:
    first = failed_by(maya, created_at=timezone.now() - timedelta(hours=2))

    place = press(client, first).json()["delivery"]
    asked = client.get(place)

    assert "stamps the time itself" in asked.content.decode()
    assert "from this browser" in asked.content.decode()
    assert Delivery.objects.count() == 1
    assert "ticket" in press(client, first, confirmed="yes").json()


def test_a_question_with_nothing_to_ask_leads_to_the_delivery(client: Client, maya: Person) -> None:
    first = failed_by(maya)

    response = client.get(f"/log/{first.pk}/resend/browser/?token={TOKEN}")

    assert response.headers["Location"] == f"/log/{first.pk}/"


def test_what_stands_in_the_way_is_said_on_the_deliverys_page(client: Client, maya: Person) -> None:
    first = failed_by(maya, environment="production")

    place = press(client, first).json()["delivery"]

    assert "another environment" in client.get(place).content.decode()
    assert Delivery.objects.count() == 1


def test_a_store_that_forbids_it_hands_over_nothing(client: Client, maya: Person) -> None:
    first = failed_by(maya, store=make_shop(browser_sends=False))

    place = press(client, first).json()["delivery"]
    html = client.get(place).content.decode()

    assert (place, Delivery.objects.count()) == (f"/log/{first.pk}/", 1)
    assert "Toko Batik Nusantara is not sent to from browsers. An admin can allow it." in html
    assert "Resend from this browser" not in html
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("marketer", 403), ("support", 200), ("admin", 200)])
def test_somebody_elses_is_handed_to_support_and_admins_only(client: Client, role: str, status: int) -> None:
    first = failed_by(make_person(role="marketer"))
    client.force_login(make_person(role=role))

    response = client.post(f"/log/{first.pk}/resend/browser/", {"token": TOKEN, "reason": REASON})

    assert response.status_code == status
    assert (KEY in response.content.decode()) is (status == 200)
    recorded = AuditEntry.objects.filter(act="buyer_shown", reason=REASON, fields=["resend from the browser"])
    assert recorded.exists() is (status == 200)


@pytest.mark.parametrize("role", ["support", "admin"])
def test_somebody_elses_is_not_handed_over_without_a_reason(client: Client, role: str) -> None:
    first = failed_by(make_person(role="marketer"))
    client.force_login(make_person(role=role))

    response = client.post(f"/log/{first.pk}/resend/browser/", {"token": TOKEN, "reason": " "})

    assert response.json() == {"delivery": f"/log/{first.pk}/", "already": True}
    assert "Show them first" in page(client, first)
    assert Delivery.objects.count() == 1


def test_it_is_offered_once_the_buyer_was_shown_for_a_reason(client: Client) -> None:
    first = failed_by(make_person(role="marketer"))
    client.force_login(make_person(role="support"))

    masked = page(client, first)
    shown = client.post(f"/log/{first.pk}/show/", {"what": "page", "reason": REASON}).content.decode()

    assert "Resend from this browser" not in masked
    assert "Resend from this browser" in shown
    assert shown.count(f'name="reason" value="{REASON}"') >= 2


def test_the_question_before_a_late_one_asks_for_the_reason(client: Client) -> None:
    first = failed_by(make_person(role="marketer"), created_at=timezone.now() - timedelta(hours=2))
    client.force_login(make_person(role="support"))

    asked = client.get(f"/log/{first.pk}/resend/browser/", {"token": TOKEN}).content.decode()

    assert 'name="reason" maxlength="300" required' in asked


@pytest.mark.parametrize("channel", ["server", "browser"])
def test_the_channel_of_the_origin_is_offered_first(client: Client, maya: Person, channel: str) -> None:
    html = page(client, failed_by(maya, channel=channel))

    by_browser, by_server = html.index("/resend/browser/"), html.index('/resend/"')
    assert (by_browser < by_server) is (channel == "browser")
