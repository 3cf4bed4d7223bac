"""The composer over HTTP: what is typed is never lost, and nothing is sent twice."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from events.domain.tree import read
from events.models import Delivery, Draft, Person, Store
from events.sandbox.running import Running
from events.views.drafts import kept
from tests.factories import make_person, make_store, make_storefront_key
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maya(client: Client) -> Person:
    make_storefront_key(make_store("Toko Batik Nusantara"))
    person = make_person(role="marketer", name="Maya Marketer")
    client.force_login(person)
    return person


def start(client: Client) -> tuple[str, FormData]:
    response = client.get("/compose/", follow=True)
    return response.redirect_chain[-1][0], inputs_of(response)


def test_a_fresh_composition_can_be_sent_as_it_stands(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)

    response = client.post(f"{url}send/", data.but({"do": "send"}))

    delivery = Delivery.objects.get()
    assert response["Location"] == f"/log/{delivery.pk}/"
    assert (delivery.outcome, delivery.by, delivery.event_names) == ("accepted", maya, ["AddToCart"])


@pytest.mark.parametrize("odd", ["²", "9" * 19, "9" * 5_000, "-1", "toko"])
def test_an_odd_store_number_leaves_the_store_as_it_was(client: Client, maya: Person, odd: str) -> None:
    url, data = start(client)

    answers = [client.post(url, data.but({"store": odd})), client.get(url), client.get("/compose/", {"store": odd})]

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert kept(Draft.objects.earliest("created_at")).store_pk == Store.objects.get().pk


def test_sending_the_same_form_again_leads_to_the_first_delivery(
    client: Client, maya: Person, sandbox: Running
) -> None:
    url, data = start(client)

    first = client.post(f"{url}send/", data.but({"do": "send"}))
    second = client.post(f"{url}send/", data.but({"do": "send"}))
    back = client.get(url)

    assert first["Location"] == second["Location"] == back["Location"]
    assert len(sandbox.received) == 1


def test_a_pause_that_the_send_overtook_changes_nothing(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    client.post(f"{url}send/", data.but({"do": "send"}))

    late = client.post(url, data, headers={"HX-Request": "true", "HX-Target": "pane"})

    assert late.status_code == 204
    assert "sent already" not in client.get("/log/").content.decode()


def test_a_line_is_added_filled_and_sent(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    data = inputs_of(client.post(url, data.but({"do": "add:variants"})))
    data["variants.0.variant_unique_id"] = "variant_k3R9vQ2"

    client.post(f"{url}send/", data.but({"do": "send"}))

    sent = read(sandbox.received[-1].body)
    assert sent == read(sandbox.received[-1].body)
    assert b'"variants":[{"variant_unique_id":"variant_k3R9vQ2","quantity":1}]' in sandbox.received[-1].body


@pytest.mark.parametrize(("there", "back"), [("to-json", "to-form"), ("as-json:events.0", "as-rows:events.0")])
def test_a_name_without_a_value_is_there_again_after_the_json_tab(
    client: Client, maya: Person, there: str, back: str
) -> None:
    url, data = start(client)
    data = inputs_of(client.post(url, data.but({"do": "add:events.0.rows"})))

    data = inputs_of(client.post(url, data.but({"events.0.rows.0.key": "content_name", "do": there})))
    data = inputs_of(client.post(url, data.but({"do": back})))

    assert data["events.0.rows.0.key"] == "content_name"


def test_empty_fields_are_left_out(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    data["user_data.em"] = " wulan.pertiwi@contoh.id "
    data["user_data.country"] = ""

    client.post(f"{url}send/", data.but({"do": "send"}))

    assert b'"user_data":{"em":"wulan.pertiwi@contoh.id"}' in sandbox.received[-1].body


def test_an_error_stops_the_send_beside_its_field_and_keeps_what_was_typed(
    client: Client, maya: Person, sandbox: Running
) -> None:
    url, data = start(client)
    data = inputs_of(client.post(url, data.but({"do": "add:variants"})))
    data["variants.0.quantity"] = "0"
    data["user_data.fn"] = "Wulan"

    response = client.post(f"{url}send/", data.but({"do": "send"}))

    page = response.content.decode()
    assert response.status_code == 422
    assert "Line 1 has quantity 0." in page.split('id="in-variants-0-quantity-remarks"')[1].split("</div>")[0]
    assert 'value="Wulan"' in page
    assert sandbox.received == ()


@pytest.mark.parametrize("channel", ["send/", "browser/"])
def test_a_send_that_errors_stopped_says_so_and_begins_at_the_first_field(
    client: Client, maya: Person, sandbox: Running, channel: str
) -> None:
    url, data = start(client)
    data = inputs_of(client.post(url, data.but({"do": "add:variants"})))
    data |= {"variants.0.quantity": "0", "variants.0.variant_unique_id": "variant_k3R9vQ2", "events.0.event_id": ""}

    page = client.post(f"{url}{channel}", data.but({"do": "send"})).content.decode()

    assert "Nothing was sent: 2 errors." in page
    assert re.findall(r'id="([^"]+)" autofocus', page) == ["in-events-0-event_id"]


def test_a_send_without_a_store_asks_for_one(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    Store.objects.all().delete()

    page = client.post(f"{url}send/", data.but({"do": "send"})).content.decode()

    assert "Nothing was sent: choose a store first." in page
    assert re.findall(r'id="([^"]+)" autofocus', page) == ["in-store"]


def test_the_address_of_a_refused_send_opened_again_shows_the_form(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.post(f"{url}send/", data.but({"do": "send", "events.0.event_id": "", "user_data.fn": "Wulan"}))

    response = client.get(f"{url}send/", follow=True)

    assert response.redirect_chain == [(url, 302)]
    assert 'value="Wulan"' in response.content.decode()


def test_an_error_can_be_sent_on_purpose_to_see_the_answer(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    data["events.0.event_id"] = ""

    client.post(f"{url}send/", data.but({"do": "send-anyway"}))

    delivery = Delivery.objects.get()
    assert (delivery.outcome, delivery.error_count) == ("rejected", 1)


def test_what_cannot_be_read_cannot_be_sent_even_on_purpose(client: Client, maya: Person, sandbox: Running) -> None:
    url, data = start(client)
    data = inputs_of(client.post(url, data.but({"do": "to-json"})))
    data["raw"] = '{"events": [,]}'

    response = client.post(f"{url}send/", data.but({"do": "send-anyway"}))

    assert response.status_code == 422
    assert "cannot be read as JSON" in response.content.decode()
    assert "{&quot;events&quot;: [,]}" in response.content.decode()
    assert sandbox.received == ()


def test_a_draft_waits_through_sign_in_again(client: Client, maya: Person) -> None:
    url, data = start(client)
    data["user_data.em"] = "wulan.pertiwi@contoh.id"
    client.logout()

    response = client.post(url, data.but({"do": "add:variants"}))
    client.force_login(maya)
    page = client.get(url).content.decode()

    assert response["Location"] == f"/sign-in/?next={url.replace('/', '%2F')}"
    assert 'value="wulan.pertiwi@contoh.id"' in page
    assert 'name="variants.n"' in page


def test_a_stranger_can_neither_read_nor_start_a_draft(client: Client, maya: Person) -> None:
    url, _ = start(client)
    client.logout()

    seen = client.get(url)
    client.post("/compose/0c0ffee0-0000-4000-8000-000000000000/", {"user_data.em": "x"})

    assert seen.status_code == 302
    assert Draft.objects.count() == 1


def test_nobody_else_opens_a_draft(client: Client, maya: Person) -> None:
    url, _ = start(client)
    client.force_login(make_person(role="admin"))

    assert client.get(url).status_code == 404


def test_a_draft_is_kept_encrypted(client: Client, maya: Person) -> None:
    url, data = start(client)
    client.post(url, data.but({"user_data.em": "wulan.pertiwi@contoh.id"}))

    draft = Draft.objects.get()

    assert b"wulan" not in bytes(draft.envelope)
    assert kept(draft).composition.buyer["em"] == "wulan.pertiwi@contoh.id"


def test_a_pause_in_typing_is_answered_with_the_pane_and_the_remarks(client: Client, maya: Person) -> None:
    url, data = start(client)
    data["user_data.ph"] = "081290076543"

    page = client.post(url, data, headers={"HX-Request": "true", "HX-Target": "pane"}).content.decode()

    assert page.lstrip().startswith('<div id="pane">')
    remark = re.search(r'id="in-user_data-ph-remarks" data-remarks="warning" hx-swap-oob="true">(.*?)</div>', page)
    assert remark
    assert "no country code" in remark.group(1)
    assert "<html" not in page


def test_without_any_store_the_page_says_what_is_missing(client: Client) -> None:
    client.force_login(make_person(role="marketer"))

    page = client.get("/compose/").content.decode()

    assert "An admin has to add a store" in page


def test_a_store_without_a_key_keeps_the_form_and_says_who_can_help(client: Client, sandbox: Running) -> None:
    make_store("Toko Tanpa Kunci")
    client.force_login(make_person(role="marketer"))
    url, data = start(client)

    response = client.post(f"{url}send/", data.but({"do": "send", "user_data.fn": "Wulan"}))

    assert response.status_code == 409
    assert "no active storefront key" in response.content.decode()
    assert 'value="Wulan"' in response.content.decode()


def test_hostile_text_is_shown_as_text(client: Client, maya: Person) -> None:
    url, data = start(client)

    page = client.post(url, data.but({"user_data.fn": '"><script>alert(1)</script>'})).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_remark_beside_its_field_shows_names_as_code(client: Client, maya: Person) -> None:
    address, data = start(client)

    page = client.post(address, data.but({"user_data.fbc": "IwAR2x"})).content.decode()

    beside = page.split('id="in-user_data-fbc-remarks"')[1].split("</div>")[0]
    assert "<code>_fbc</code>" in beside
    assert "`" not in beside


def test_where_only_hints_are_left_both_are_said(client: Client, maya: Person) -> None:
    address, data = start(client)

    page = client.post(address, data.but({"user_data.em": "", "user_data.ph": ""})).content.decode()

    hints = page.split('class="findings"')[1].split("</ul>")[0].count('<li class="finding" data-severity="hint"')
    assert hints > 0
    assert re.search(rf"Nothing wrong found, {hints} hints?<", page)
