"""Adding, activating and removing storefront keys."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.domain.rights import Role
from events.models import AuditEntry, Person, Store, StorefrontKey
from tests.factories import SECOND_MASTER_KEY, make_delivery, make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db

KEY = "sfpk_4fQ9xTokoBatikNusantara7Kx2QdP4mZr8Lw"
SECRET = "sk_live_4fQ9xTokoBatikNusantara7Kx2"


@pytest.fixture(autouse=True)
def admin(client: Client) -> Person:
    person = make_person()
    client.force_login(person)
    return person


@pytest.fixture
def store() -> Store:
    return make_store("Toko Batik Nusantara")


def add(client: Client, store: Store, value: str, label: str = "Website") -> Any:
    return client.post(reverse("key_add", args=[store.pk]), {"storefront_key": value, "label": label})


def test_a_key_is_kept_encrypted_and_shown_by_its_end_only(client: Client, store: Store, admin: Person) -> None:
    response = add(client, store, f" {KEY}\n")
    assert response.status_code == 302
    key = StorefrontKey.objects.get()
    assert (key.reveal(), key.label, key.created_by, key.is_active) == (KEY, "Website", admin, True)
    shown = client.get(response["Location"]).content.decode()
    assert "sfpk_…r8Lw" in shown
    assert KEY not in shown


def test_adding_a_key_is_written_down_without_its_value(client: Client, store: Store, admin: Person) -> None:
    add(client, store, KEY)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target) == ("key_added", admin, "Toko Batik Nusantara · sfpk_…r8Lw")
    assert entry.fields == ["storefront_key", "label"]


@pytest.mark.parametrize("pasted", [SECRET, f"Bearer {SECRET}", "rk_live_4fQ9xTokoBatik"])
def test_a_secret_key_is_refused_told_to_be_revoked_and_kept_nowhere(
    client: Client, store: Store, pasted: str, caplog: pytest.LogCaptureFixture
) -> None:
    response = add(client, store, pasted)
    shown = response.content.decode()
    assert response.status_code == 422
    assert "revoke it" in shown
    assert pasted.split()[-1] not in shown + caplog.text + str(list(AuditEntry.objects.values()))
    assert not StorefrontKey.objects.exists()


def test_the_label_stays_when_the_key_is_refused(client: Client, store: Store) -> None:
    assert 'value="Landing pages"' in add(client, store, "12345", "Landing pages").content.decode()


def test_without_the_master_key_nothing_is_stored_and_the_page_says_why(
    client: Client, store: Store, settings: Any
) -> None:
    make_storefront_key()
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    response = add(client, store, KEY)
    assert response.status_code == 422
    assert "needs master key k1" in response.content.decode()
    assert not store.storefront_keys.exists()


def test_one_key_is_active_at_a_time(client: Client, store: Store) -> None:
    first, second = make_storefront_key(store), make_storefront_key(store, is_active=False)
    client.post(reverse("key_activate", args=[store.pk, second.pk]))
    assert list(store.storefront_keys.filter(is_active=True)) == [second]
    first.refresh_from_db()
    assert not first.is_active
    assert AuditEntry.objects.get().act == "key_activated"


def test_a_removed_key_is_gone_and_its_deliveries_stay(client: Client, store: Store) -> None:
    key = make_storefront_key(store)
    delivery = make_delivery(store, storefront_key=key)
    asked = client.get(reverse("key_remove", args=[store.pk, key.pk])).content.decode()
    assert "nothing can be sent to Toko Batik Nusantara until another one is active" in asked
    client.post(reverse("key_remove", args=[store.pk, key.pk]))
    delivery.refresh_from_db()
    assert not StorefrontKey.objects.exists()
    assert delivery.storefront_key is None
    assert AuditEntry.objects.get().act == "key_removed"


def test_a_new_key_takes_over_where_the_active_one_was_removed(client: Client, store: Store) -> None:
    make_storefront_key(store, is_active=False)
    add(client, store, KEY)
    assert StorefrontKey.objects.get(is_active=True).reveal() == KEY


@pytest.mark.parametrize("name", ["key_activate", "key_remove", "key_test"])
def test_a_key_is_only_found_in_its_own_store(client: Client, store: Store, name: str) -> None:
    key = make_storefront_key()
    assert client.post(reverse(name, args=[store.pk, key.pk])).status_code == 404
    assert StorefrontKey.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize("role", [Role.MARKETER, Role.SUPPORT])
@pytest.mark.parametrize("name", ["key_activate", "key_remove", "key_test"])
def test_only_admins_touch_keys(client: Client, role: Role, name: str) -> None:
    key = make_storefront_key()
    client.force_login(make_person(role))
    assert client.post(reverse(name, args=[key.store_id, key.pk])).status_code == 403
    assert StorefrontKey.objects.filter(pk=key.pk).exists()
