"""Saved searches: named, shared by a link that follows their changes, and never with a buyer's value in clear."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.domain.tree import read
from events.forms.saved_search import SavedSearchForm
from events.models import Person, SavedSearch, search
from events.models.saved_search import MOST_SAVED
from tests.factories import make_delivery, make_person

pytestmark = pytest.mark.django_db

SHOWN = "?q=lunas+outcome%3Arefused"


@pytest.fixture
def dimas(client: Client) -> Person:
    person = make_person(Role.SUPPORT, name="Dimas Surya")
    client.force_login(person)
    return person


def make_saved(by: Person, name: str = "Refused", query: str = "outcome=rejected", **fields: Any) -> SavedSearch:
    return SavedSearch.objects.create(by=by, name=name, query=query, created_at=timezone.now(), **fields)


def _save(client: Client, query: str = SHOWN, **typed: str) -> HttpResponse:
    data = {"name": "Refused", "seen_by": "mine", **typed}
    return client.post(reverse("log_saved_add") + query, data)  # type: ignore[return-value]


def _open(client: Client, saved: SavedSearch) -> HttpResponse:
    return client.get(reverse("log_saved_open", args=[saved.pk]))  # type: ignore[return-value]


def _log(client: Client, query: str = "") -> str:
    return client.get(reverse("log") + query).content.decode()


def test_a_search_is_saved_as_it_is_shown(client: Client, dimas: Person) -> None:
    answer = _save(client, f"{SHOWN}&cursor=older.7&open=8", name="  Refused   and paid ")
    assert answer["Location"] == reverse("log") + SHOWN
    saved = SavedSearch.objects.get()
    assert (saved.name, saved.query, saved.by, saved.is_shared) == ("Refused and paid", SHOWN[1:], dimas, False)


def test_a_saved_search_is_a_plain_link_in_the_menu(client: Client, dimas: Person) -> None:
    make_saved(dimas)
    page = _log(client)
    assert f'<a href="{reverse("log")}?outcome=rejected"><span class="saved-name">Refused</span>' in page
    assert "Saved: Refused" not in page
    page = _log(client, "?outcome=rejected&cursor=older.7")
    assert "Saved: Refused" in page
    assert "Save search</a>" not in page


@pytest.mark.usefixtures("dimas")
def test_only_a_search_is_offered_for_saving(client: Client) -> None:
    make_delivery()
    assert "Save search</a>" not in _log(client)
    assert f'href="{reverse("log_saved_add")}{SHOWN}"' in _log(client, "?q=lunas&outcome=rejected")


@pytest.mark.usefixtures("dimas")
def test_the_form_stands_on_a_page_and_under_the_box(client: Client) -> None:
    address = reverse("log_saved_add") + SHOWN
    page = client.get(address).content.decode()
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<h1>Save search</h1>" in page
    assert fragment.strip().startswith('<div id="save-search">')
    for shown in (page, fragment):
        assert "<code>lunas outcome:refused</code>" in shown
        assert "names are not encrypted" in shown


@pytest.mark.parametrize("typed", ["wulan@contoh.id", "0812 9007 6543", "phone:6543", "name:wulan", "-email:wulan"])
def test_what_is_kept_of_a_buyer_is_hidden(client: Client, dimas: Person, typed: str) -> None:
    hers, other = make_delivery(), make_delivery()
    search.index(hers, read('{"user_data": {"em": "wulan@contoh.id", "ph": "081290076543", "fn": "Wulan"}}'))
    search.index(other, read('{"user_data": {"em": "sekar@surat.contoh.id"}}'))
    client.post(reverse("log_saved_add"), {"name": "Hers", "seen_by": "mine"}, QUERY_STRING="q=" + typed)
    saved = SavedSearch.objects.get()
    assert not [value for value in ("wulan", "6543") if value in unquote(saved.query)]
    shown = client.get(_open(client, saved)["Location"]).context["page"]
    assert [row.pk for row in shown.rows] == [other.pk if typed.startswith("-") else hers.pk]


@pytest.mark.usefixtures("dimas")
@pytest.mark.parametrize("name", ["event", "status", "by", "store", "after", "channel"])
def test_no_filter_carries_a_buyer_into_what_is_kept(client: Client, name: str) -> None:
    _save(client, f"?{name}=wulan%40contoh.id&outcome=rejected")
    kept = SavedSearch.objects.get().query
    assert kept.startswith("q=outcome%3Arefused")
    assert "wulan" not in kept


@pytest.mark.usefixtures("dimas")
@pytest.mark.parametrize(
    "name",
    ["wulan@contoh.id", "Wulan 0812 9007 6543", "6281290076543", "Order of +62 812-9007-6543", "phone 081290076543"],
)
def test_a_name_holds_no_buyer(client: Client, name: str) -> None:
    answer = _save(client, name=name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Name the search without it" in page
    assert f'value="{name}"' in page
    assert not SavedSearch.objects.exists()


@pytest.mark.usefixtures("dimas")
@pytest.mark.parametrize(
    ("name", "words"), [(" ", "Give the search a name"), ("x" * 81, "at most 80"), ("a\x00b", "Null characters")]
)
def test_a_name_that_cannot_be_kept_says_why(client: Client, name: str, words: str) -> None:
    answer = _save(client, name=name)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_name_is_used_once_by_a_person(client: Client, dimas: Person) -> None:
    make_saved(dimas)
    make_saved(make_person(), "Of somebody else")
    assert "You have a search of this name" in _save(client, name="refused").content.decode()
    assert _save(client, name="Of somebody else").status_code == 302


def test_a_name_that_another_tab_took_meanwhile_says_so(
    client: Client, dimas: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(form: SavedSearchForm) -> None:
        raise IntegrityError

    monkeypatch.setattr(SavedSearchForm, "save", save)
    answer = _save(client)
    assert answer.status_code == 422
    assert "You have a search of this name" in answer.content.decode()


def test_more_than_a_menu_can_hold_is_refused_in_plain_words(client: Client, dimas: Person) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(by=dimas, name=f"Search {number}", query="", created_at=timezone.now())
        for number in range(MOST_SAVED)
    )
    answer = _save(client)
    assert answer.status_code == 422
    assert f"You have saved {MOST_SAVED} searches" in answer.content.decode()


@pytest.mark.usefixtures("dimas")
def test_a_search_that_is_too_long_says_so(client: Client) -> None:
    answer = _save(client, "?q=" + "%22" + "%C3%A9" * 1990 + "%22")
    assert answer.status_code == 422
    assert "too long to be saved" in answer.content.decode()


def test_a_link_leads_to_the_search_as_it_is_by_now(client: Client, dimas: Person) -> None:
    saved = make_saved(dimas)
    assert _open(client, saved)["Location"] == reverse("log") + "?outcome=rejected"
    SavedSearch.objects.update(query="outcome=timed_out")
    assert _open(client, saved)["Location"] == reverse("log") + "?outcome=timed_out"


def test_a_span_of_time_stays_a_span(client: Client, dimas: Person) -> None:
    _save(client, "?q=last%3A24h")
    assert SavedSearch.objects.get().query == "q=last%3A24h"


def test_a_search_that_can_be_read_no_more_opens_and_says_so(client: Client, dimas: Person) -> None:
    delivery = make_delivery(outcome="rejected")
    saved = make_saved(dimas, query="q=cuaca%3Acerah&outcome=rejected&weather=fine&store=999")
    page = client.get(_open(client, saved)["Location"].replace("&store=999", ""), follow=True)
    assert "There is no filter called cuaca:" in page.content.decode()
    assert [row.pk for row in page.context["page"].rows] == [delivery.pk]
    assert client.get(_open(client, saved)["Location"], follow=True).status_code == 200
    assert client.get(reverse("log_saved")).status_code == 200


def test_what_is_not_shared_opens_for_nobody_else(client: Client, dimas: Person) -> None:
    private = make_saved(make_person(Role.MARKETER, name="Maya Lestari"), "Just Mayas")
    answer = _open(client, private)
    assert answer.status_code == 404
    assert "This saved search does not open for you" in answer.content.decode()
    assert "Just Mayas" not in _log(client) + client.get(reverse("log_saved")).content.decode()


def test_what_is_shared_opens_for_everybody(client: Client, dimas: Person) -> None:
    shared = make_saved(make_person(Role.MARKETER, name="Maya Lestari"), "Everybodys", is_shared=True)
    assert _open(client, shared).status_code == 302
    assert "Everybodys</span>" in _log(client)
    page = client.get(reverse("log_saved")).content.decode()
    assert "Maya Lestari" in page
    assert f"http://testserver{reverse('log_saved_open', args=[shared.pk])}" in page
    assert reverse("log_saved_edit", args=[shared.pk]) not in page
    assert reverse("log_saved_delete", args=[shared.pk]) not in page


def test_ones_own_stand_first_in_the_menu(client: Client, dimas: Person) -> None:
    make_saved(make_person(), "A shared one", is_shared=True)
    make_saved(dimas, "My own")
    assert [saved.name for saved in client.get(reverse("log")).context["saved_menu"].entries] == [
        "My own",
        "A shared one",
    ]


def test_foreign_names_are_text(client: Client, dimas: Person) -> None:
    make_saved(make_person(name="<i>Maya"), "<b>Semua</b>", 'q="><script>', is_shared=True)
    for page in (_log(client), client.get(reverse("log_saved")).content.decode()):
        assert "<b>Semua" not in page
        assert "><script>" not in page
        assert "<i>Maya" not in page


@pytest.mark.usefixtures("dimas")
def test_nothing_saved_leads_to_the_log(client: Client) -> None:
    page = client.get(reverse("log_saved")).content.decode()
    assert "Nothing saved yet" in page
    assert f'href="{reverse("log")}"' in page
