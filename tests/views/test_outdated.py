"""A form whose token is from before the last sign-in: a composition's is kept, nothing is sent, others are refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from events.models import Delivery, Draft, Person
from events.views.drafts import kept
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = {"user_data.em": "wulan.pertiwi@contoh.id"}


@pytest.fixture
def maya() -> Person:
    make_storefront_key(make_store("Toko Batik Nusantara"))
    return make_person(role="marketer", name="Maya Marketer")


@pytest.fixture
def opened(maya: Person) -> tuple[Client, str, FormData]:
    """A composer that was open before its person signed in again."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(maya)
    response = client.get("/compose/", follow=True)
    client.get("/sign-in/")
    client.cookies["console_csrf"] = "a" * 32
    return client, response.redirect_chain[-1][0], inputs_of(response)


@pytest.mark.parametrize("where", ["", "send/", "browser/", "copy/", "pair/", "preset/", "start/", "paste/"])
def test_what_was_typed_is_kept_and_nothing_is_sent(opened: tuple[Client, str, FormData], where: str) -> None:
    client, url, data = opened

    response = client.post(f"{url}{where}", data.but(TYPED | {"do": "send"}))

    assert (response.status_code, response.headers["Location"]) == (302, url)
    assert kept(Draft.objects.get()).composition.buyer["em"] == "wulan.pertiwi@contoh.id"
    assert "Nothing was sent" in client.get(url).content.decode()
    assert not Delivery.objects.exists()


def test_a_pause_in_typing_leads_to_the_form_drawn_anew(opened: tuple[Client, str, FormData]) -> None:
    client, url, data = opened

    response = client.post(url, data.but(TYPED), headers={"HX-Request": "true", "HX-Target": "pane"})

    assert response.headers["HX-Redirect"] == url
    assert 'value="wulan.pertiwi@contoh.id"' in client.get(url).content.decode()


@pytest.mark.parametrize("where", ["pair/check/", "pair/take/", "preset/save/"])
def test_no_other_form_is_written_over_a_draft(opened: tuple[Client, str, FormData], where: str) -> None:
    client, url, _ = opened

    assert is_too_old(client.post(f"{url}{where}", TYPED))
    assert kept(Draft.objects.get()).composition.buyer["em"] == ""


def test_nobody_writes_over_a_draft_of_somebody_else(opened: tuple[Client, str, FormData]) -> None:
    client, url, data = opened
    client.force_login(make_person(role="admin"))

    assert is_too_old(client.post(url, data.but(TYPED)))
    assert kept(Draft.objects.get()).composition.buyer["em"] == ""


def is_too_old(response: Any) -> bool:
    assert isinstance(response, HttpResponse)
    return response.status_code == 403 and "This form is too old to be sent" in response.content.decode()
