"""The list of people: who they are, when they were last here, and which links are still open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.models import AuditEntry, Invitation, Person
from events.models.audit import Act
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Person:
    person = make_person(name="Rani Anggraini")
    client.force_login(person)
    return person


def _page(client: Client) -> str:
    return client.get(reverse("people")).content.decode()


def _invitation(admin: Person, **fields: object) -> Invitation:
    values = {"email": "wulan.pertiwi@contoh.id", "role": Role.MARKETER, "now": timezone.now(), "by": admin}
    return Invitation.issue(**{**values, **fields})[0]  # type: ignore[arg-type]


def test_it_shows_name_address_role_last_sign_in_and_state(client: Client, admin: Person) -> None:
    make_person(
        Role.SUPPORT,
        name="Dimas Surya",
        email="dimas.surya@contoh.id",
        is_active=False,
        last_login=datetime(2026, 3, 2, 3, 4, 5, tzinfo=UTC),
    )

    page = _page(client)

    assert "Dimas Surya" in page
    assert "dimas.surya@contoh.id" in page
    assert "Support" in page
    assert "Deactivated" in page
    assert "2026-03-02 10:04:05.000 WIB" in page


def test_open_links_are_listed_with_their_end(client: Client, admin: Person) -> None:
    invitation = _invitation(admin)

    page = _page(client)

    assert "wulan.pertiwi@contoh.id" in page
    assert timezone.localtime(invitation.expires_at).isoformat() in page


@pytest.mark.parametrize("fields", [{"used_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(hours=1)}])
def test_used_and_old_links_are_not_listed(client: Client, admin: Person, fields: dict[str, datetime]) -> None:
    invitation = _invitation(admin)
    Invitation.objects.filter(pk=invitation.pk).update(**fields)

    assert "wulan.pertiwi@contoh.id" not in _page(client)


def test_the_page_never_shows_a_secret_again(client: Client, admin: Person) -> None:
    _, secret = Invitation.issue(email="wulan.pertiwi@contoh.id", role=Role.ADMIN, now=timezone.now(), by=admin)

    assert secret not in _page(client)


def test_a_withdrawn_link_no_longer_works(client: Client, admin: Person) -> None:
    invitation, secret = Invitation.issue(
        email="wulan.pertiwi@contoh.id", role=Role.SUPPORT, now=timezone.now(), by=admin
    )

    response = client.post(reverse("invitation_withdraw", args=[invitation.pk]))

    assert response.headers["Location"] == reverse("people")
    assert Client().get(reverse("invitation", args=[secret])).status_code == 410
    assert AuditEntry.objects.get(act=Act.INVITATION_WITHDRAWN).target == "wulan.pertiwi@contoh.id"


def test_a_used_link_cannot_be_withdrawn(client: Client, admin: Person) -> None:
    invitation = _invitation(admin)
    invitation.claim(timezone.now())

    assert client.post(reverse("invitation_withdraw", args=[invitation.pk])).status_code == 404
