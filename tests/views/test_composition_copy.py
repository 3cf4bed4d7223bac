"""The composer's “Copy as” page: what was typed, in every form, with a placeholder for the key."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from events.models import Delivery, Draft, Person
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(client: Client) -> Person:
    make_storefront_key(make_store("Toko Batik Nusantara"))
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


def start(client: Client) -> tuple[str, FormData]:
    response = client.get("/compose/", follow=True)
    return response.redirect_chain[-1][0], inputs_of(response)


def copies(page: bytes) -> dict[str, str]:
    """Each form's text by its key."""
    found = re.findall(r'<pre class="code" id="copy-([a-z]+)"[^>]*>(.*?)</pre>', page.decode(), re.DOTALL)
    return {key: html.unescape(text) for key, text in found}


def test_what_was_typed_is_kept_and_stands_in_every_form(client: Client, maya: Person) -> None:
    url, data = start(client)
    typed = data.but({"do": "copy", "events.0.event_id": "ord-88212", "user_data.em": "wulan.pertiwi@contoh.id"})
    answer = client.post(f"{url}copy/", typed, follow=True)

    found = copies(answer.content)
    assert answer.redirect_chain == [(f"{url}copy/", 302)]
    assert list(found) == ["curl", "fetch", "python", "json", "fbq", "track"]
    assert all("ord-88212" in text for text in found.values())
    assert "wulan.pertiwi@contoh.id" not in found["fbq"]
    assert not Delivery.objects.exists()


def test_no_form_holds_the_stores_key(client: Client, maya: Person) -> None:
    url, _data = start(client)

    assert b"sfpk_" not in client.get(f"{url}copy/").content


def test_what_cannot_be_read_is_said_to_be_missing(client: Client, maya: Person) -> None:
    url, data = start(client)
    answer = client.post(f"{url}copy/", data.but({"do": "copy", "mode": "json", "raw": "{"}), follow=True)

    assert "Go back and mend it" in answer.content.decode()
    assert copies(answer.content) == {}


def test_somebody_elses_draft_is_gone(client: Client, maya: Person) -> None:
    url, _data = start(client)
    client.force_login(make_person("admin"))

    assert client.get(f"{url}copy/").status_code == 404


def test_without_a_session_what_was_typed_is_kept(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.logout()
    client.post(f"{url}copy/", data.but({"events.0.event_id": "ord-88299"}))

    assert "ord-88299" in Draft.objects.get().content()
