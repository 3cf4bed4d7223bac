"""What was accepted ends with a checklist, open at the first look in a browser and folded afterwards."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_delivery, make_person
from tests.views.exchanges import GOOD, REFUSED, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _maya(client: Client) -> None:
    client.force_login(make_person("marketer"))


def test_it_is_open_once_and_folded_from_then_on(client: Client) -> None:
    first, second = (make_exchange(request=GOOD) for _ in range(2))

    assert 'id="checklist" open' in client.get(f"/log/{first.pk}/").content.decode()
    page = client.get(f"/log/{second.pk}/").content.decode()

    assert 'id="checklist"' in page
    assert 'id="checklist" open' not in page
    assert "Look for Purchase with the event ID <code>ord-88212-Purchase</code>" in page


def test_the_cookie_that_remembers_holds_nothing_and_is_out_of_reach_of_scripts(client: Client) -> None:
    response = client.get(f"/log/{make_exchange(request=GOOD).pk}/")

    cookie = response.cookies["checklist-seen"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("1", True, "Lax")
    assert "checklist-seen" not in client.get(response.wsgi_request.path).cookies


def test_what_was_not_accepted_has_none_and_is_no_first_look(client: Client) -> None:
    response = client.get(f"/log/{make_exchange('rejected', 400, REFUSED).pk}/")

    assert 'id="checklist"' not in response.content.decode()
    assert "checklist-seen" not in response.cookies


def test_without_its_bodies_it_still_has_one(client: Client) -> None:
    assert 'id="checklist"' in client.get(f"/log/{make_delivery().pk}/").content.decode()
