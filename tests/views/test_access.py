"""Every address stands in the rights table, needs sign-in unless it is public, and takes no POST without a token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from events.domain.rights import Action, Role, may
from events.models import Person
from events.views import access
from tests.factories import make_person

# Addresses that a stranger may open; sign-out is for everybody who is signed in.
PUBLIC = {"account_login", "invitation", "invitation_accept"}
UNGUARDED = PUBLIC | {"account_logout"}
SAMPLES: dict[str, Any] = {
    "IntConverter": 1,
    "StringConverter": "x",
    "SlugConverter": "x",
    "UUIDConverter": "5b2f7c1e-54b5-4b7e-9df6-0d4b5b3a9f11",
}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


PATTERNS = {str(pattern.name): pattern for pattern in _patterns(get_resolver())}
names = pytest.mark.parametrize("name", PATTERNS)


def _address(name: str) -> str:
    converters = PATTERNS[name].pattern.converters
    return reverse(name, kwargs={key: SAMPLES[type(value).__name__] for key, value in converters.items()})


@names
def test_an_address_is_public_or_stands_in_the_rights_table(name: str) -> None:
    action = getattr(PATTERNS[name].callback, "action", None)

    assert isinstance(action, Action) != (name in UNGUARDED)


def test_no_address_lacks_a_name() -> None:
    assert None not in {pattern.name for pattern in _patterns(get_resolver())}


@pytest.mark.django_db
@names
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str) -> None:
    response = client.get(_address(name))

    sent_to_sign_in = response.headers.get("Location", "").startswith(reverse("account_login"))
    assert sent_to_sign_in == (name not in PUBLIC)


@pytest.mark.django_db
@names
def test_a_post_without_a_token_is_refused(name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person())

    assert client.post(_address(name)).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@names
def test_a_role_without_the_right_gets_the_page_that_says_so(client: Client, name: str, role: Role) -> None:
    action = getattr(PATTERNS[name].callback, "action", None)
    client.force_login(make_person(role))

    refused = b"does not reach this far" in client.get(_address(name)).content
    assert refused == (action is not None and not may(role, action))


def test_every_action_has_its_words() -> None:
    assert set(access.WORDS) == set(Action)


@pytest.mark.django_db
def test_the_refusal_names_the_roles_and_whom_to_ask(client: Client) -> None:
    make_person(name="Rani Anggraini", email="rani@contoh.id")
    make_person(name="Bayu Saputra", email="bayu@contoh.id", is_active=False)
    client.force_login(make_person(Role.SUPPORT, name="Dimas Surya"))

    response = client.get(reverse("people"))

    page = " ".join(response.content.decode().split())
    assert response.status_code == 403
    assert "Your role is Support. To manage people you need the role Admin." in page
    assert "rani@contoh.id" in page
    assert "bayu@contoh.id" not in page


@pytest.mark.django_db
def test_what_hangs_on_the_row_is_asked_with_the_row(rf: Any) -> None:
    request = rf.get("/")
    request.user = make_person(Role.MARKETER)

    access.demand(request, Action.RESEND, own=True)
    with pytest.raises(access.NotAllowed):
        access.demand(request, Action.RESEND, own=False)


@pytest.mark.django_db
def test_a_right_ends_with_the_account(rf: Any) -> None:
    request = rf.get("/")
    request.user = make_person(Role.ADMIN)
    Person.objects.filter(pk=request.user.pk).update(is_active=False)
    request.user.refresh_from_db()

    with pytest.raises(access.NotAllowed):
        access.demand(request, Action.SEE_LOG)
