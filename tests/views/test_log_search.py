"""Searching the log: box, chips and menus write one address, and no buyer's value ever stands in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events.domain.query import parse
from events.domain.rights import Role
from events.domain.tree import read
from events.forms.log import Address, FilterForm
from events.models import Delivery, Person, search
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

WULAN = """{"user_data": {"em": "wulan@contoh.id", "ph": "081290076543", "fn": "Wulan", "external_id": "CUST-0093"},
    "events": [{"event_id": "ord-88213-Purchase", "event_name": "Purchase"}]}"""
BUYER = ("wulan", "90076543", "9007", "6543", "0093")


@pytest.fixture(autouse=True)
def rani(client: Client) -> Person:
    person = make_person(Role.SUPPORT, name="Rani Anggraini")
    client.force_login(person)
    return person


def make_found(payload: str = WULAN, **fields: Any) -> Delivery:
    delivery = make_delivery(**fields)
    search.index(delivery, read(payload))
    return delivery


def _post(client: Client, **typed: object) -> HttpResponse:
    return client.post(reverse("log_search"), typed)  # type: ignore[return-value]


def _found(client: Client, url: str) -> list[int]:
    return [int(row.url.split("?")[0].split("/")[-2]) for row in client.get(url).context["page"].rows]


def test_a_search_answers_with_an_address(client: Client) -> None:
    answer = _post(client, q="ord-88213 -pageview")
    assert answer.status_code == 303
    assert answer["Location"] == reverse("log") + "?q=ord-88213+-pageview"


def test_an_empty_search_leads_to_the_whole_log(client: Client) -> None:
    assert _post(client, q=" ")["Location"] == reverse("log")


@pytest.mark.parametrize(
    "typed",
    ["wulan@contoh.id", "0812 9007 6543", "+62 812-9007-6543", "phone:6543", "name:wulan", "external:cust-0093"],
)
def test_a_buyer_is_found_and_hidden(client: Client, typed: str) -> None:
    make_found('{"user_data": {"em": "sari@surat.contoh.id"}}')
    hers = make_found()
    address = _post(client, q=typed)["Location"]
    assert not [value for value in BUYER if value in unquote(address)]
    assert _found(client, address) == [hers.pk]
    shown = client.get(address)
    assert "buyer: hidden" in shown.content.decode()
    assert shown.context["page"].typed == ""


def test_an_address_that_names_a_buyer_leads_to_one_that_does_not(client: Client) -> None:
    answer = client.get(reverse("log"), {"q": "wulan@contoh.id purchase"})
    assert answer.status_code == 303
    assert "wulan" not in answer["Location"]
    assert "purchase" in answer["Location"]


def test_a_hidden_value_stays_while_one_types_on(client: Client) -> None:
    hidden = parse_qs(urlsplit(_post(client, q="wulan@contoh.id")["Location"]).query)["q"][0]
    again = parse_qs(urlsplit(_post(client, q="purchase", hidden=hidden)["Location"]).query)["q"][0]
    assert again == f"purchase {hidden}"


def test_only_hidden_values_come_back_as_such(client: Client) -> None:
    assert _post(client, q="", hidden="outcome:refused email:wulan")["Location"] == reverse("log")


def test_its_chip_takes_a_hidden_value_away(client: Client) -> None:
    address = _post(client, q="wulan@contoh.id purchase")["Location"]
    (chip,) = client.get(address).context["page"].hidden_chips
    assert chip.url == reverse("log") + "?q=purchase"


def test_the_box_keeps_the_filters(client: Client) -> None:
    assert _post(client, q="lunas", outcome="rejected", store="7")["Location"] == (
        reverse("log") + "?q=lunas&outcome=rejected&store=7"
    )


def test_an_unreadable_piece_is_named_and_the_rest_is_searched(client: Client) -> None:
    delivery = make_found()
    address = _post(client, q="88213 outcome:baik")["Location"]
    page = client.get(address).content.decode()
    assert "There is no outcome of that name" in page
    assert 'value="88213 outcome:baik"' in page
    assert _found(client, address) == [delivery.pk]


def test_menus_filter(client: Client, rani: Person) -> None:
    batik, sari = make_store("Toko Batik"), make_store("Hijab Sari")
    make_found(store=sari, by=None, channel="browser", outcome="accepted")
    wanted = make_found(store=batik, by=rani, outcome="rejected", status_code=400)
    log = reverse("log")
    for query in (
        f"store={batik.pk}", "status=400", "status=4xx", f"by={rani.pk}", "channel=server", "outcome=rejected",
        f"store={batik.pk}&status=400&event=Purchase&by={rani.pk}&outcome=rejected&q=88213",
    ):  # fmt: skip
        assert _found(client, f"{log}?{query}") == [wanted.pk], query
    assert _found(client, f"{log}?by=command") != [wanted.pk]
    assert _found(client, f"{log}?store=999999") == []


def test_times_are_read_in_the_viewers_zone(client: Client, rani: Person) -> None:
    rani.zone = "Asia/Jayapura"
    rani.save()
    early = make_found(created_at=datetime(2026, 11, 23, 8, 59, tzinfo=UTC))
    late = make_found(created_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    log = reverse("log")
    assert _found(client, f"{log}?after=2026-11-23T18:00") == [late.pk]
    assert _found(client, f"{log}?before=2026-11-23T18:00") == [early.pk]
    assert _found(client, f"{log}?q=purchase+after:2026-11-23T18:00") == [late.pk]


def test_the_chosen_outcome_is_marked(client: Client) -> None:
    chips = client.get(reverse("log") + "?q=lunas&outcome=rejected").context["overview"].chips
    assert [chip.label for chip in chips if chip.is_on] == ["Refused"]
    assert chips[0].url == reverse("log") + "?q=lunas"


def test_empty_menus_leave_the_address(client: Client) -> None:
    answer = client.get(reverse("log") + "?q=&store=&status=400&event=")
    assert (answer.status_code, answer["Location"]) == (303, reverse("log") + "?status=400")


def test_a_row_remembers_the_search(client: Client) -> None:
    make_found()
    (row,) = client.get(reverse("log") + "?q=88213&outcome=accepted").context["page"].rows
    assert row.url.endswith("?from=q%3D88213%26outcome%3Daccepted")


def test_a_word_that_finds_nothing_is_offered_as_a_name(client: Client) -> None:
    delivery = make_found()
    (chip,) = client.get(reverse("log") + "?q=wulan").context["page"].name_chips
    assert "wulan" not in chip.url
    assert _found(client, chip.url) == [delivery.pk]


@pytest.mark.parametrize(
    "query", ["q=%ED%A0%80", "q=%00", "q=store:%00x", "event=%00&store=x&by=y&after=z", "q=%F0%28%8C"]
)
def test_hostile_addresses_are_answered(client: Client, query: str) -> None:
    assert client.get(f"{reverse('log')}?{query}", follow=True).status_code == 200


def test_a_search_needs_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_person())
    assert strict.post(reverse("log_search"), {"q": "lunas"}).status_code == 403


def test_the_box_offers_filters_that_can_be_read(client: Client) -> None:
    make_store("Toko Batik")
    offered = FilterForm(Address()).completions
    assert 'store:"Toko Batik"' in offered
    assert "outcome:refused" in offered
    assert all(entry.endswith(":") or not parse(entry).notes for entry in offered)
    page = client.get(reverse("log")).content.decode()
    assert '<option value="outcome:refused">' in page
