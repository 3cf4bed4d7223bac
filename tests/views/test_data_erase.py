"""The page on which an admin erases a buyer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.domain.tree import read
from events.models import AuditEntry, Chore, Delivery, Person, search
from tests.factories import make_body, make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

EMAIL = "wulan.pertiwi@contoh.id"
SURE = {"do": "erase", "email": EMAIL, "seen": "1", "reason": "She asked for it by mail", "meant": "on"}


@pytest.fixture(autouse=True)
def admin(client: Client) -> Person:
    person = make_person()
    client.force_login(person)
    return person


@pytest.fixture
def delivery() -> Delivery:
    payload = f'{{"user_data": {{"em": "{EMAIL}", "fn": "Wulan", "ln": "Pertiwi"}}, "events": []}}'
    made = make_delivery(make_store("Toko Batik"))
    made.keep_buyer("w•••@contoh.id")
    made.save()
    make_body(made, payload.encode(), b"{}")
    search.index(made, read(payload))
    return made


def post(client: Client, **typed: str) -> Any:
    return client.post(reverse("data_erase"), typed)


def is_kept() -> bool:
    return Delivery.objects.filter(erased_at=None).exists()


def test_a_look_shows_what_there_is_and_erases_nothing(client: Client, delivery: Delivery) -> None:
    response = post(client, do="look", email=EMAIL)
    page = response.content.decode()
    assert "Toko Batik (1)" in page
    assert "Erase her from 1 delivery" in page
    assert is_kept()
    assert response["Cache-Control"] == "no-store"


def test_what_others_hold_of_hers_is_said_before(client: Client, delivery: Delivery) -> None:
    assert "Other deliveries hold her" not in post(client, do="look", email=EMAIL).content.decode()
    payload = '{"user_data": {"em": "wulan@kantor.example", "ph": "081290076543"}, "events": []}'
    for number, body in enumerate((payload, payload.replace("wulan@kantor.example", EMAIL))):
        made = make_delivery(make_store(f"Toko {number}"))
        make_body(made, body.encode())
        search.index(made, read(body))
    assert "Other deliveries hold her" in post(client, do="look", email=EMAIL).content.decode()


def test_looking_again_keeps_the_reason(client: Client, delivery: Delivery) -> None:
    assert 'value="She asked for it by mail"' in post(client, **SURE | {"do": "look"}).content.decode()


def test_with_a_reason_and_a_tick_she_is_erased(client: Client, delivery: Delivery, admin: Person) -> None:
    assert post(client, **SURE)["Location"] == reverse("data")
    assert not is_kept()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.reason) == ("buyer_erased", admin, "She asked for it by mail")
    assert (entry.target, entry.fields, entry.target_url) == ("1 delivery, 0 other entries", ["email"], "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": ""}, "Write down why she is erased."),
        ({"meant": ""}, "Tick this if you mean it."),
        ({"reason": "Wulan.Pertiwi@contoh.id asked"}, "This names her, and would stay."),
        ({"reason": "Bu Pertiwi asked by mail"}, "This names her, and would stay."),
        ({"seen": "2"}, "Something was sent or removed meanwhile."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client: Client, delivery: Delivery, change: dict[str, str], words: str
) -> None:
    response = post(client, **SURE | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert f'value="{EMAIL}"' in page
    assert is_kept()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Write down what she is known by"),
        ({"email": "contoh.id"}, "Write the whole address."),
        ({"phone": "6543"}, "Write the whole number, 8 to 15 digits."),
    ],
)
def test_half_a_value_is_not_looked_for(client: Client, typed: dict[str, str], words: str) -> None:
    response = post(client, do="look", **typed)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_somebody_unknown_is_said_to_be_so(client: Client, delivery: Delivery) -> None:
    assert "Nothing is known of her" in post(client, do="look", email="budi@contoh.id").content.decode()


def test_while_one_waits_for_its_answer_she_cannot_be_erased(client: Client, delivery: Delivery) -> None:
    Delivery.objects.update(outcome="pending")
    assert "1 of them still waits for its answer." in post(client, **SURE).content.decode()
    assert is_kept()


def test_too_many_are_left_to_the_command(client: Client, delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.views.erasing.MOST", 0)
    assert "manage.py erase_buyer" in post(client, **SURE).content.decode()
    assert is_kept()


def test_she_is_in_no_session_log_or_record(
    client: Client, delivery: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    post(client, do="look", email=EMAIL)
    page = client.get(post(client, **SURE)["Location"]).content.decode()
    said = page + caplog.text + str(dict(client.session)) + str(list(AuditEntry.objects.values()))
    assert "wulan" not in said.casefold()


def test_the_page_tells_how_far_the_files_are(client: Client, delivery: Delivery) -> None:
    post(client, **SURE)
    assert "the files are being written anew" in client.get(reverse("data")).content.decode()
    now = timezone.now()
    Chore.objects.create(name="rewrite", due_at=now, done_until=now)
    assert "written anew" in client.get(reverse("data")).content.decode()


def test_the_deliverys_page_says_what_happened(client: Client, delivery: Delivery) -> None:
    post(client, **SURE)
    page = client.get(reverse("delivery", args=[delivery.pk])).content.decode()
    assert "The buyer was erased." in page
    assert "contoh.id" not in page
    resent = client.post(
        reverse("delivery_resend", args=[delivery.pk]), {"token": "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11"}
    )
    assert resent.status_code == 302
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("outcome", ["accepted", "rejected", "server_error", "interrupted", "not_found"])
def test_the_deliverys_page_advises_nothing_that_cannot_be_done(
    client: Client, delivery: Delivery, outcome: str
) -> None:
    Delivery.objects.update(outcome=outcome, status_code=204 if outcome == "accepted" else None)
    post(client, **SURE)
    page = client.get(reverse("delivery", args=[delivery.pk])).content.decode()
    verdict = page.partition('id="verdict"')[2].partition("page-actions")[0]
    assert (
        "<p>Its buyer was erased since, with all that was sent and answered. Nothing is left to do here. </p>"
        in verdict
    )
    assert "<li>" not in verdict
    assert "What to look at in Meta" not in page


@pytest.mark.parametrize("kind", ["csv", "jsonl", "jsonl-full", "har"])
def test_exports_and_the_list_do_without_her(client: Client, delivery: Delivery, kind: str) -> None:
    post(client, **SURE)
    assert client.get(reverse("log")).status_code == 200
    response = client.get(reverse("log_export"), {"format": kind})
    exported = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert str(delivery.pk) in exported
    assert "contoh.id" not in exported


@pytest.mark.parametrize("role", [Role.MARKETER, Role.SUPPORT])
def test_nobody_but_an_admin_may(client: Client, delivery: Delivery, role: Role) -> None:
    client.force_login(make_person(role))
    assert client.get(reverse("data_erase")).status_code == 403
    assert post(client, **SURE).status_code == 403
    assert is_kept()
