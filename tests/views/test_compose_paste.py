"""Requests from anywhere over HTTP: what was read is told, a draft is made of it, and nothing of the text is kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events.domain.tree import read, write
from events.models import Draft, Person, Store
from events.views.drafts import kept
from tests.domain.reading import specimens
from tests.factories import make_person, make_store
from tests.views.form_data import inputs_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def store() -> Store:
    return make_store("Toko Batik Nusantara", store_id=specimens.STORE)


@pytest.fixture
def maya(client: Client, store: Store) -> Person:
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


def pasted(client: Client, text: str, **more: str) -> str:
    response = client.post("/compose/paste/", {"text": text, **more})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_copied_request_is_told_part_by_part(client: Client, maya: Person) -> None:
    page = pasted(client, specimens.curl_bash())

    assert "You pasted a cURL command (bash)." in page
    assert '<code class="wire">events[0].parameters.value</code>' in page
    assert "95300.00" in page
    assert "Cookies are not read: no event carries them." in page


@pytest.mark.parametrize(
    "text",
    [
        specimens.curl_bash().replace("-H 'accept: */*'", "-H 'authorization: Bearer GEHEIMgeheim88212'"),
        specimens.har(specimens.BODY),
        f"curl -H 'cookie: session=geheim' {specimens.URL} -d @payload.json",
        '{"access_token":"EAABsbCS1iHgBAKZCZCgeheim88212batik", "data":[}',
    ],
)
def test_no_key_token_or_cookie_of_what_was_pasted_stands_on_the_page_again(
    client: Client, maya: Person, text: str
) -> None:
    page = client.post("/compose/paste/", {"text": text}).content.decode()

    assert "What you pasted" in page or "What was not read" in page
    assert "TokoBatikNusantara88212" not in page
    assert "geheim" not in page


def test_what_was_read_opens_as_a_draft_of_the_requests_own_store(client: Client, maya: Person, store: Store) -> None:
    make_store("Batik Lain")
    response = client.post("/compose/paste/", {"text": specimens.fetch()})

    opened = client.post("/compose/paste/open/", inputs_of(response))

    draft = Draft.objects.get()
    assert opened["Location"] == f"/compose/{draft.token}/"
    assert kept(draft).store_pk == store.pk
    assert write(kept(draft).composition.base) == write(read(specimens.BODY))


def test_reading_keeps_nothing(client: Client, maya: Person) -> None:
    pasted(client, specimens.curl_bash())

    assert not Draft.objects.exists()
    assert "Wulan" not in str(dict(client.session))


def test_a_request_for_another_store_says_so_above_the_composition(client: Client, maya: Person, store: Store) -> None:
    text = specimens.fetch().replace(specimens.STORE, "store_SomebodyElse01")

    page = pasted(client, text)
    client.post("/compose/paste/open/", {"store": store.pk, "payload": specimens.BODY, "named": "store_SomebodyElse01"})

    assert "The request was made for store_SomebodyElse01, and this console has no such store." in page
    assert kept(Draft.objects.get()).notice == (
        "The request was made for the store store_SomebodyElse01. Here it goes to Toko Batik Nusantara."
    )


def test_several_requests_are_listed_to_choose_from(client: Client, maya: Person) -> None:
    lead = '{"user_data":{},"events":[{"event_id":"b","event_name":"Lead"}]}'
    upload = SimpleUploadedFile("visit.har", specimens.har(specimens.BODY, lead).encode())

    response = client.post("/compose/paste/", {"file": upload})

    page = response.content.decode()
    assert "2 requests are in it" in page
    assert page.index("1. Purchase") < page.index("2. Lead")
    assert page.count("Open in the composer") == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_as_it_was_saved(client: Client, maya: Person, encoding: str) -> None:
    upload = SimpleUploadedFile("kirim.ps1", specimens.powershell().encode(encoding))

    response = client.post("/compose/paste/", {"file": upload})

    assert "You pasted a PowerShell command." in response.content.decode()


def test_json_that_does_not_parse_opens_as_raw_json_without_its_key(client: Client, maya: Person, store: Store) -> None:
    text = '{"user_data": {"em": "wulan.pertiwi@contoh.id"}, "k": "sfpk_TokoBatik88212", "events": [}'
    response = client.post("/compose/paste/", {"text": text})

    client.post("/compose/paste/open/", inputs_of(response))

    composition = kept(Draft.objects.get()).composition
    assert composition.mode == "json"
    assert composition.raw == text.replace("sfpk_TokoBatik88212", "sfpk_•••")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Paste a request here, or choose a file with one."),
        ("gtag('event', 'purchase')", "Google&#x27;s tag (gtag)"),
        ("sfpk_TokoBatik88212", "This is a storefront key. It was not stored"),
        (f"curl {specimens.URL} -d @payload.json", "The contents of this file are not in what you pasted."),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_the_text_stays(
    client: Client, maya: Person, text: str, words: str
) -> None:
    response = client.post("/compose/paste/", {"text": text})

    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert inputs_of(response)["text"] == text.replace("sfpk_TokoBatik88212", "sfpk_•••")


def test_a_file_that_is_too_large_leads_on(client: Client, maya: Person) -> None:
    upload = SimpleUploadedFile("visit.har", b"{" + b" " * (5 * 1_048_576) + b"}")

    response = client.post("/compose/paste/", {"file": upload})

    assert response.status_code == 422
    assert "or give the whole of it to “Check a visit”" in response.content.decode()


def test_a_whole_visit_is_led_to_its_own_page(client: Client, maya: Person) -> None:
    page = client.get("/compose/paste/").content.decode()

    assert f'<a href="{reverse("recording")}">Check a visit</a>' in page.split("What can be read")[1]


@pytest.mark.parametrize("data", [{}, {"store": "0"}, {"store": "x", "payload": "{}"}, {"store": "1", "payload": "{"}])
def test_what_got_lost_on_the_way_is_asked_for_again(client: Client, maya: Person, data: dict[str, str]) -> None:
    response = client.post("/compose/paste/open/", data, follow=True)

    assert "What was read got lost on the way." in response.content.decode()
    assert not Draft.objects.exists()


def test_a_key_put_into_the_form_on_its_way_is_not_kept_either(client: Client, maya: Person, store: Store) -> None:
    payload = '{"user_data":{},"events":[],"key":"sfpk_TokoBatik88212"}'

    client.post("/compose/paste/open/", {"store": store.pk, "payload": payload})

    assert write(kept(Draft.objects.get()).composition.base) == b'{"user_data":{},"events":[]}'


def test_without_a_store_the_page_says_who_can_add_one(client: Client) -> None:
    client.force_login(make_person(role="marketer"))

    assert "No store to send to yet" in client.get("/compose/paste/").content.decode()


def test_an_unknown_way_back_is_no_way_back(client: Client, maya: Person) -> None:
    for back in ("nonsense", "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"):
        assert "Back to what you typed" not in client.get(f"/compose/paste/?from={back}").content.decode()


def test_a_request_without_a_store_of_ours_is_offered_for_the_composition_that_it_was_pasted_from(
    client: Client, maya: Person, store: Store
) -> None:
    make_store("Batik Lain")
    other = make_store("Batik Ketiga")
    client.get(f"/compose/?store={other.pk}")
    draft = Draft.objects.get()

    response = client.post("/compose/paste/", {"text": '{"user_data": {}, "events": []}', "from": str(draft.token)})

    assert inputs_of(response)["store"] == str(other.pk)
