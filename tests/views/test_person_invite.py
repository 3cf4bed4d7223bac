"""Inviting somebody: a link shown once, for an address that nobody has yet."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.models import AuditEntry, Invitation, Person
from events.models.audit import Act
from tests.factories import make_person

pytestmark = pytest.mark.django_db

WULAN = {"email": "wulan.pertiwi@contoh.id", "name": "Wulan Pertiwi", "role": Role.MARKETER}


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_person(name="Rani Anggraini", email="rani@contoh.id")
    client.force_login(person)
    return person


def _invite(client: Client, **changed: str) -> str:
    """The page that answers, blanks in a row taken together."""
    return " ".join(client.post(reverse("person_invite"), {**WULAN, **changed}).content.decode().split())


def _link(page: str) -> str:
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', page)
    assert found, page
    return found[1]


def test_the_link_opens_an_invitation_with_that_role(client: Client, admin: Person) -> None:
    link = _link(_invite(client, role=Role.SUPPORT))

    assert Client().get(link).status_code == 302
    assert Invitation.objects.get().role == Role.SUPPORT


def test_the_page_says_how_long_and_how_often_it_works(client: Client, admin: Person) -> None:
    page = _invite(client)

    until = timezone.localtime(Invitation.objects.get().expires_at)
    assert f"It works once, and for 7 days: until {until:%A}, {until.day}" in page
    assert "Shown only now" in page


def test_the_link_can_be_copied_with_and_without_script(client: Client, admin: Person) -> None:
    page = _invite(client)

    assert re.search(r'<input [^>]*id="link"[^>]* readonly', page)
    assert 'data-copy="#link"' in page


def test_the_secret_is_stored_nowhere(client: Client, admin: Person) -> None:
    secret = _link(_invite(client)).split("/")[2]

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert secret not in repr(cursor.fetchall()), table


def test_a_colleagues_address_is_refused_in_words(client: Client, admin: Person) -> None:
    make_person(Role.SUPPORT, name="Dimas Surya", email="dimas.surya@contoh.id")

    page = _invite(client, email=" Dimas.Surya@CONTOH.id ")

    assert "Dimas Surya has this e-mail already." in page
    assert not Invitation.objects.exists()


def test_a_deactivated_colleagues_address_says_where_to_reactivate(client: Client, admin: Person) -> None:
    make_person(Role.SUPPORT, name="Dimas Surya", email="dimas.surya@contoh.id", is_active=False)

    assert "Reactivate it on their own page" in _invite(client, email="dimas.surya@contoh.id")


@pytest.mark.parametrize("changed", [{"email": "wulan"}, {"email": ""}, {"role": "owner"}, {"name": "W" * 101}])
def test_what_is_wrong_keeps_the_form_and_answers_422(client: Client, admin: Person, changed: dict[str, str]) -> None:
    response = client.post(reverse("person_invite"), {**WULAN, **changed})

    assert response.status_code == 422
    assert b"field-error" in response.content
    assert not Invitation.objects.exists()


def test_a_second_invitation_replaces_the_first(client: Client, admin: Person) -> None:
    first = _link(_invite(client, role=Role.ADMIN))

    page = _invite(client, role=Role.MARKETER)

    assert "no longer works" in page
    assert Client().get(first).status_code == 410
    assert Client().get(_link(page)).status_code == 302


def test_it_is_recorded_without_the_secret(client: Client, admin: Person) -> None:
    page = _invite(client)

    entry = AuditEntry.objects.get(act=Act.PERSON_INVITED)
    assert (entry.by, entry.target) == (admin, "wulan.pertiwi@contoh.id")
    assert _link(page).split("/")[2] not in f"{entry.target_url}{entry.fields}{entry.reason}"
