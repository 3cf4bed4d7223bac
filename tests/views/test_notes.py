"""Notes at a delivery: encrypted, with who and when, changed by whoever wrote them, careful with buyers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery, Note, Person
from tests.factories import SECOND_MASTER_KEY, make_person
from tests.views.exchanges import EMAIL, make_exchange

pytestmark = pytest.mark.django_db
SAID = "Pembeli menelepon, pesanan sudah dikirim ulang."


@pytest.fixture
def dimas(client: Client) -> Person:
    person = make_person(role="support", name="Dimas Surya")
    client.force_login(person)
    return person


@pytest.fixture
def delivery() -> Delivery:
    return make_exchange(by=make_person(role="marketer"))


def noted(delivery: Delivery, by: Person | None, text: str = SAID) -> Note:
    note = Note(delivery=delivery, by=by, at=timezone.now())
    note.keep(text)
    note.save()
    return note


def page(client: Client, delivery: Delivery) -> str:
    return client.get(f"/log/{delivery.pk}/").content.decode()


def test_a_note_is_kept_encrypted_and_shown_with_who_and_when(
    client: Client, dimas: Person, delivery: Delivery
) -> None:
    client.post(f"/log/{delivery.pk}/notes/", {"text": f"{SAID}\r\n<b>Baris kedua</b>"})

    note = Note.objects.get()
    assert note.text() == f"{SAID}\n<b>Baris kedua</b>"
    assert SAID.encode() not in bytes(note.envelope)
    html = page(client, delivery)
    assert f"{SAID}\n&lt;b&gt;Baris kedua&lt;/b&gt;" in html
    assert "Dimas Surya, <time" in html
    assert "edited" not in html


def test_a_note_of_2000_letters_is_kept_and_one_more_letter_is_not_lost(
    client: Client, dimas: Person, delivery: Delivery
) -> None:
    # A browser counts a line's end as one letter, and sends two.
    client.post(f"/log/{delivery.pk}/notes/", {"text": "x" * 1998 + "\r\ny"})
    assert Note.objects.count() == 1

    response = client.post(f"/log/{delivery.pk}/notes/", {"text": "z" * 2001})

    assert response.status_code == 422
    assert "z" * 2001 in response.content.decode()
    assert Note.objects.count() == 1


def test_an_empty_note_says_what_to_do(client: Client, dimas: Person, delivery: Delivery) -> None:
    response = client.post(f"/log/{delivery.pk}/notes/", {"text": "  "})

    assert response.status_code == 422
    assert "Write something first." in response.content.decode()


@pytest.mark.parametrize("value", [EMAIL, "0812 9007 6543", "Wulan", "budi@contoh.id"])
def test_a_note_that_names_a_buyer_asks_first(client: Client, dimas: Person, delivery: Delivery, value: str) -> None:
    typed = f"Telepon dari {value}, minta dikirim ulang"

    response = client.post(f"/log/{delivery.pk}/notes/", {"text": typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert "everybody who sees the log will read it" in html
    assert typed in html
    assert "Keep it masked" in html
    assert not Note.objects.exists()


@pytest.mark.parametrize(("choice", "kept"), [("masked", "dari w•••@contoh.id"), ("written", f"dari {EMAIL}")])
def test_a_note_that_names_a_buyer_is_kept_as_its_writer_decides(
    client: Client, dimas: Person, delivery: Delivery, choice: str, kept: str
) -> None:
    client.post(f"/log/{delivery.pk}/notes/", {"text": f"dari {EMAIL}", "as": choice})

    assert Note.objects.get().text() == kept


def test_a_storefront_key_is_never_kept_in_a_note(client: Client, dimas: Person, delivery: Delivery) -> None:
    client.post(f"/log/{delivery.pk}/notes/", {"text": "kunci sfpk_TokoBatik0001", "as": "written"})

    assert "TokoBatik0001" not in Note.objects.get().text()


def test_who_wrote_a_note_changes_it_and_it_says_so(client: Client, dimas: Person, delivery: Delivery) -> None:
    note = noted(delivery, dimas)

    client.post(f"/log/{delivery.pk}/notes/{note.pk}/", {"text": "Sudah selesai."})

    note.refresh_from_db()
    assert (note.text(), note.edited_at is not None) == ("Sudah selesai.", True)
    html = page(client, delivery)
    assert "edited <time" in html
    assert SAID not in html


def test_a_change_that_is_refused_stands_in_the_form_of_its_note(
    client: Client, dimas: Person, delivery: Delivery
) -> None:
    note = noted(delivery, dimas)

    response = client.post(f"/log/{delivery.pk}/notes/{note.pk}/", {"text": f"dari {EMAIL}"})

    html = response.content.decode()
    assert response.status_code == 422
    assert SAID in html
    assert f'id="note-{note.pk}-text"' in html.partition(f"dari {EMAIL}")[0]
    assert note.text() == SAID


@pytest.mark.parametrize(("role", "may_remove"), [("support", False), ("admin", True)])
def test_somebody_elses_note_is_changed_by_nobody_and_removed_by_an_admin(
    client: Client, delivery: Delivery, role: str, may_remove: bool
) -> None:
    note = noted(delivery, make_person(role="support"))
    client.force_login(make_person(role=role))

    html = page(client, delivery)
    assert f"/notes/{note.pk}/&" not in html
    assert f'action="/log/{delivery.pk}/notes/{note.pk}/"' not in html
    assert (f"/notes/{note.pk}/remove/" in html) is may_remove

    refused = client.post(f"/log/{delivery.pk}/notes/{note.pk}/", {"text": "Bukan saya"})
    assert refused.status_code == 403
    assert "No role lets you change a note that somebody else wrote." in refused.content.decode()
    removed = client.post(f"/log/{delivery.pk}/notes/{note.pk}/remove/")
    assert removed.status_code == (302 if may_remove else 403)
    assert Note.objects.exists() is not may_remove


def test_who_wrote_a_note_removes_it(client: Client, dimas: Person, delivery: Delivery) -> None:
    client.post(f"/log/{delivery.pk}/notes/{noted(delivery, dimas).pk}/remove/")

    assert not Note.objects.exists()


def test_a_note_is_reached_through_its_own_delivery_only(client: Client, dimas: Person, delivery: Delivery) -> None:
    note = noted(make_exchange(by=dimas), dimas)

    assert client.post(f"/log/{delivery.pk}/notes/{note.pk}/remove/").status_code == 404
    assert Note.objects.exists()


def test_a_note_whose_master_key_is_gone_says_so(
    client: Client, dimas: Person, delivery: Delivery, settings: Any
) -> None:
    noted(delivery, dimas)
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY

    html = page(client, delivery)

    assert "This note cannot be shown. This needs master key k1" in html
    assert SAID not in html
