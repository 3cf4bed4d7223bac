"""The page about what is kept: the state of the log, and the days that deliveries are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.management import pruning
from events.models import AuditEntry, Chore, Delivery, Person, Retention, Store
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(client: Client) -> Person:
    person = make_person()
    client.force_login(person)
    return person


@pytest.fixture
def store() -> Store:
    return make_store("Toko Batik")


def sent(store: Store, days_ago: int) -> Delivery:
    return make_delivery(store, created_at=timezone.now() - timedelta(days=days_ago))


def save(client: Client, **typed: str) -> Any:
    return client.post(reverse("data_retention"), {name.replace("_", "-"): value for name, value in typed.items()})


def shown(client: Client) -> str:
    return client.get(reverse("data")).content.decode()


def kept() -> dict[Any, int]:
    return dict(Retention.objects.values_list("store_id", "days"))


def test_at_first_everything_is_kept_for_ever(client: Client, store: Store) -> None:
    sent(store, 900)
    page = shown(client)
    assert "everything is kept for ever" in page
    assert "Leave it empty to keep deliveries for ever." in page


def test_the_log_is_counted_as_far_as_anybody_needs(
    client: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.views.data.COUNTED", 2)
    for _ in range(3):
        sent(store, 1)
    assert "<dd>2+ deliveries</dd>" in shown(client)


def test_days_that_remove_nothing_are_saved_at_once(client: Client, store: Store, admin: Person) -> None:
    sent(store, 3)
    assert save(client, days="90")["Location"] == reverse("data")
    saved = Retention.objects.get()
    assert (saved.store, saved.days, saved.changed_by) == (None, 90, admin)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target, entry.fields) == ("retention_changed", admin, "every store", ["days"])


def test_days_that_would_remove_something_are_asked_about_first(client: Client, store: Store) -> None:
    sent(store, 40)
    asked = save(client, days="30").content.decode()
    assert "This removes 1 delivery." in asked
    assert not Retention.objects.exists()
    save(client, days="30", confirmed="yes")
    assert kept() == {None: 30}


def test_the_question_keeps_what_was_typed(client: Client, store: Store) -> None:
    sent(store, 40)
    asked = client.post(reverse("data_retention"), {"days": "30", f"store-{store.pk}": "7"}).content.decode()
    assert f'name="store-{store.pk}" value="7"' in asked


def test_a_store_may_keep_its_own_days(client: Client, store: Store) -> None:
    client.post(reverse("data_retention"), {"days": "", f"store-{store.pk}": "365"})
    assert kept() == {store.pk: 365}
    assert AuditEntry.objects.get().target == "Toko Batik"


def test_days_taken_away_keep_for_ever_again(client: Client, store: Store) -> None:
    Retention.objects.create(days=30, changed_at=timezone.now())
    save(client, days="")
    assert kept() == {}


def test_saving_what_is_set_changes_nothing(client: Client) -> None:
    Retention.objects.create(days=30, changed_at=timezone.now())
    save(client, days="30")
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("typed", ["0", "3651", "-1", "1.5", "sebulan", "9" * 400])
def test_a_number_that_cannot_be_stays_beside_its_error(client: Client, store: Store, typed: str) -> None:
    response = client.post(reverse("data_retention"), {"days": "60", f"store-{store.pk}": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Write a whole number of days from 1 to 3650." in page
    assert f'value="{typed}"' in page
    assert 'value="60"' in page


def test_it_says_what_the_next_pruning_removes_and_when(client: Client, store: Store) -> None:
    Retention.objects.create(days=30, changed_at=timezone.now())
    Chore.objects.create(name="prune", due_at=timezone.now() + timedelta(hours=2))
    sent(store, 40)
    page = shown(client)
    assert "removes 1 delivery" in page
    assert "due" in page


def test_it_says_what_the_last_pruning_did(client: Client, store: Store) -> None:
    Retention.objects.create(days=30, changed_at=timezone.now())
    Chore.objects.create(name="prune", due_at=timezone.now())
    sent(store, 40)
    list(pruning.by_schedule(timezone.now()))
    assert "1 delivery" in shown(client)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("role", [Role.MARKETER, Role.SUPPORT])
@pytest.mark.parametrize("name", ["data", "data_retention"])
def test_nobody_but_an_admin_gets_there(client: Client, role: Role, name: str) -> None:
    client.force_login(make_person(role))
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {"days": "1", "confirmed": "yes"}).status_code == 403
    assert not Retention.objects.exists()
