"""The landing page's address stands beside the payload: compared, built from, kept encrypted, and never sent."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.domain.tree import at, read
from events.models import Delivery, Draft
from events.sandbox.running import Running
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db(transaction=True)
CLICK = "IwAR2F4-dbP0l7Mn1IawQQGCINEz7PYXQvwjNwB_qa2ofrHyiLjcbCRxTDMgk"
ARRIVED = f"https://batiknusantara.example/?utm_source=ig&fbclid={CLICK}"
BUILD = {"do": "fix:0:M045:/user_data/fbc"}


@pytest.fixture
def form(client: Client) -> tuple[str, FormData]:
    make_storefront_key(make_store("Toko Batik Nusantara"))
    client.force_login(make_person(role="marketer", name="Maya Marketer"))
    response = client.get("/compose/", follow=True)
    return response.redirect_chain[-1][0], inputs_of(response)


def test_while_typing_the_address_is_judged_and_its_button_offered(client: Client, form: tuple[str, FormData]) -> None:
    url, data = form
    data["landing_url"] = ARRIVED

    pause = client.post(url, data, headers={"HX-Request": "true", "HX-Target": "pane"}).content.decode()

    said = pause.split('id="landing-said"')[1].split("</div>")[0]
    assert "carries a click ID, and the payload has none" in said
    assert f'value="{BUILD["do"]}"' in said
    assert 'id="in-landing_url"' not in pause


@pytest.mark.parametrize("switch", ["check", "to-json"])
def test_fbc_is_built_from_it_by_one_click_in_form_and_json(
    client: Client, form: tuple[str, FormData], switch: str
) -> None:
    url, data = form
    data["landing_url"] = ARRIVED
    data = inputs_of(client.post(url, data.but({"do": switch})))

    page = client.post(url, data.but(BUILD))

    assert re.search(rf"fb\.1\.[0-9]{{13}}\.{CLICK}", page.content.decode())
    assert "the click ID of this address, letter for letter" in page.content.decode()
    assert inputs_of(page)["landing_url"] == ARRIVED


def test_it_is_kept_encrypted_with_the_draft_and_shown_again(client: Client, form: tuple[str, FormData]) -> None:
    url, data = form

    client.post(url, data.but({"landing_url": ARRIVED}))

    assert CLICK.encode() not in bytes(Draft.objects.get().envelope)
    assert inputs_of(client.get(url))["landing_url"] == ARRIVED


def test_it_is_never_sent_and_yet_judged_by(client: Client, form: tuple[str, FormData], sandbox: Running) -> None:
    url, data = form
    data["landing_url"], data["user_data.fbc"] = ARRIVED, f"fb.1.1763800000000.{CLICK.lower()}"

    client.post(f"{url}send/", data.but({"do": "send"}))

    sent = sandbox.received[-1].body
    assert b"utm_source" not in sent
    assert at(read(sent), ("user_data", "fbc")) == data["user_data.fbc"]
    assert Delivery.objects.get().warning_count >= 1
