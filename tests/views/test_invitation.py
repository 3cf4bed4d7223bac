"""Coming in by a link: it works once, for a while, and gives its secret to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.models import AuditEntry, Invitation, Person
from events.models.audit import Act
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

ACCEPT = "/invitation/"
TYPED = {"name": "Wulan Pertiwi", "password": "kuda-laut-terbang", "password_again": "kuda-laut-terbang"}


def _issue(**fields: Any) -> str:
    """The address of a new link."""
    values = {"email": "wulan.pertiwi@contoh.id", "role": Role.SUPPORT, "name": "Wulan", "now": timezone.now()}
    return reverse("invitation", args=[Invitation.issue(**{**values, "by": None, **fields})[1]])


def _opened(link: str) -> Client:
    client = Client()
    assert client.get(link).headers["Location"] == ACCEPT
    return client


def _is_closed(response: Any) -> bool:
    return response.status_code == 410 and b"This link no longer works" in response.content


def test_the_page_says_who_is_invited_as_what(client: Client) -> None:
    page = " ".join(_opened(_issue()).get(ACCEPT).content.decode().split())

    assert "You were invited as Support. You will sign in with wulan.pertiwi@contoh.id." in page
    assert 'value="Wulan"' in page


def test_accepting_makes_the_person_with_a_verified_address() -> None:
    _opened(_issue()).post(ACCEPT, TYPED)

    person = Person.objects.get(email="wulan.pertiwi@contoh.id")
    address = person.emailaddress_set.get()  # type: ignore[attr-defined]
    assert (person.name, person.role) == ("Wulan Pertiwi", Role.SUPPORT)
    assert (address.email, address.verified, address.primary) == (person.email, True, True)


def test_accepting_signs_in_and_leads_to_the_console() -> None:
    client = _opened(_issue())

    response = client.post(ACCEPT, TYPED)

    assert response.headers["Location"] == "/"
    assert get_user(client).is_authenticated
    acts = set(AuditEntry.objects.values_list("act", "by__email"))
    assert acts == {(act, "wulan.pertiwi@contoh.id") for act in (Act.PERSON_JOINED, Act.SIGNED_IN)}


def test_a_link_works_once() -> None:
    link = _issue()
    _opened(link).post(ACCEPT, TYPED)

    assert _is_closed(Client().get(link))


def test_of_two_who_opened_a_link_the_slower_one_is_told() -> None:
    link = _issue()
    first, second = _opened(link), _opened(link)
    first.post(ACCEPT, TYPED)

    assert _is_closed(second.post(ACCEPT, {**TYPED, "name": "Somebody Else"}))
    assert Person.objects.get().name == "Wulan Pertiwi"


def test_a_claim_that_was_beaten_by_another_fails() -> None:
    now = timezone.now()
    invitation, _ = Invitation.issue(email="wulan.pertiwi@contoh.id", role=Role.ADMIN, now=now, by=None)
    stale = Invitation.objects.get(pk=invitation.pk)

    assert [invitation.claim(now), stale.claim(now)] == [True, False]


def test_an_old_link_is_closed() -> None:
    assert _is_closed(Client().get(_issue(now=timezone.now() - timedelta(days=7, minutes=1))))


def test_a_link_that_ended_after_it_was_opened_is_closed() -> None:
    client = _opened(_issue())
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert _is_closed(client.post(ACCEPT, TYPED))
    assert not Person.objects.exists()


def test_a_link_for_somebody_deactivated_is_closed() -> None:
    person = make_person(email="maya@contoh.id", is_active=False)

    assert _is_closed(Client().get(_issue(email=person.email, person=person)))


def test_an_unknown_link_is_closed_and_leaves_no_session() -> None:
    client = Client()

    assert _is_closed(client.get("/invitation/no-such-secret/"))
    assert "console_session" not in client.cookies


def test_the_page_without_a_link_is_closed() -> None:
    assert _is_closed(Client().get(ACCEPT))


def test_looking_uses_nothing_up() -> None:
    link = _issue()
    for _ in range(3):
        _opened(link).get(ACCEPT)

    assert _opened(link).post(ACCEPT, TYPED).status_code == 302


def test_the_page_with_the_form_does_not_hold_the_secret() -> None:
    link = _issue()
    response = _opened(link).get(ACCEPT)

    assert link.split("/")[2] not in response.content.decode()
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "pendek-1", "password_again": "pendek-1"}, "too short"),
        ({"password": "password12345", "password_again": "password12345"}, "too common"),
        ({"password": "wulan.pertiwi", "password_again": "wulan.pertiwi"}, "too similar to the"),
        ({"password_again": "something-else"}, "These two are not the same"),
        ({"name": " "}, "Fill this in."),
    ],
)
def test_a_bad_password_is_explained_and_uses_nothing_up(changed: dict[str, str], words: str) -> None:
    client = _opened(_issue())

    response = client.post(ACCEPT, {**TYPED, **changed})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert client.post(ACCEPT, TYPED).status_code == 302


def test_a_typed_password_is_never_sent_back() -> None:
    response = _opened(_issue()).post(ACCEPT, {**TYPED, "password_again": "something-else"})

    assert "kuda-laut" not in response.content.decode()


def test_an_address_that_somebody_got_meanwhile_closes_the_link() -> None:
    client = _opened(_issue())
    make_person(email="wulan.pertiwi@contoh.id")

    assert _is_closed(client.post(ACCEPT, TYPED))


def test_somebody_else_who_is_signed_in_is_asked_to_pass_it_on(client: Client) -> None:
    client.force_login(make_person(name="Rani Anggraini"))
    link = _issue()
    client.get(link)

    response = client.post(ACCEPT, TYPED)

    assert response.status_code == 409
    assert b"This link is for somebody else" in response.content
    assert _opened(link).post(ACCEPT, TYPED).status_code == 302


def test_a_new_password_replaces_the_old_one_and_ends_sessions() -> None:
    person = make_person(Role.MARKETER, email="maya@contoh.id")
    elsewhere = Client()
    elsewhere.force_login(person)

    client = _opened(_issue(email=person.email, role=person.role, person=person))
    response = client.post(ACCEPT, TYPED)

    person.refresh_from_db()
    assert response.headers["Location"] == "/"
    assert person.check_password("kuda-laut-terbang")
    assert not get_user(elsewhere).is_authenticated
    assert AuditEntry.objects.get(act=Act.PASSWORD_CHANGED).by == person


def test_a_new_password_leaves_name_and_role_alone() -> None:
    person = make_person(Role.MARKETER, name="Maya Lestari", email="maya@contoh.id")

    _opened(_issue(email=person.email, role=Role.ADMIN, person=person)).post(ACCEPT, TYPED)

    person.refresh_from_db()
    assert (person.name, person.role) == ("Maya Lestari", Role.MARKETER)


def test_the_old_password_works_until_the_new_one_is_set() -> None:
    person = make_person(email="maya@contoh.id")
    _opened(_issue(email=person.email, person=person))

    response = Client().post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert response.headers["Location"] == "/"
