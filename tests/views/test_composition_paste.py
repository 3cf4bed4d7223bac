"""A request that somebody put into the composer's JSON field is recognised there, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client

from events.models import Draft, Person
from events.views.drafts import kept
from tests.domain.reading import specimens
from tests.factories import make_person, make_store
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db
ON_A_PAUSE = {"HX-Request": "true", "HX-Target": "pane"}


@pytest.fixture
def maya(client: Client) -> Person:
    make_store("Toko Batik Nusantara", store_id=specimens.STORE)
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


def raw_form(client: Client, raw: str) -> tuple[str, FormData]:
    response = client.get("/compose/", follow=True)
    url = response.redirect_chain[-1][0]
    data = inputs_of(client.post(url, inputs_of(response).but({"do": "to-json"})))
    data["raw"] = raw
    return url, data


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (specimens.curl_bash(), "This looks like a cURL command (bash)"),
        (specimens.powershell(), "This looks like a PowerShell command"),
        ("fbq('track', 'Lead')", "This looks like calls of Meta&#x27;s pixel, fbq()"),
        ("{'user_data': {}, events: [],}", "This looks like a JavaScript object"),
        ('{"data":[{"event_name":"Lead","user_data":{}}]}', "This looks like JSON, and not like the request itself"),
    ],
)
def test_after_a_pause_the_pane_says_what_it_looks_like(client: Client, maya: Person, raw: str, words: str) -> None:
    url, data = raw_form(client, raw)

    pane = client.post(url, data, headers=ON_A_PAUSE).content.decode()

    assert words in " ".join(pane.split())
    assert f'formaction="{url}paste/"' in pane


@pytest.mark.parametrize("raw", ["", "{", "halo", '{"user_data":{},"events":[]}'])
def test_of_what_is_the_request_or_nothing_it_says_nothing(client: Client, maya: Person, raw: str) -> None:
    url, data = raw_form(client, raw)

    assert "This looks like" not in client.post(url, data, headers=ON_A_PAUSE).content.decode()


def test_one_click_reads_it_and_keeps_what_was_typed(client: Client, maya: Person) -> None:
    url, data = raw_form(client, specimens.curl_bash())

    response = client.post(f"{url}paste/", data.but({"do": "read"}))

    page = response.content.decode()
    assert "What was read" in page
    assert f'href="{url}">← Back to what you typed' in page
    assert kept(Draft.objects.get()).composition.raw == specimens.curl_bash()


def test_the_way_to_the_page_keeps_what_was_typed(client: Client, maya: Person) -> None:
    response = client.get("/compose/", follow=True)
    url = response.redirect_chain[-1][0]

    there = client.post(f"{url}paste/", inputs_of(response).but({"user_data.fn": "Wulan", "do": "paste"}), follow=True)

    assert kept(Draft.objects.get()).composition.buyer["fn"] == "Wulan"
    assert f'href="{url}">← Back to what you typed' in there.content.decode()
    assert 'class="env-label" data-kind="other">sandbox<' in there.content.decode()


def test_somebody_elses_draft_is_no_way_back(client: Client, maya: Person) -> None:
    url, _data = raw_form(client, "")
    client.force_login(make_person(role="marketer"))

    assert "Back to what you typed" not in client.get(f"/compose/paste/?from={url.split('/')[2]}").content.decode()
    assert client.post(f"{url}paste/").status_code == 404
