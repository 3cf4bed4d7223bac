"""The page on which a recorded visit is checked: every event on one ladder, and nothing of the file kept or shown."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.domain.tree import read, write
from events.models import Draft, Person, Store
from events.views import recording_page
from events.views.drafts import kept
from tests.factories import make_person, make_store
from tests.recordings import COOKIE, EMAIL, KEY, ORDER, PHONE, STORE_ID, call, event, har, hit, visit
from tests.views.form_data import inputs_of

pytestmark = pytest.mark.django_db
ID = "ord-88213-Purchase"


@pytest.fixture
def store() -> Store:
    return make_store("Toko Batik Nusantara", store_id=STORE_ID)


@pytest.fixture
def maya(client: Client, store: Store) -> Person:
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


def checked(client: Client, content: bytes, status: int = 200) -> str:
    response = client.post("/recording/", {"file": SimpleUploadedFile("kunjungan.har", content)})
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_it_begins_with_how_many_events_need_a_look(client: Client, maya: Person) -> None:
    page = checked(client, har(*visit()))

    assert '<h2 id="h-verdict">4 of 5 events need a look.</h2>' in page
    assert "1 pair · 1 differs · 1 doubled · 1 only from the browser · 1 only from the server." in page
    assert "12 calls in the recording. It sent to Toko Batik Nusantara." in page


def test_a_visit_in_which_all_is_well_says_so(client: Client, maya: Person) -> None:
    page = checked(client, har(hit("Purchase", ID, **ORDER), call(event("Purchase", ID, **ORDER))))

    assert "The one event reaches Meta as a pair." in page


def test_the_events_stand_in_their_order_with_their_halves_times(client: Client, maya: Person) -> None:
    page = checked(client, har(*visit()))

    names = ["PageView", "ViewContent", "AddToCart", "InitiateCheckout", "Purchase"]
    places = [page.index(f"<span hx-disable>{name}</span>") for name in names]
    assert places == sorted(places)
    assert page.count('class="rung"') == 5
    assert ">0:13.8</time></span> · <span>Server: <strong>missing</strong>" in page


def test_what_two_halves_say_differently_stands_side_by_side(client: Client, maya: Person) -> None:
    page = checked(client, har(*visit()))

    assert "A pair to Meta, but its halves differ in <code>value</code>" in page
    assert 'data-label="Browser" hx-disable><span>189000</span>' in page
    assert 'data-label="Server" hx-disable><span>198000</span>' in page


def test_a_pair_of_which_one_half_came_late_needs_a_look(client: Client, maya: Person) -> None:
    late = call(event("Purchase", ID, **ORDER), seconds=900)

    page = checked(client, har(hit("Purchase", ID, **ORDER), late))

    assert "Pair, one half late" in page
    assert "1 of 1 events needs a look." in page


def test_findings_stand_on_the_half_that_they_are_of(client: Client, maya: Person) -> None:
    page = checked(client, har(hit("Lead", "l-1", value="Rp 1.000", currency="IDR")))

    assert '<span class="wire">Browser · cd[value]</span> <a class="wire" href="/findings/#M021">M021</a>' in page


def test_the_servers_half_opens_in_the_composer(client: Client, maya: Person, store: Store) -> None:
    sent = call(event("Purchase", ID, value="95.300", currency="Rp"))
    response = client.post("/recording/", {"file": SimpleUploadedFile("a.har", har(sent))})

    opened = client.post("/compose/paste/open/", inputs_of(response))

    draft = Draft.objects.get()
    assert opened["Location"] == f"/compose/{draft.token}/"
    assert kept(draft).store_pk == store.pk
    assert write(kept(draft).composition.base) == write(read(sent["request"]["postData"]["text"]))


def test_a_half_of_an_archived_store_opens_for_another(client: Client, maya: Person, store: Store) -> None:
    other = make_store("Batik Lain")
    Store.objects.filter(pk=store.pk).update(archived_at="2026-11-01T00:00:00Z")

    response = client.post("/recording/", {"file": SimpleUploadedFile("a.har", har(call(event("Lead", "l-1"))))})

    assert inputs_of(response)["store"] == str(other.pk)


def test_a_store_that_the_console_does_not_know_is_named(client: Client, maya: Person) -> None:
    page = checked(client, har(call(event("Lead", "l-1"), store="store_SomebodyElse01")))

    assert "It sent to store_SomebodyElse01, which is no store of this console." in page


def test_no_buyer_no_cookie_and_no_key_is_shown(client: Client, maya: Person) -> None:
    named = hit("Lead", "l-1", note=f"hubungi {EMAIL}", page=f"/?m={EMAIL}")
    page = checked(client, har(named, call(event("Lead", "l-1", note=PHONE), seconds=1)))
    shown = page.replace(
        page[page.index('name="payload" value="') : page.index('<button class="button button-small"')], ""
    )

    for secret in (EMAIL, PHONE, COOKIE, KEY):
        assert secret not in shown
    assert COOKIE not in page
    assert KEY not in page


def test_a_buyer_as_the_name_of_a_parameter_is_masked_too(client: Client, maya: Person) -> None:
    named: dict[str, Any] = {EMAIL: 1}
    page = checked(client, har(hit("Lead", "l-1", **named), call(event("Lead", "l-1"))))

    assert "its halves differ in" in page
    assert EMAIL not in page[: page.index('name="payload" value="')]


def test_half_a_character_is_shown_as_its_escape(client: Client, maya: Person) -> None:
    odd = call(event("Lead\ud83d", "l-1", note="\ud83d", **{"\udfff": 1}))

    page = checked(client, har(hit("Lead", "l-1"), odd, call(event("Lead", "\ud83d", value="\ud83d"))))

    assert "Lead\\ud83d" in page


def test_nothing_of_a_recording_is_kept(client: Client, maya: Person) -> None:
    checked(client, har(*visit()))

    assert not Draft.objects.exists()
    assert EMAIL not in str(dict(client.session))


def test_calls_that_were_not_judged_are_counted_with_the_reason(client: Client, maya: Person) -> None:
    page = checked(client, har(*visit()))

    assert "What was not judged" in page
    assert "The browser asks before it calls Scalev; they carry no event." in page


def test_a_recording_without_an_event_says_how_to_record_one(client: Client, maya: Person) -> None:
    page = checked(client, har())

    assert "No event in this recording: neither a hit of Meta’s pixel nor a call to Scalev’s relay." in page
    assert "“Preserve log” ticked before the first page opens" in page


def test_a_packed_recording_is_read_as_well(client: Client, maya: Person) -> None:
    assert "4 of 5 events need a look." in checked(client, gzip.compress(har(*visit())))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7", "This is no HAR file"),
        (b"PK\x03\x04", "This is a ZIP archive."),
        (b"<!doctype html>", "This is a web page, not a recording."),
        (har(*visit())[:2000], "This file breaks off after"),
    ],
)
def test_what_is_no_recording_is_said_beside_the_field(
    client: Client, maya: Person, content: bytes, words: str
) -> None:
    page = checked(client, content, status=422)

    assert words in page
    assert 'aria-invalid="true"' in page


def test_without_a_file_it_asks_for_one(client: Client, maya: Person) -> None:
    response = client.post("/recording/", {})

    assert response.status_code == 422
    assert "Choose a recording first: the file that ends in .har." in response.content.decode()


def test_a_file_that_is_too_large_is_said_to_be(client: Client, maya: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.forms.recording.MOST_SENT", 1_000)

    assert "This file is larger than" in checked(client, har(*visit()), status=422)


def test_more_events_than_a_page_holds_are_counted(
    client: Client, maya: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording_page, "MOST_RUNGS", 2)

    page = checked(client, har(*visit()))

    assert page.count('class="rung"') == 2
    assert "3 more events are left out." in page
