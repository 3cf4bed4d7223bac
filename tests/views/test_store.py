"""A store's page, changing a store, archiving it and bringing it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import AuditEntry, Person, Store
from tests.factories import SECOND_MASTER_KEY, make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(client: Client) -> Person:
    person = make_person()
    client.force_login(person)
    return person


def page(client: Client, store: Store) -> str:
    return client.get(reverse("store", args=[store.pk])).content.decode()


def typed(store: Store, **changed: str) -> dict[str, str]:
    kept = {"name": store.name, "store_id": store.store_id, "environment": store.environment}
    sends = {"browser_sends": "on", "default_channel": store.default_channel}
    return {**kept, **sends, "hosts": "\n".join(store.hosts), "currency": "IDR", "country": "id", **changed}


def test_equal_keys_in_two_stores_are_spotted(client: Client) -> None:
    make_storefront_key(make_store("Hijab Sari"), value="sfpk_4fQ9xTokoBatikNusantara")
    key = make_storefront_key(value="sfpk_4fQ9xTokoBatikNusantara")
    assert "same key as in Hijab Sari" in page(client, key.store)


def test_different_keys_are_not_called_the_same(client: Client) -> None:
    make_storefront_key(make_store("Hijab Sari"))
    assert "same key as in" not in page(client, make_storefront_key().store)


def test_a_key_under_a_missing_master_key_names_it(client: Client, settings: Any) -> None:
    store = make_storefront_key().store
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    assert "needs master key k1" in page(client, store)


def test_a_key_that_was_tampered_with_is_no_server_error(client: Client) -> None:
    key = make_storefront_key()
    type(key).objects.update(envelope=b"sfpk_clear_text")
    shown = page(client, key.store)
    assert "cannot be read any more" in shown
    assert "clear_text" not in shown


def test_an_environment_that_left_the_settings_is_explained(client: Client, settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"production": "https://api.scalev.com"}
    shown = page(client, make_store(environment="sandbox"))
    assert "no longer name the environment “sandbox”" in shown
    assert "SCALEV_ENVIRONMENTS" in shown


def test_a_short_key_keeps_its_end_to_itself(client: Client) -> None:
    shown = page(client, make_storefront_key(value="sfpk_abcd").store)
    assert "abcd" not in shown


def test_a_store_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(reverse("store", args=[88212])).status_code == 404


def test_a_change_is_saved_and_written_down_by_its_fields(client: Client, admin: Person) -> None:
    store = make_store("Hijab Sari")
    response = client.post(reverse("store_edit", args=[store.pk]), typed(store, name="Hijab Sari Bandung"))
    assert response["Location"] == reverse("store", args=[store.pk])
    store.refresh_from_db()
    assert store.name == "Hijab Sari Bandung"
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.fields) == ("store_changed", admin, ["name"])


def test_a_refused_change_changes_nothing_and_keeps_the_pages_title(client: Client) -> None:
    store = make_store("Hijab Sari")
    response = client.post(reverse("store_edit", args=[store.pk]), typed(store, name="Hijab", store_id="88212"))
    assert response.status_code == 422
    assert "Edit Hijab Sari" in response.content.decode()
    store.refresh_from_db()
    assert store.name == "Hijab Sari"


def test_an_archived_store_leaves_the_choices_and_comes_back(client: Client) -> None:
    store = make_store("Kopi Senja")
    client.post(reverse("store_archive", args=[store.pk]))
    assert store not in Store.objects.current()
    assert "archived" in page(client, store)
    client.post(reverse("store_restore", args=[store.pk]))
    assert store in Store.objects.current()
    acts = list(AuditEntry.objects.order_by("id").values_list("act", "target"))
    assert acts == [("store_archived", "Kopi Senja"), ("store_restored", "Kopi Senja")]


def test_archiving_twice_keeps_the_first_time_and_one_entry(client: Client) -> None:
    store = make_store()
    for _ in range(2):
        client.post(reverse("store_archive", args=[store.pk]))
    assert AuditEntry.objects.count() == 1


def test_a_store_does_not_come_back_under_a_name_that_is_taken(client: Client) -> None:
    store = make_store("Kopi Senja", archived_at=timezone.now())
    make_store("KOPI SENJA")
    response = client.post(reverse("store_restore", args=[store.pk]), follow=True)
    assert "Another store is called Kopi Senja" in response.content.decode()
    assert store not in Store.objects.current()


@pytest.mark.parametrize("name", ["store_archive", "store_restore"])
def test_a_link_alone_archives_nothing(client: Client, name: str) -> None:
    assert client.get(reverse(name, args=[make_store().pk])).status_code == 405


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"browser_sends": False}, "this console’s server only"),
        ({"environment": "production"}, "a person’s own browser first"),
        ({"environment": "sandbox"}, "this console’s server first"),
    ],
)
def test_its_page_says_from_where_it_is_sent_to(client: Client, fields: dict[str, Any], words: str) -> None:
    assert words in page(client, make_store(**fields))


def test_forbidding_browsers_is_written_down(client: Client) -> None:
    store = make_store()
    changed = typed(store)
    del changed["browser_sends"]
    client.post(reverse("store_edit", args=[store.pk]), changed)
    store.refresh_from_db()
    assert (store.browser_sends, AuditEntry.objects.get().fields) == (False, ["browser_sends"])
