"""Changing and deleting saved searches: one's own, and for an admin what others share."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from events.domain.rights import Role
from events.models import Person, SavedSearch
from tests.factories import make_person
from tests.views.test_log_saved import make_saved

pytestmark = pytest.mark.django_db

SHOWN = "?q=lunas+outcome%3Arefused"


@pytest.fixture
def dimas(client: Client) -> Person:
    person = make_person(Role.SUPPORT, name="Dimas Surya")
    client.force_login(person)
    return person


def _edit(client: Client, saved: SavedSearch, query: str = "", **typed: str) -> int:
    data = {"name": saved.name, "seen_by": "mine", **typed}
    return client.post(reverse("log_saved_edit", args=[saved.pk]) + query, data).status_code


def _delete(client: Client, saved: SavedSearch) -> int:
    return client.post(reverse("log_saved_delete", args=[saved.pk])).status_code


def test_ones_own_is_renamed_and_shared(client: Client, dimas: Person) -> None:
    saved = make_saved(dimas)
    assert _edit(client, saved, SHOWN, name="Refused by Scalev", seen_by="everybody") == 302
    saved.refresh_from_db()
    assert (saved.name, saved.is_shared, saved.query) == ("Refused by Scalev", True, "outcome=rejected")


def test_ones_own_takes_over_what_is_looked_at_now(client: Client, dimas: Person) -> None:
    saved = make_saved(dimas)
    page = client.get(reverse("log_saved_edit", args=[saved.pk]) + SHOWN).content.decode()
    assert "Search for what you look at now" in page
    assert "<code>lunas outcome:refused</code>" in page
    assert _edit(client, saved, SHOWN, replaces="on") == 302
    saved.refresh_from_db()
    assert saved.query == SHOWN[1:]


def test_what_is_looked_at_now_is_not_offered_where_it_is_the_same(client: Client, dimas: Person) -> None:
    saved = make_saved(dimas)
    page = client.get(reverse("log_saved_edit", args=[saved.pk]) + "?outcome=rejected").content.decode()
    assert "Search for what you look at now" not in page


def test_a_change_keeps_to_the_rules_of_a_name(client: Client, dimas: Person) -> None:
    saved, _other = make_saved(dimas), make_saved(dimas, "Another")
    assert _edit(client, saved, name="another") == 422
    assert _edit(client, saved, name="0812 9007 6543") == 422
    assert _edit(client, saved, name="REFUSED") == 302


def test_a_full_menu_can_still_be_changed(client: Client, dimas: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.forms.saved_search.MOST_SAVED", 1)
    assert _edit(client, make_saved(dimas), name="Still mine") == 302


def test_what_somebody_else_shares_is_not_changed(client: Client, dimas: Person) -> None:
    shared = make_saved(make_person(name="Maya Lestari"), is_shared=True)
    assert _edit(client, shared, name="Mine now") == 403
    assert _delete(client, shared) == 403
    assert SavedSearch.objects.get().name == "Refused"


@pytest.mark.parametrize("role", Role)
def test_what_somebody_else_keeps_for_herself_is_there_for_nobody(client: Client, role: Role) -> None:
    client.force_login(make_person(role))
    private = make_saved(make_person(name="Maya Lestari"))
    assert _edit(client, private) == 404
    assert _delete(client, private) == 404
    assert SavedSearch.objects.exists()


def test_an_admin_deletes_what_others_share_and_changes_nothing_of_it(client: Client) -> None:
    client.force_login(make_person(Role.ADMIN))
    shared = make_saved(make_person(name="Maya Lestari"), is_shared=True)
    page = client.get(reverse("log_saved")).content.decode()
    assert reverse("log_saved_delete", args=[shared.pk]) in page
    assert reverse("log_saved_edit", args=[shared.pk]) not in page
    assert _edit(client, shared) == 403
    assert _delete(client, shared) == 302
    assert not SavedSearch.objects.exists()


def test_ones_own_is_deleted_by_a_button_only(client: Client, dimas: Person) -> None:
    saved = make_saved(dimas)
    assert client.get(reverse("log_saved_delete", args=[saved.pk])).status_code == 405
    assert _delete(client, saved) == 302
    assert not SavedSearch.objects.exists()
    assert _delete(client, saved) == 404
