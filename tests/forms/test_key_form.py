"""What may be pasted where the storefront key belongs, and what each mistake is told."""

from __future__ import annotations

from typing import Any

import pytest

from events.forms.keys import KeyForm
from events.models import Store, StorefrontKey
from tests.factories import SECOND_MASTER_KEY, make_store, make_storefront_key

KEY = "sfpk_4fQ9xTokoBatikNusantara7Kx2QdP4mZr8Lw"
SECRET = "sk_live_4fQ9xTokoBatikNusantara7Kx2"


def form_with(pasted: str, store: Store | None = None, **more: str) -> KeyForm:
    return KeyForm({"storefront_key": pasted, **more}, store=store or Store())


@pytest.mark.parametrize(
    "pasted",
    [
        KEY,
        f"  {KEY}\n",
        f"\u00a0{KEY}\u200b",
        f'"{KEY}"',
        f"“{KEY}”",
        f"Bearer {KEY}",
        f"X-Scalev-Storefront-Api-Key: {KEY}",
        f"x-scalev-storefront-api-key:{KEY}\r\n",
        f"-H 'X-Scalev-Storefront-Api-Key: {KEY}'",
        f"Authorization: Bearer {KEY}",
    ],
)
def test_what_stands_around_a_key_is_taken_off(pasted: str) -> None:
    form = form_with(pasted)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["storefront_key"] == KEY


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        (SECRET, "secret"),
        ("rk_live_4fQ9xTokoBatikNusantara", "secret"),
        ("SK_LIVE_4fQ9xTokoBatik", "secret"),
        (f"Bearer {SECRET}", "secret"),
        (f"Authorization: Bearer {SECRET}", "secret"),
        ("sk_x", "secret"),
        (f"SCALEV_KEY={SECRET}", "secret"),
        (f"X-Scalev-Page-Api-Key: {KEY}", "page"),
        ("store_vlzpML8edzxO5roOdV7Oyfn6", "store_id"),
        ("pgk_4fQ9xTokoBatik", "prefix"),
        ("SFPK_4fQ9xTokoBatik", "prefix"),
        ("12345", "number"),
        ("https://app.scalev.example/settings", "prefix"),
        (f"{KEY[:12]} {KEY[12:]}", "space"),
        (f"{KEY[:12]}\n{KEY[12:]}", "space"),
        (f"{KEY}\r\nX-Evil: 1", "space"),
        (f"{KEY[:12]}\t{KEY[12:]}", "space"),
        ("sfpk_…9f2c", "characters"),
        (f"{KEY}é", "characters"),
        (f"{KEY}\x7f", "characters"),
        ("sfpk_", "form"),
        ("sfpk_" + "a" * 252, "form"),
        ("", "required"),
        (" \n", "required"),
    ],
)
def test_each_mistake_has_its_own_words(pasted: str, code: str) -> None:
    form = form_with(pasted)
    assert [error.code for error in form.errors.as_data()["storefront_key"]] == [code]


@pytest.mark.parametrize("pasted", [SECRET, KEY, f"X-Scalev-Page-Api-Key: {KEY}", "sfpk_ab cd", "pgk_4fQ9x"])
def test_what_was_pasted_is_in_no_rendering(pasted: str) -> None:
    form = form_with(pasted, label="x" * 80)
    assert not form.is_valid()
    assert pasted.split()[-1] not in form.as_div()


@pytest.mark.parametrize("pasted", [SECRET, KEY])
def test_a_key_in_the_label_is_refused_and_forgotten(pasted: str) -> None:
    form = form_with(KEY, label=f"Website {pasted}")
    assert "label" in form.errors
    assert pasted not in form.as_div()


def test_a_null_byte_reaches_no_header() -> None:
    assert not form_with(f"{KEY}\x00").is_valid()


@pytest.mark.django_db
def test_the_first_key_of_a_store_becomes_its_active_one() -> None:
    store = make_store()
    for value in (KEY, KEY + "2"):
        form = form_with(value, store)
        assert form.is_valid()
        form.keep(by=None)
    assert [key.reveal() for key in StorefrontKey.objects.filter(is_active=True)] == [KEY]


@pytest.mark.django_db
def test_the_same_key_twice_in_one_store_is_refused_beside_the_field() -> None:
    key = make_storefront_key(value=KEY)
    form = form_with(KEY, key.store)
    assert form.is_valid()
    assert form.keep(by=None) is None
    assert "already" in str(form.errors["storefront_key"])


@pytest.mark.django_db
def test_the_same_key_may_stand_in_two_stores() -> None:
    make_storefront_key(value=KEY)
    form = form_with(KEY, make_store())
    assert form.is_valid()
    assert form.keep(by=None)


@pytest.mark.django_db
def test_without_the_master_key_of_the_fingerprints_nothing_is_stored_and_the_reason_is_named(settings: Any) -> None:
    store = make_storefront_key().store
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    form = form_with(KEY, store)
    assert form.is_valid()
    assert form.keep(by=None) is None
    assert "master key k1" in str(form.non_field_errors())
    assert store.storefront_keys.count() == 1
