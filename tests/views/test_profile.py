"""One's own page: name, time zone, password."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from events.domain.rights import Role
from events.models import AuditEntry, Person
from events.models.audit import Act
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

NEW = "perahu-cadik-oleng"


@pytest.fixture
def maya(client: Client) -> Person:
    person = make_person(Role.MARKETER, name="Maya Lestari", email="maya@contoh.id")
    client.force_login(person)
    return person


def _new_password(client: Client, **changed: str) -> str:
    typed = {"current": PASSWORD, "password": NEW, "password_again": NEW}
    return client.post(reverse("profile_password"), {**typed, **changed}, follow=True).content.decode()


def test_name_and_zone_are_saved(client: Client, maya: Person) -> None:
    client.post(reverse("profile"), {"name": "Maya L.", "zone": "Asia/Jayapura"})

    maya.refresh_from_db()
    assert (maya.name, maya.zone) == ("Maya L.", "Asia/Jayapura")
    assert AuditEntry.objects.get(act=Act.PERSON_CHANGED).fields == ["name", "zone"]


def test_nobody_changes_their_own_role_here(client: Client, maya: Person) -> None:
    client.post(reverse("profile"), {"name": "Maya", "zone": maya.zone, "role": Role.ADMIN, "email": "x@contoh.id"})

    maya.refresh_from_db()
    assert (maya.role, maya.email) == (Role.MARKETER, "maya@contoh.id")


def test_indonesias_zones_come_first(client: Client, maya: Person) -> None:
    page = client.get(reverse("profile")).content.decode()

    places = ["Jakarta (WIB", "Makassar (WITA", "Jayapura (WIT,", ">Singapore<", ">Amsterdam<"]
    assert [page.index(place) for place in places] == sorted(page.index(place) for place in places)


def test_a_wrong_name_answers_422_and_keeps_what_was_typed(client: Client, maya: Person) -> None:
    response = client.post(reverse("profile"), {"name": "", "zone": "Asia/Makassar"})

    assert response.status_code == 422
    assert "Fill this in." in response.content.decode()
    assert 'value="Asia/Makassar" selected' in response.content.decode()


def test_a_new_password_keeps_this_browser_and_ends_the_others(client: Client, maya: Person) -> None:
    elsewhere = Client()
    elsewhere.force_login(maya)

    page = _new_password(client)

    assert "Your password was changed" in page
    assert get_user(client) == maya
    assert not get_user(elsewhere).is_authenticated


def test_a_new_password_is_recorded_by_name_only(client: Client, maya: Person) -> None:
    _new_password(client)

    entry = AuditEntry.objects.get(act=Act.PASSWORD_CHANGED)
    assert (entry.by, entry.fields) == (maya, ["password"])


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"current": "not-mine-at-all"}, "This is not your current password"),
        ({"password_again": "something-else"}, "These two are not the same"),
        ({"password": "maya lestari", "password_again": "maya lestari"}, "too similar to the"),
        ({"password": "x" * 201, "password_again": "x" * 201}, "at most 200 characters"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    client: Client, maya: Person, changed: dict[str, str], words: str
) -> None:
    page = _new_password(client, **changed)

    maya.refresh_from_db()
    assert words in page
    assert maya.check_password(PASSWORD)
