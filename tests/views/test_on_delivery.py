"""Whatever is done on a delivery: it is there, or a page says that it is not; an act's address alone does nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from events.models import Delivery, Note, Pin, Tag
from events.urls import urlpatterns
from tests.factories import make_person
from tests.views.exchanges import make_exchange

pytestmark = pytest.mark.django_db

FROM = {"from": "q=x"}
# A script asks there, and is answered in JSON.
FOR_SCRIPTS = {"delivery_report"}
ADDRESSES = [
    str(each.pattern).replace("<int:note>", "1").replace("<int:other>", "2").removeprefix("log/<int:pk>/")
    for each in urlpatterns
    if str(each.pattern).startswith("log/<int:pk>/") and each.name not in FOR_SCRIPTS
]
ACTS = [
    "show/", "compare/", "correct/", "duplicate/", "pin/", "tags/", "tags/remove/", "notes/", "notes/1/",
    "notes/1/remove/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(make_person(role="admin"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_delivery_that_is_not_there_is_said_to_be_missing_with_the_way_back(client: Client, address: str) -> None:
    response = client.get(f"/log/4711/{address}", FROM)

    assert response.status_code == 404
    assert next(each.name for each in response.templates) == "events/delivery_missing.html"
    assert 'href="/log/?q=x"' in response.content.decode()


@pytest.mark.parametrize("act", ACTS)
def test_the_address_of_an_act_leads_back_to_the_delivery_and_changes_nothing(client: Client, act: str) -> None:
    delivery = make_exchange()

    response = client.get(f"/log/{delivery.pk}/{act}", FROM)

    assert (response.status_code, response.headers["Location"]) == (302, f"/log/{delivery.pk}/?from=q%3Dx")
    assert Delivery.objects.count() == 1
    assert not any(marks.objects.exists() for marks in (Pin, Tag, Note))
