"""What a first run finds in its stores: one that behaves, and one for every misbehaviour of the sandbox."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command

from events.domain import contract
from events.forms.keys import KeyForm
from events.models import Store, StorefrontKey
from events.sandbox import scenarios
from tests.factories import make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.CONSOLE_DATA_DIR = tmp_path


def test_every_scenario_of_the_sandbox_has_a_key_of_its_own_in_the_store_of_its_group() -> None:
    call_command("seed")

    for group, misbehaviours in scenarios.GROUPS:
        store = Store.objects.get(name=f"Sandbox: {group.lower()}")
        found = {key.label: scenarios.by_key(key.reveal()) for key in store.storefront_keys.all()}
        assert found == {scenario.title: scenario for scenario in misbehaviours}
        assert scenarios.by_store_id(store.store_id) is None


def test_every_misbehaviour_before_a_send_from_a_browser_has_a_store_of_its_own() -> None:
    call_command("seed")

    for scenario in scenarios.PREFLIGHTS:
        store = Store.objects.get(name=f"Sandbox: {scenario.title.lower()}")
        assert scenarios.preflight_by_store_id(store.store_id) is scenario
        assert store.default_channel == "browser", "from the server it behaves"


def test_every_seeded_key_is_one_that_the_form_would_take() -> None:
    call_command("seed")

    for store in Store.objects.all():
        assert StorefrontKey.active_of(store) is not None
        assert contract.STORE_ID_FORM.match(store.store_id)
        assert store.environment == "sandbox"
        other = Store(name="Another", store_id="store_another")
        for key in store.storefront_keys.all():
            assert KeyForm({"storefront_key": key.reveal()}, store=other).is_valid()


def test_a_second_run_adds_nothing() -> None:
    call_command("seed")
    Store.objects.filter(name="Toko Batik Nusantara").delete()
    before = Store.objects.count()
    call_command("seed")
    assert Store.objects.count() == before


def test_somebody_elses_stores_are_left_alone() -> None:
    make_store("Toko Batik Nusantara")
    call_command("seed")
    assert Store.objects.count() == 1


def test_production_gets_no_store_and_no_account(settings: Any) -> None:
    settings.CONSOLE_MODE = "production"
    call_command("seed")
    assert not Store.objects.exists()


def test_an_installation_without_a_sandbox_gets_no_store(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"production": "https://api.scalev.com"}
    call_command("seed")
    assert not Store.objects.exists()
