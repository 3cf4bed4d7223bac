"""Changing a person, letting them in again, and never losing the last admin."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.forms.people import PersonForm
from events.models import AuditEntry, Invitation, Person
from events.models.audit import Act
from events.views.person import _saved
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_person(name="Rani Anggraini", email="rani@contoh.id")
    client.force_login(person)
    return person


@pytest.fixture
def dimas() -> Person:
    return make_person(Role.SUPPORT, name="Dimas Surya", email="dimas.surya@contoh.id")


def _change(client: Client, person: Person, **changed: str) -> Any:
    values = {"name": person.name, "role": person.role, "zone": person.zone}
    return client.post(reverse("person", args=[person.pk]), {**values, **changed}, follow=True)


def test_name_role_and_zone_are_changed(client: Client, admin: Person, dimas: Person) -> None:
    _change(client, dimas, name="Dimas S.", role=Role.MARKETER, zone="Asia/Makassar")

    dimas.refresh_from_db()
    assert (dimas.name, dimas.role, dimas.zone) == ("Dimas S.", Role.MARKETER, "Asia/Makassar")


def test_the_record_names_the_fields_and_not_what_they_held(client: Client, admin: Person, dimas: Person) -> None:
    _change(client, dimas, zone="Asia/Jayapura")

    entry = AuditEntry.objects.get(act=Act.PERSON_CHANGED)
    assert (entry.by, entry.target, entry.fields) == (admin, "Dimas Surya", ["zone"])


def test_nothing_is_recorded_when_nothing_changed(client: Client, admin: Person, dimas: Person) -> None:
    _change(client, dimas)

    assert not AuditEntry.objects.filter(act=Act.PERSON_CHANGED).exists()


def test_a_zone_that_is_none_is_refused(client: Client, admin: Person, dimas: Person) -> None:
    assert _change(client, dimas, zone="Asia/Atlantis").status_code == 422


def test_a_zone_from_before_that_the_list_lacks_may_stay(client: Client, admin: Person, dimas: Person) -> None:
    Person.objects.filter(pk=dimas.pk).update(zone="Asia/Batavia")
    dimas.refresh_from_db()

    assert _change(client, dimas, name="Dimas S.").redirect_chain


def test_saving_does_not_undo_a_password_set_meanwhile(admin: Person, dimas: Person) -> None:
    typed = {"name": "Dimas S.", "role": dimas.role, "zone": dimas.zone}
    form = PersonForm(typed, instance=Person.objects.get(pk=dimas.pk))
    assert form.is_valid()
    dimas.set_password("a-new-one-entirely")
    dimas.save()

    assert _saved(form, by=admin)

    dimas.refresh_from_db()
    assert dimas.name == "Dimas S."
    assert dimas.check_password("a-new-one-entirely")


def test_the_only_admin_cannot_give_the_role_up(client: Client, admin: Person, dimas: Person) -> None:
    response = _change(client, admin, role=Role.SUPPORT)

    admin.refresh_from_db()
    assert response.status_code == 422
    assert "is the only admin" in response.content.decode()
    assert admin.role == Role.ADMIN


def test_a_deactivated_admin_does_not_count(client: Client, admin: Person) -> None:
    make_person(Role.ADMIN, is_active=False)

    assert _change(client, admin, role=Role.SUPPORT).status_code == 422


def test_one_of_two_admins_may_give_the_role_up(client: Client, admin: Person) -> None:
    make_person(Role.ADMIN)

    response = _change(client, admin, role=Role.SUPPORT)

    assert response.redirect_chain == [(reverse("profile"), 302)]


def test_links_made_by_somebody_who_is_no_admin_any_more_end(client: Client, admin: Person) -> None:
    other = make_person(Role.ADMIN, name="Bayu Saputra")
    _, secret = Invitation.issue(email="wulan.pertiwi@contoh.id", role=Role.ADMIN, now=timezone.now(), by=other)

    _change(client, other, role=Role.MARKETER)

    assert Client().get(reverse("invitation", args=[secret])).status_code == 410


def test_nobody_deactivates_themselves(client: Client, admin: Person) -> None:
    make_person(Role.ADMIN)

    response = client.post(reverse("person_deactivate", args=[admin.pk]), follow=True)

    admin.refresh_from_db()
    assert admin.is_active
    assert "You cannot deactivate yourself" in response.content.decode()


def test_deactivating_ends_sessions_and_sign_in_at_once(client: Client, admin: Person, dimas: Person) -> None:
    theirs = Client()
    theirs.force_login(dimas)

    client.post(reverse("person_deactivate", args=[dimas.pk]))

    assert theirs.get(reverse("profile")).headers["Location"].startswith(reverse("account_login"))
    response = Client().post(reverse("account_login"), {"login": dimas.email, "password": PASSWORD})
    assert response.status_code == 403
    assert "This account is deactivated" in response.content.decode()


def test_a_session_does_not_come_back_with_the_account(client: Client, admin: Person, dimas: Person) -> None:
    theirs = Client()
    theirs.force_login(dimas)
    before = Session.objects.count()

    client.post(reverse("person_deactivate", args=[dimas.pk]))
    client.post(reverse("person_reactivate", args=[dimas.pk]))

    assert theirs.get(reverse("profile")).status_code == 302
    assert Session.objects.count() == before - 1
    assert client.get(reverse("profile")).status_code == 200


def test_a_reactivated_person_signs_in_with_the_old_password(client: Client, admin: Person, dimas: Person) -> None:
    client.post(reverse("person_deactivate", args=[dimas.pk]))
    client.post(reverse("person_reactivate", args=[dimas.pk]))

    response = Client().post(reverse("account_login"), {"login": dimas.email, "password": PASSWORD})

    assert response.status_code == 302
    acts = list(AuditEntry.objects.filter(target="Dimas Surya").values_list("act", flat=True))
    assert acts == [Act.PERSON_REACTIVATED, Act.PERSON_DEACTIVATED]


def test_deactivating_ends_links_made_by_and_for_that_person(client: Client, admin: Person) -> None:
    other = make_person(Role.ADMIN, name="Bayu Saputra")
    now = timezone.now()
    _, made = Invitation.issue(email="wulan.pertiwi@contoh.id", role=Role.ADMIN, now=now, by=other)
    _, given = Invitation.issue(email=other.email, role=other.role, now=now, by=admin, person=other)

    client.post(reverse("person_deactivate", args=[other.pk]))
    client.post(reverse("person_reactivate", args=[other.pk]))

    for secret in (made, given):
        assert Client().get(reverse("invitation", args=[secret])).status_code == 410


def test_a_link_for_a_new_password_is_shown_and_recorded(client: Client, admin: Person, dimas: Person) -> None:
    response = client.post(reverse("person_password_link", args=[dimas.pk]))

    link = re.search(r'value="http://testserver(/invitation/[^"]+)"', response.content.decode())
    assert link
    assert Client().get(link[1]).status_code == 302
    assert AuditEntry.objects.get(act=Act.PASSWORD_LINK_MADE).target == "Dimas Surya"


def test_a_second_password_link_replaces_the_first(client: Client, admin: Person, dimas: Person) -> None:
    for _ in range(2):
        client.post(reverse("person_password_link", args=[dimas.pk]))

    assert Invitation.objects.open(timezone.now()).filter(person=dimas).count() == 1


def test_nobody_deactivated_gets_a_password_link(client: Client, admin: Person, dimas: Person) -> None:
    Person.objects.filter(pk=dimas.pk).update(is_active=False)

    assert client.post(reverse("person_password_link", args=[dimas.pk])).status_code == 404
