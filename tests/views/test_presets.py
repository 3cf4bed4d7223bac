"""Compositions begin with presets: what was typed before stays, and nobody's data is handed on."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.rights import Role
from events.models import AuditEntry, Delivery, Draft, Person, Preset, Store
from events.sandbox.running import Running
from events.views.drafts import kept
from tests.factories import make_person, make_store, make_storefront_key
from tests.products import PARANG_L, payload
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(role=Role.MARKETER, name="Maya Marketer")
    client.force_login(person)
    return person


@pytest.fixture
def store(maya: Person) -> Store:
    return make_storefront_key(make_store("Toko Batik Nusantara")).store


def composing(client: Client, query: str = "") -> tuple[str, FormData]:
    response = client.get(f"/compose/{query}", follow=True)
    return response.redirect_chain[-1][0], inputs_of(response)


def saved(client: Client, store: Store, name: str = "Purchase, COD", **typed: str) -> Preset:
    address, data = composing(client, f"?store={store.pk}&preset=Purchase")
    client.post(f"{address}preset/", data.but(typed))
    answer = client.post(f"{address}preset/save/", {"name": name})
    assert answer.status_code == 302, answer.content.decode()
    return Preset.objects.get(name=name)


def test_purchase_is_started_shown_filled_in_and_sent(client: Client, store: Store, sandbox: Running) -> None:
    address, data = composing(client)

    begun = client.post(f"{address}start/", data.but({"do": "start:Purchase"}), follow=True)
    filled_in = inputs_of(begun)
    client.post(f"{begun.redirect_chain[-1][0]}send/", filled_in.but({"do": "send"}))

    order = str(filled_in["events.0.parameters.order_id"])
    assert order.startswith("TEST-")
    assert filled_in["events.0.event_id"] == f"{order}-Purchase"
    assert Delivery.objects.get().event_ids == [f"{order}-Purchase"]
    assert b"{{" not in sandbox.received[-1].body


def test_starting_leaves_what_was_typed_one_click_away(client: Client, store: Store) -> None:
    address, data = composing(client)

    begun = client.post(f"{address}start/", data.but({"do": "start:Lead", "user_data.fn": "Sari"}), follow=True)

    assert f'href="{address}"' in begun.content.decode()
    assert "Back to what you had" in begun.content.decode()
    assert inputs_of(client.get(address))["user_data.fn"] == "Sari"
    redrawn = client.post(begun.redirect_chain[-1][0], inputs_of(begun).but({"do": "check"}))
    assert f'href="{address}"' in redrawn.content.decode()


def test_a_preset_takes_a_product_that_the_store_sells(client: Client, store: Store) -> None:
    asked = client.post(f"/stores/{store.pk}/products/", {"text": payload()})
    client.post(f"/stores/{store.pk}/products/read/", inputs_of(asked))

    address, data = composing(client, "?preset=AddToCart")

    assert data["variants.0.variant_unique_id"] == PARANG_L
    assert "is invented, too" not in client.get(address).content.decode()


@pytest.mark.parametrize("do", ["start:", "start:999999", "start:Beli", "start:²", "start:" + "9" * 30])
def test_a_preset_that_is_not_there_starts_nothing(client: Client, store: Store, do: str) -> None:
    address, data = composing(client)

    answer = client.post(f"{address}start/", data.but({"do": do}), follow=True)

    assert answer.redirect_chain[-1][0] == address
    assert "not there any more" in answer.content.decode()
    assert Draft.objects.count() == 1


def test_what_is_saved_holds_no_buyer_and_is_encrypted(client: Client, store: Store) -> None:
    preset = saved(client, store, **{"user_data.em": "sari.dewanti@contoh.id", "events.0.parameters.value": "95300"})

    assert "sari" not in preset.content()
    assert '"em":"wulan.pertiwi@contoh.id"' in preset.content()
    assert '"event_id":"{{order_id}}-Purchase"' in preset.content()
    assert b"95300" not in bytes(preset.envelope)
    assert AuditEntry.objects.get(act="preset_saved").target == "Toko Batik Nusantara · Purchase, COD"


def test_the_moment_that_was_filled_in_is_another_at_each_start(client: Client, store: Store) -> None:
    address, data = composing(client, f"?store={store.pk}&preset=Purchase")
    typed = data.but({"do": "fill-in", "events.0.parameters.currency": "{{now}}"})
    done = inputs_of(client.post(address, typed))
    client.post(f"{address}preset/", done)

    client.post(f"{address}preset/save/", {"name": "Purchase, COD"})

    assert str(done["events.0.parameters.currency"]).startswith("20")
    assert '"currency":"{{now}}"' in Preset.objects.get().content()


def test_a_placeholder_that_nothing_fills_in_is_spoken_of_beside_the_name(client: Client, store: Store) -> None:
    address, data = composing(client, f"?store={store.pk}&preset=Purchase")
    quiet = client.get(f"{address}preset/").content.decode()
    client.post(f"{address}preset/", data.but({"events.0.parameters.currency": "{{foo}}"}))

    page = client.get(f"{address}preset/").content.decode()

    words = "This console does not fill in {{foo}}: whoever starts from the preset has to write a value there."
    assert words in page.split('name="name"')[1].split("</form>")[0]
    assert "does not fill in" not in quiet


def test_somebody_else_starts_from_it_with_ids_of_her_own(client: Client, store: Store) -> None:
    preset = saved(client, store, **{"events.0.parameters.value": "95300"})
    client.force_login(make_person(role=Role.MARKETER))

    first, second = (composing(client, f"?store={store.pk}&preset={preset.pk}")[1] for _ in range(2))

    assert first["events.0.parameters.value"] == "95300"
    assert first["events.0.event_id"] != second["events.0.event_id"]
    assert "{{" not in first["base"]


def test_another_stores_preset_is_not_offered(client: Client, store: Store) -> None:
    preset = saved(client, store)
    other = make_storefront_key(make_store("Hijab Sari")).store

    address, _data = composing(client, f"?store={other.pk}")
    answer = client.get(f"/compose/?store={other.pk}&preset={preset.pk}", follow=True)

    assert preset.name not in client.get(address).content.decode()
    assert "not there any more" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "says"),
    [("", "Give the preset a name"), ("wulan@contoh.id", "an e-mail or a phone"), ("purchase, cod", "of this name")],
)
def test_a_name_that_does_not_do_is_explained(client: Client, store: Store, name: str, says: str) -> None:
    saved(client, store)
    address, _data = composing(client)

    answer = client.post(f"{address}preset/save/", {"name": name})

    assert answer.status_code == 422
    assert says in answer.content.decode()


@pytest.mark.parametrize(("role", "may"), [(Role.MARKETER, False), (Role.SUPPORT, True), (Role.ADMIN, True)])
def test_somebody_elses_is_renamed_and_removed_by_support_and_up(
    client: Client, store: Store, role: Role, may: bool
) -> None:
    preset = saved(client, store)
    client.force_login(make_person(role))
    address = f"/stores/{store.pk}/presets/"

    assert ("Rename" in client.get(address).content.decode()) == may
    assert client.post(f"{address}{preset.pk}/", {"name": "Beli"}).status_code == (302 if may else 403)
    assert client.post(f"{address}{preset.pk}/remove/").status_code == (302 if may else 403)
    assert Preset.objects.exists() != may


def test_ones_own_is_renamed_and_removed(client: Client, store: Store) -> None:
    preset = saved(client, store)
    address = f"/stores/{store.pk}/presets/{preset.pk}/"

    client.post(address, {"name": "Beli di tempat"})
    assert Preset.objects.get().name == "Beli di tempat"
    client.post(f"{address}remove/")

    assert not Preset.objects.exists()
    assert {"preset_changed", "preset_removed"} <= set(AuditEntry.objects.values_list("act", flat=True))


@pytest.mark.parametrize("do", ["send", "send-anyway"])
def test_a_placeholder_is_never_sent(client: Client, store: Store, sandbox: Running, do: str) -> None:
    address, data = composing(client)

    answer = client.post(f"{address}send/", data.but({"do": do, "events.0.event_id": "{{order.id}}-1"}))

    beside = answer.content.decode().split('id="in-events-0-event_id-remarks"')[1].split("</div>")[0]
    assert answer.status_code == 422
    assert "The placeholder {{order.id}} was not filled in." in beside
    assert sandbox.received == ()


@pytest.mark.parametrize("place", ["as-json:events.0", "to-json"])
def test_a_placeholder_within_json_is_spoken_of_beside_its_field(client: Client, store: Store, place: str) -> None:
    address, data = composing(client, "?preset=Purchase")
    data["events.0.parameters.order_id"] = "{{invoice}}"

    page = client.post(address, data.but({"do": place})).content.decode()

    name = "in-raw" if place == "to-json" else "in-events-0-raw"
    assert "{{invoice}} was not filled in" in page.split(f'id="{name}-remarks"')[1].split("</div>")[0]


@pytest.mark.parametrize("mode", ["form", "json"])
def test_placeholders_that_were_typed_are_filled_in_by_a_button(client: Client, store: Store, mode: str) -> None:
    address, data = composing(client)
    data["events.0.event_id"] = "{{order_id}}-Lead"
    if mode == "json":
        data = inputs_of(client.post(address, data.but({"do": "to-json"})))
    page = client.post(address, data)
    assert 'value="fill-in"' in page.content.decode()

    done = client.post(address, data.but({"do": "fill-in"}))

    assert "{{" not in inputs_of(done)["base"]
    assert "-Lead" in done.content.decode()


def test_a_preset_that_no_master_key_opens_says_so(client: Client, store: Store) -> None:
    preset = Preset(store=store, name="Rusak", envelope=b"x", created_at=timezone.now())
    preset.save()
    address, data = composing(client)

    answer = client.post(f"{address}start/", data.but({"do": f"start:{preset.pk}"}), follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == address
    assert kept(Draft.objects.get()).notice == ""
