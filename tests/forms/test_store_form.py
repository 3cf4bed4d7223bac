"""The form of a store: every mistake of pasting is explained beside its field, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from events.forms.stores import StoreForm, host_of
from events.models import Store
from tests.factories import make_store

pytestmark = pytest.mark.django_db

KEY = "sfpk_4fQ9xTokoBatikNusantara7Kx2QdP4mZr8Lw"
SECRET = "sk_live_4fQ9xTokoBatikNusantara7Kx2"
TYPED = {
    "name": "Toko Batik Nusantara",
    "store_id": "store_vlzpML8edzxO5roOdV7Oyfn6",
    "environment": "production",
    "hosts": "batiknusantara.id",
    "currency": "IDR",
    "country": "id",
}


def form_with(**typed: str) -> StoreForm:
    return StoreForm({**TYPED, **typed})


def codes(form: StoreForm, name: str) -> list[str | None]:
    return [error.code for error in form.errors.as_data().get(name, [])]


def test_a_store_is_saved_as_it_was_typed() -> None:
    form = form_with()
    assert form.is_valid(), form.errors
    store = form.save()
    assert (store.name, store.store_id, store.environment) == tuple(TYPED.values())[:3]
    assert (store.hosts, store.currency, store.country) == (["batiknusantara.id"], "IDR", "id")


@pytest.mark.parametrize("pasted", [" store_abc ", "store_abc\n", "\u200bstore_abc", '"store_abc"'])
def test_blanks_and_quotes_around_a_store_id_are_taken_off(pasted: str) -> None:
    form = form_with(store_id=pasted)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["store_id"] == "store_abc"


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("88212", "number"),
        ("https://app.scalev.example/stores/88212", "url"),
        ("https://api.scalev.com/v3/stores/store_abc123/public/items", "taken_from_url"),
        ("variant_k3R9vQ2", "other_id"),
        ("bundle_price_option_8Zt", "other_id"),
        ("store_abc store_def", "space"),
        ("Store_abc", "form"),
        ("store_", "form"),
        ("store_é", "form"),
        ("store_abc/..", "url"),
        ("", "required"),
    ],
)
def test_a_wrong_store_id_is_explained(pasted: str, code: str) -> None:
    form = form_with(store_id=pasted)
    assert not form.is_valid()
    assert codes(form, "store_id") == [code]


def test_the_store_id_of_a_pasted_address_is_put_into_the_field() -> None:
    form = form_with(store_id="https://api.scalev.com/v3/stores/store_abc123/public/items")
    assert not form.is_valid()
    assert form["store_id"].value() == "store_abc123"
    assert form["name"].value() == TYPED["name"]


@pytest.mark.parametrize("name", ["store_id", "name", "hosts", "currency"])
@pytest.mark.parametrize("pasted", [KEY, SECRET])
def test_a_key_in_any_field_is_refused_and_never_shown_again(name: str, pasted: str) -> None:
    form = form_with(**{name: f" {pasted} "})
    assert not form.is_valid()
    assert "not stored" in str(form.errors[name])
    assert pasted not in form.as_div()


def test_hosts_are_taken_from_lines_commas_and_addresses_once_each() -> None:
    form = form_with(hosts="https://BatikNusantara.id/checkout?x=1\nbatiknusantara.id, toko.batiknusantara.id:8443")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["hosts"] == ["batiknusantara.id", "toko.batiknusantara.id"]


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("batiknusantara.id.", "batiknusantara.id"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("//batiknusantara.id/x", "batiknusantara.id"),
        ("localhost", "localhost"),
        ("batik", ""),
        ("127.0.0.1", ""),
        ("[::1]", ""),
        ("http://[", ""),
        ("*.batiknusantara.id", ""),
        ("batik nusantara.id", ""),
        ("-x.id", ""),
        ("a" * 64 + ".id", ""),
        ("batik..id", ""),
    ],
)
def test_a_host_is_a_name_and_nothing_else(written: str, host: str) -> None:
    assert host_of(written) == host


def test_a_host_that_is_none_is_named() -> None:
    assert "batik_toko" in str(form_with(hosts="batiknusantara.id batik_toko").errors["hosts"])


@pytest.mark.parametrize(("written", "meant"), [("Rp", "IDR"), ("rupiah", "IDR"), ("$", "USD")])
def test_a_currency_sign_is_told_its_code(written: str, meant: str) -> None:
    assert meant in str(form_with(currency=written).errors["currency"])


@pytest.mark.parametrize(("written", "meant"), [("uk", "gb"), ("Indonesia", "id"), ("+62", "id")])
def test_a_country_is_told_its_code(written: str, meant: str) -> None:
    assert meant in str(form_with(country=written).errors["country"])


def test_codes_are_brought_into_their_usual_letters() -> None:
    form = form_with(currency=" idr ", country="ID")
    assert form.is_valid()
    assert (form.cleaned_data["currency"], form.cleaned_data["country"]) == ("IDR", "id")


def test_the_same_store_id_twice_in_one_environment_names_the_other_store() -> None:
    make_store("Hijab Sari", store_id=TYPED["store_id"], environment="production")
    assert "Hijab Sari" in str(form_with().errors["store_id"])


def test_an_archived_store_is_to_be_brought_back_instead() -> None:
    make_store("Hijab Sari", store_id=TYPED["store_id"], environment="production", archived_at=timezone.now())
    assert "Bring it back" in str(form_with().errors["store_id"])


def test_the_same_store_id_may_stand_in_two_environments() -> None:
    make_store(store_id=TYPED["store_id"], environment="sandbox")
    assert form_with().is_valid()


def test_a_name_is_taken_whatever_its_letters_case() -> None:
    make_store("TOKO BATIK  NUSANTARA".replace("  ", " "))
    assert "name" in form_with().errors


def test_a_store_keeps_its_own_name_and_id_when_it_is_edited() -> None:
    store = form_with().save()
    assert StoreForm({**TYPED, "hosts": ""}, instance=store).is_valid()


def test_production_comes_first_and_is_the_choice_unless_another_is_made() -> None:
    form = StoreForm()
    assert [value for value, _ in form.fields["environment"].choices] == ["production", "sandbox"]  # type: ignore[attr-defined]
    assert [form[name].value() for name in ("environment", "currency", "country")] == ["production", "IDR", "id"]


def test_an_environment_that_the_settings_do_not_name_is_refused() -> None:
    assert "environment" in form_with(environment="staging").errors


def test_editing_a_store_whose_environment_is_gone_does_not_move_it_to_production(settings: Any) -> None:
    store = make_store(environment="sandbox")
    settings.SCALEV_ENVIRONMENTS = {"production": "https://api.scalev.com"}
    form = StoreForm(instance=store)
    assert form["environment"].value() == "sandbox"
    assert "no longer in the settings" in str(form["environment"])


@pytest.mark.parametrize(("environment", "channel"), [("production", "browser"), ("sandbox", "server")])
def test_a_channel_left_alone_is_the_usual_one_of_its_environment(environment: str, channel: str) -> None:
    assert form_with(environment=environment, browser_sends="on").save().default_channel == channel


def test_a_chosen_channel_stands() -> None:
    store = form_with(environment="production", browser_sends="on", default_channel="server").save()

    assert (store.browser_sends, store.first_channel) == (True, "server")


def test_where_browsers_may_not_send_the_server_comes_first() -> None:
    store = form_with(environment="production", default_channel="browser").save()

    assert (store.browser_sends, store.first_channel) == (False, "server")


def test_a_store_older_than_the_setting_begins_with_its_usual_channel() -> None:
    store = make_store(environment="production")
    Store.objects.update(default_channel="")
    store.refresh_from_db()

    assert store.first_channel == "browser"
