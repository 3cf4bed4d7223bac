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
from events.models.called import names
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


def found(client: Client, url: str) -> list[int]:
    return [int(row.url.split("?")[0].split("/")[-2]) for row in client.get(url).context["page"].rows]


def test_a_search_answers_with_an_address(client: Client) -> None:
    answer = _post(client, q="ord-88213 -pageview")
    assert answer.status_code == 303
    assert answer["Location"] == reverse("log") + "?q=ord-88213+-pageview"


def test_an_empty_search_leads_to_the_whole_log(client: Client) -> None:
    assert _post(client, q=" ")["Location"] == reverse("log")


@pytest.mark.parametrize(
    "typed",
    [
        "wulan@contoh.id",
        "0812 9007 6543",
        "+62 812-9007-6543",
        "phone:6543",
        "hp:812 9007 6543",
        "name:wulan",
        "external:cust-0093",
        "cust-0093",
        "\u202a+62 812\u20119007\u20116543\u202c",
        "0812–9007–6543",
    ],
)
def test_a_buyer_is_found_and_hidden(client: Client, typed: str) -> None:
    make_found('{"user_data": {"em": "sari@surat.contoh.id"}}')
    hers = make_found()
    address = _post(client, q=typed)["Location"]
    assert not [value for value in BUYER if value in unquote(address)]
    assert found(client, address) == [hers.pk]
    shown = client.get(address)
    assert "buyer: hidden" in shown.content.decode()
    assert shown.context["page"].typed == ""


def test_an_external_id_that_texts_hold_too_stays_a_word(client: Client) -> None:
    make_found()
    make_found('{"events": [{"event_id": "cust-00931", "event_name": "Lead"}]}')
    assert _post(client, q="cust-0093")["Location"] == reverse("log") + "?q=cust-0093"


@pytest.mark.parametrize("typed", ["name:Wulan Pertiwi", "-purchase name:wulan pertiwi"])
def test_a_name_of_two_words_is_hidden_without_quotes(client: Client, typed: str) -> None:
    hers = make_found(WULAN.replace('"Wulan"', '"Wulan Pertiwi"').replace("Purchase", "Lead"))
    make_found()
    address = _post(client, q=typed)["Location"]
    assert "ertiwi" not in address
    assert found(client, address) == [hers.pk]


def test_what_stands_behind_a_name_and_in_the_log_stays_a_word(client: Client) -> None:
    hers = make_found()
    address = _post(client, q="name:wulan purchase")["Location"]
    assert "q=hash%3Aname." in address
    assert address.endswith("+purchase")
    assert found(client, address) == [hers.pk]


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
        reverse("log") + "?q=lunas+outcome%3Arefused+store%3A%237"
    )


def test_an_unreadable_piece_is_named_and_the_rest_is_searched(client: Client) -> None:
    delivery = make_found()
    address = _post(client, q="88213 outcome:baik")["Location"]
    page = client.get(address).content.decode()
    assert "There is no outcome of that name" in page
    assert 'value="88213 outcome:baik"' in page
    assert found(client, address) == [delivery.pk]


def test_menus_filter(client: Client, rani: Person) -> None:
    batik, sari = make_store("Toko Batik"), make_store("Hijab Sari")
    make_found(store=sari, by=None, channel="browser", outcome="accepted")
    wanted = make_found(store=batik, by=rani, outcome="rejected", status_code=400)
    log = reverse("log")
    for query in (
        f"store={batik.pk}", "status=400", "status=4xx", f"by={rani.pk}", "channel=server", "outcome=rejected",
        f"store={batik.pk}&status=400&event=Purchase&by={rani.pk}&outcome=rejected&q=88213",
    ):  # fmt: skip
        assert found(client, f"{log}?{query}") == [wanted.pk], query
    assert found(client, f"{log}?by=command") != [wanted.pk]
    assert found(client, f"{log}?store=999999") == []


def test_times_are_read_in_the_viewers_zone(client: Client, rani: Person) -> None:
    rani.zone = "Asia/Jayapura"
    rani.save()
    early = make_found(created_at=datetime(2026, 11, 23, 8, 59, tzinfo=UTC))
    late = make_found(created_at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    log = reverse("log")
    assert found(client, f"{log}?after=2026-11-23T18:00") == [late.pk]
    assert found(client, f"{log}?before=2026-11-23T18:00") == [early.pk]
    assert found(client, f"{log}?q=purchase+after:2026-11-23T18:00") == [late.pk]


def test_the_chosen_outcome_is_marked(client: Client) -> None:
    chips = client.get(reverse("log") + "?q=lunas&outcome=rejected").context["overview"].chips
    assert [chip.label for chip in chips if chip.is_on] == ["Refused"]
    assert chips[0].url == reverse("log") + "?q=lunas"


def test_empty_menus_leave_the_address(client: Client) -> None:
    answer = client.get(reverse("log") + "?q=&store=&status=400&event=")
    assert (answer.status_code, answer["Location"]) == (303, reverse("log") + "?q=status%3A400")


def test_what_is_typed_chosen_or_linked_is_one_query(client: Client) -> None:
    log = reverse("log")
    for query in ("q=lunas+outcome:refused", "q=lunas&outcome=rejected"):
        shown = client.get(f"{log}?{query}")
        chips = shown.context["overview"].chips
        assert shown.context["page"].typed == "lunas outcome:refused"
        assert [chip.label for chip in chips if chip.is_on] == ["Refused"]
        assert chips[1].url == f"{log}?q=lunas+outcome%3Aaccepted"


def test_two_outcomes_light_two_chips_and_what_is_left_out_none(client: Client) -> None:
    for typed, on in (("outcome:refused,timed-out", ["Refused", "Timed out"]), ("-outcome:accepted", [])):
        chips = client.get(reverse("log"), {"q": typed}).context["overview"].chips
        assert [chip.label for chip in chips if chip.is_on] == on


def test_menus_show_what_was_typed_and_write_it_anew(client: Client, rani: Person) -> None:
    kopi, madu = make_store("Isian: Kopi Senja"), make_store("Madu Rimba")
    query = "store:kopi by:rani status:4xx after:2026-11-23 is:open,noted -store:x outcome:refused lunas"
    menus = client.get(reverse("log"), {"q": query}).context["filters"]
    assert menus.initial == {"store": str(kopi.pk), "by": str(rani.pk), "status": "4xx", "after": "2026-11-23T00:00"}
    assert str(menus.rest) == "is:open is:noted -store:x outcome:refused lunas"
    answer = client.get(reverse("log"), {"q": str(menus.rest), "store": str(madu.pk), "event": ""})
    assert parse_qs(urlsplit(answer["Location"]).query)["q"][0].endswith(f"lunas store:#{madu.pk}")


def test_a_menu_shows_several_as_one_choice_of_their_own(client: Client) -> None:
    kopi, madu = make_store("Kopi Senja"), make_store("Madu Rimba")
    wanted = [make_found(store=store).pk for store in (kopi, madu)]
    make_found()
    menus = client.get(reverse("log"), {"q": "store:kopi store:madu"}).context["filters"]
    assert "selected>Kopi Senja, Madu Rimba</option>" in str(menus["store"])
    assert sorted(found(client, f"{reverse('log')}?store={menus.initial['store']}")) == wanted


def test_the_box_says_stores_and_people_by_their_names(client: Client, rani: Person) -> None:
    kopi, first, second = make_store("Isian: Kopi"), make_store("Toko"), make_store("Toko Batik")
    second.name = "toko"
    second.archived_at = datetime(2026, 11, 23, tzinfo=UTC)
    second.save()
    for query, typed in (
        (f"store={kopi.pk}&by={rani.pk}", 'store:"Isian: Kopi" by:"Rani Anggraini"'),
        (f"store={first.pk}", f"store:#{first.pk}"),
        ("store=999&by=command", "store:#999 by:command"),
    ):
        assert client.get(f"{reverse('log')}?{query}").context["page"].typed == typed


def test_a_typed_store_is_marked_among_the_counts_and_lifted_there(client: Client) -> None:
    store = make_store("Isian: Kopi Senja")
    make_found(store=store)
    page = client.get(reverse("log_overview"), {"q": 'store:"isian: kopi senja" event:purchase'})
    stores, events, *_others = page.context["overview"].facets
    assert [(value.label, value.is_on) for value in (*stores.values, *events.values)] == [
        ("Isian: Kopi Senja", True), ("Purchase", True),
    ]  # fmt: skip
    assert stores.values[0].url == reverse("log") + "?q=event%3Apurchase"


def test_clearing_the_filters_leaves_words_and_outcomes(client: Client) -> None:
    page = client.get(reverse("log"), {"q": "lunas store:kopi -by:rani outcome:refused last:7d"}).context["page"]
    assert page.filter_count == 2
    assert page.unfiltered == reverse("log") + "?q=lunas+outcome%3Arefused+last%3A7d"


def test_a_row_remembers_the_search(client: Client) -> None:
    make_found()
    (row,) = client.get(reverse("log") + "?q=88213&outcome=accepted").context["page"].rows
    assert row.url.endswith("?from=q%3D88213%2Boutcome%253Aaccepted")


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
    offered = FilterForm(Address(), names()).completions
    assert 'store:"Toko Batik"' in offered
    for entry in ("outcome:refused", 'by:"Rani Anggraini"', "finding:M014"):
        assert entry in offered
    assert all(entry.endswith(":") or not parse(entry).notes for entry in offered)
    page = client.get(reverse("log")).content.decode()
    assert '<option value="outcome:refused">' in page
