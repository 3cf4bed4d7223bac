"""The list of stores, and adding one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.models import AuditEntry, Person, Store
from tests.factories import SECOND_MASTER_KEY, make_delivery, make_person, make_store, make_storefront_key

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Toko Batik Nusantara",
    "store_id": "store_vlzpML8edzxO5roOdV7Oyfn6",
    "environment": "production",
    "hosts": "https://batiknusantara.id/checkout",
    "currency": "IDR",
    "country": "id",
}


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_person()
    client.force_login(person)
    return person


def page(client: Client) -> str:
    return client.get(reverse("stores")).content.decode()


@pytest.mark.usefixtures("admin")
def test_a_store_is_shown_with_its_masked_key_and_how_it_last_went(client: Client) -> None:
    store = make_store("Hijab Sari", store_id="store_vlzpML8edzxO5roOdV7Oyfn6")
    key = make_storefront_key(store, value="sfpk_HijabSari4fQ9xTokoBa9f2c")
    make_delivery(store, storefront_key=key)
    make_delivery(store, storefront_key=key, outcome="not_found", status_code=404)

    shown = page(client)

    assert "Hijab Sari" in shown
    assert "store_vlzp…oOdV7Oyfn6" in shown
    assert "sfpk_…9f2c" in shown
    assert "sfpk_Hijab" not in shown
    assert "Not found" in shown


@pytest.mark.usefixtures("admin")
def test_production_stands_above_everything_else(client: Client) -> None:
    make_store("Aneka Batik")
    make_store("Zaitun Hijab", environment="production")
    shown = page(client)
    assert shown.index("Zaitun Hijab") < shown.index("Aneka Batik")


@pytest.mark.usefixtures("admin")
def test_a_sandbox_store_is_tested_in_one_click_and_a_production_store_asks_first(client: Client) -> None:
    sandbox = make_storefront_key(make_store())
    production = make_storefront_key(make_store(environment="production"))
    shown = page(client)
    assert f'action="{reverse("key_test", args=[sandbox.store_id, sandbox.pk])}"' in shown
    assert f'href="{reverse("key_test", args=[production.store_id, production.pk])}"' in shown
    assert f'action="{reverse("key_test", args=[production.store_id, production.pk])}"' not in shown


@pytest.mark.usefixtures("admin")
def test_archived_stores_are_folded_away_with_the_way_back(client: Client) -> None:
    store = make_store("Kopi Senja", archived_at=timezone.now())
    shown = page(client)
    assert "1 archived store" in shown
    assert reverse("store_restore", args=[store.pk]) in shown


@pytest.mark.usefixtures("admin")
def test_without_a_store_the_page_says_what_one_is(client: Client) -> None:
    assert "No store yet" in page(client)


@pytest.mark.usefixtures("admin")
def test_a_key_whose_master_key_is_gone_is_said_to_need_it_and_cannot_be_tested(client: Client, settings: Any) -> None:
    key = make_storefront_key()
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    shown = page(client)
    assert "needs master key k1" in shown
    assert reverse("key_test", args=[key.store_id, key.pk]) not in shown


@pytest.mark.usefixtures("admin")
def test_a_store_whose_environment_is_gone_says_so(client: Client, settings: Any) -> None:
    make_storefront_key()
    settings.SCALEV_ENVIRONMENTS = {"production": "https://api.scalev.com"}
    assert "Environment is gone" in page(client)


@pytest.mark.usefixtures("admin")
def test_the_number_of_queries_does_not_grow_with_the_stores(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_storefront_key()
    with django_assert_max_num_queries(8):
        page(client)


def test_adding_a_store_leads_to_its_page_and_is_written_down(client: Client, admin: Person) -> None:
    response = client.post(reverse("store_add"), TYPED)
    store = Store.objects.get()
    assert response["Location"] == reverse("store", args=[store.pk])
    assert (store.store_id, store.hosts) == (TYPED["store_id"], ["batiknusantara.id"])
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target) == ("store_added", admin, "Toko Batik Nusantara")
    assert "store_id" in entry.fields
    assert TYPED["store_id"] not in str(entry.fields)


@pytest.mark.usefixtures("admin")
def test_a_refused_store_comes_back_with_what_was_typed(client: Client) -> None:
    response = client.post(reverse("store_add"), {**TYPED, "store_id": "88212"})
    shown = response.content.decode()
    assert response.status_code == 422
    assert 'value="88212"' in shown
    assert 'value="Toko Batik Nusantara"' in shown
    assert "number from Scalev&#x27;s address bar" in shown
    assert not Store.objects.exists()


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("pasted", ["sfpk_4fQ9xTokoBatikNusantara7Kx2", "sk_live_4fQ9xTokoBatikNusantara"])
def test_a_key_pasted_as_store_id_is_neither_stored_nor_shown(client: Client, pasted: str) -> None:
    response = client.post(reverse("store_add"), {**TYPED, "store_id": pasted})
    assert response.status_code == 422
    assert pasted not in response.content.decode()
    assert not Store.objects.exists()


@pytest.mark.parametrize("role", [Role.MARKETER, Role.SUPPORT])
@pytest.mark.parametrize("name", ["stores", "store_add"])
def test_only_admins_get_here(client: Client, role: Role, name: str) -> None:
    client.force_login(make_person(role))
    assert client.get(reverse(name)).status_code == 403
