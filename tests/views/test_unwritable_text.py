"""NUL and halves of characters, which JSON may escape and no page can hold: they break neither page nor log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from events.models import Delivery, Person
from events.sandbox.running import running_sandbox
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import inputs_of

pytestmark = pytest.mark.django_db(transaction=True)

ODD, BUYER = r"Kemeja\ud800\u0000", r"Sekar\udfff\u0000"
ODD_ORDER = rf"""{{"event_source_url": "https://batiknusantara.contoh.id/{ODD}", "{ODD}": "{ODD}",
 "user_data": {{"fn": "{BUYER}", "em": "{BUYER}@contoh.id", "ph": "{BUYER}", "{BUYER}": "{BUYER}"}},
 "events": [{{"event_id": "{ODD}", "event_name": "purchase{ODD}",
   "parameters": {{"currency": "{ODD}", "order_id": "{ODD}", "{ODD}": "{ODD}"}}, "{ODD}": 1}}],
 "variants": [{{"variant_unique_id": "{ODD}", "quantity": 1, "{ODD}": 1}}]}}"""


@pytest.fixture
def maya(client: Client, settings: Any) -> Iterator[Person]:
    with running_sandbox() as running:
        settings.SCALEV_ENVIRONMENTS = {"sandbox": running.origin}
        make_storefront_key(make_store("Toko Batik Nusantara"))
        person = make_person(role="marketer", name="Maya Marketer")
        client.force_login(person)
        yield person


def typed(client: Client, do: str, address: str = "") -> Any:
    """The composer with the odd order in its raw JSON, and one button pressed."""
    url = client.get("/compose/", follow=True).redirect_chain[-1][0]
    data = inputs_of(client.get(url)).but({"mode": "json", "raw": ODD_ORDER, "do": do})
    return client.post(url + address, data)


@pytest.mark.parametrize("do", ["", "to-form"])
def test_the_composer_shows_what_it_finds_in_it(client: Client, maya: Person, do: str) -> None:
    response = typed(client, do)

    assert response.status_code == 200
    assert r"Kemeja\ud800" in response.content.decode()


def test_it_is_sent_and_every_page_of_it_opens(client: Client, maya: Person) -> None:
    response = typed(client, "send-anyway", "send/")

    delivery = Delivery.objects.get()
    here = f"/log/{delivery.pk}/"
    assert response.headers["Location"] == here
    assert delivery.event_ids == [r"Kemeja\ud800\u0000"]
    for page in (client.get(here), client.get("/log/"), client.post(f"{here}show/", {"what": "page"})):
        assert page.status_code == 200
        assert r"Kemeja\ud800" in page.content.decode()
    assert client.post(f"{here}duplicate/", follow=True).status_code == 200


@pytest.mark.parametrize("kind", ["html", "har"])
def test_it_can_be_exported(client: Client, maya: Person, kind: str) -> None:
    typed(client, "send-anyway", "send/")

    assert client.get(f"/log/{Delivery.objects.get().pk}/export/?format={kind}").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "jsonl", "jsonl-full", "har"])
def test_the_log_with_it_can_be_exported_masked_and_in_clear(client: Client, maya: Person, kind: str) -> None:
    typed(client, "send-anyway", "send/")
    masked = client.get(f"/log/export/?format={kind}")
    client.force_login(make_person(role="support"))
    clear = client.post("/log/export/clear/", {"format": kind, "reason": "Scalev asks for the exact requests"})

    for file in (masked, clear):
        assert file.status_code == 200
        assert b"Kemeja" in b"".join(iter(file))


def test_what_was_sent_keeps_its_exact_bytes(client: Client, maya: Person) -> None:
    typed(client, "send-anyway", "send/")

    body = client.post(f"/log/{Delivery.objects.get().pk}/show/", {"what": "request"}).content

    assert json.loads(body) == json.loads(ODD_ORDER)
