"""A composition's findings mended by their buttons: on the server, from the finding's name, and undone again."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.tree import Object, at, read
from events.models import Delivery, Draft, Person
from events.sandbox.running import Running
from events.views.drafts import kept, start_draft
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import inputs_of

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, NAME = "M001:/user_data/ph", "M010:/events/0/event_name"
BROKEN = (
    '{"event_source_url":"https://batiknusantara.contoh.id/checkout","user_data":{"ph":"081290076543",'
    '"em":"wulan.pertiwi @contoh.id","country":"Indonesia","ct":"Kota Bandung","external_id":"","usia":%s},'
    '"events":[{"event_id":"ord-88213 ","event_name":"purchase","parameters":{"value":"Rp 189.000","currency":"Rp",'
    '"content_ids":"KMJ-BTK-L"}}],"promo":95300.00}' % ("9" * 30)
)


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


@pytest.fixture
def address(client: Client, maya: Person) -> str:
    store = make_storefront_key(make_store("Toko Batik", country="id", currency="IDR")).store
    tree = read(BROKEN)
    assert isinstance(tree, Object)
    return f"/compose/{start_draft(maya, store, tree, timezone.now()).token}/"


def press(client: Client, address: str, do: str, **typed: str) -> str:
    """The page after a button of the page as it stands."""
    changes = {name.replace("__", "."): value for name, value in typed.items()}
    return client.post(address, inputs_of(client.get(address)).but({**changes, "do": do})).content.decode()


def buttons(page: str) -> list[str]:
    return re.findall(r'value="(fix:[^"]+)"', page)


def payload() -> Object:
    composition = kept(Draft.objects.get()).composition
    base = read(composition.raw) if composition.mode == "json" else composition.base
    assert isinstance(base, Object)
    return base


def test_a_finding_shows_what_its_fix_changes_and_on_what_it_rests(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert "<del>&quot;081290076543&quot;</del>" in page
    assert "<ins>&quot;6281290076543&quot;</ins>" in page
    assert "Warning · Meta&#x27;s documentation" in page
    assert "Hint · Our inference; no vendor states it" in page


def test_a_press_mends_one_thing_and_redraws_fields_json_and_findings(client: Client, address: str) -> None:
    page = press(client, address, f"fix:1:{PHONE}")

    assert 'name="user_data.ph" value="6281290076543"' in page
    assert "Fixed: The phone has no country code" in page
    assert not any(PHONE in button for button in buttons(page))
    assert any(NAME in button for button in buttons(page))
    assert at(payload(), ("user_data", "ph")) == "6281290076543"


def test_everything_that_was_typed_meanwhile_stays(client: Client, address: str) -> None:
    page = press(
        client, address, f"fix:0:{NAME}", user_data__fn="Wulan", user_data__ph="0812 9007 6544", extra__0__value="x"
    )

    assert 'name="user_data.fn" value="Wulan"' in page
    assert 'name="user_data.ph" value="0812 9007 6544"' in page
    assert "This is not a number." in page
    assert '"usia":999999999999999999999999999999' in inputs_of(client.get(address))["base"]


def test_what_a_button_does_is_found_anew_from_what_was_typed(client: Client, address: str) -> None:
    press(client, address, f"fix:0:{PHONE}", user_data__ph="0812 9007 6544")

    assert at(payload(), ("user_data", "ph")) == "6281290076544"


@pytest.mark.parametrize("name", [PHONE, "M001:/user_data/em", "X", "M001:/user_data/ph/0", "☃" * 500])
def test_a_finding_that_is_gone_says_so_and_changes_nothing(client: Client, address: str, name: str) -> None:
    page = press(client, address, f"fix:0:{name}", user_data__ph="6281290076543")

    assert "Nothing was changed: this is no longer as it was" in page
    assert 'name="user_data.ph" value="6281290076543"' in page


def test_an_undo_takes_the_last_fix_back_and_leaves_what_was_typed_since(client: Client, address: str) -> None:
    press(client, address, f"fix:0:{PHONE}")
    press(client, address, f"fix:0:{NAME}")

    page = press(client, address, "undo", user_data__fn="Wulan")
    assert "Undone: Meta will count “purchase” as a custom event" in page
    assert 'name="user_data.fn" value="Wulan"' in page
    assert 'name="user_data.ph" value="6281290076543"' in page

    assert 'name="user_data.ph" value="081290076543"' in press(client, address, "undo")
    assert "There is nothing left to undo." in press(client, address, "undo")


def test_what_was_typed_over_a_fix_is_not_undone(client: Client, address: str) -> None:
    press(client, address, f"fix:0:{PHONE}")

    page = press(client, address, "undo", user_data__ph="6281290076544")

    assert "Not undone, since it was changed again" in page
    assert 'name="user_data.ph" value="6281290076544"' in page


def test_an_undo_waits_through_pauses_and_a_new_sign_in(client: Client, maya: Person, address: str) -> None:
    press(client, address, f"fix:0:{PHONE}")
    typed = inputs_of(client.get(address))
    client.post(address, typed, headers={"HX-Request": "true", "HX-Target": "pane"})
    client.logout()
    client.post(address, typed)
    client.force_login(maya)

    assert 'name="user_data.ph" value="081290076543"' in press(client, address, "undo")


def test_the_focus_goes_on_to_the_next_fix_and_at_last_to_the_way_back(client: Client, address: str) -> None:
    page = press(client, address, f"fix:2:{PHONE}")
    assert re.search(r'id="do-fix-2" autofocus', page)

    while pressed := buttons(page):
        page = press(client, address, pressed[0])
    assert re.search(r'id="do-undo" autofocus', page)


@pytest.mark.parametrize("mode", ["to-form", "to-json"])
def test_a_pasted_broken_payload_is_clean_and_sent_by_clicking_only(
    client: Client, address: str, mode: str, sandbox: Running
) -> None:
    page = press(client, address, mode)
    for _press in range(30):
        if not buttons(page):
            break
        page = press(client, address, buttons(page)[0])
    data = inputs_of(client.get(address)).but({"do": "send"})

    client.post(f"{address}send/", data)

    sent = read(sandbox.received[-1].body)
    assert Delivery.objects.get().outcome == "accepted"
    assert at(sent, ("user_data", "usia")) == at(read(BROKEN), ("user_data", "usia"))
    assert at(sent, ("promo",)) == at(read(BROKEN), ("promo",))
    assert b'"event_id":"ord-88213","event_name":"Purchase","parameters":{"value":189000,"currency":"IDR"' in (
        sandbox.received[-1].body
    )


def test_fix_all_does_what_vendors_ask_for_and_leaves_guesses_to_the_person(client: Client, address: str) -> None:
    page = press(client, address, "fix-all")

    assert "Fixed: 7 things" in page
    assert {button.split(":")[2] for button in buttons(page)} <= {"M009", "M013", "M031", "S016"}
    assert 'value="fix-all"' not in page


def test_a_form_for_htmx_is_redrawn_as_a_whole(client: Client, address: str) -> None:
    data = inputs_of(client.get(address)).but({"do": f"fix:0:{PHONE}"})

    page = client.post(address, data, headers={"HX-Request": "true", "HX-Target": "composer"}).content.decode()

    assert page.lstrip().startswith("<form")
    assert 'value="6281290076543"' in page
