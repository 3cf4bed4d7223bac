"""Every address asks for sign-in, but for the few that stand here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "account_login",
    "account_logout",
    # Whoever is invited has no account yet.
    "invitation",
    "invitation_accept",
}
SAMPLES = {"int": "1", "str": "abc", "slug": "abc", "uuid": "0189d0e8-5b1e-7c3a-9f57-3d1a5c0b7e42"}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            yield from _patterns(found)
        else:
            yield found


def _address(pattern: URLPattern) -> str:
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], str(pattern.pattern))


def test_every_address_has_a_name() -> None:
    assert [str(pattern.pattern) for pattern in _patterns(get_resolver()) if not pattern.name] == []


def test_the_public_addresses_exist() -> None:
    assert {pattern.name for pattern in _patterns(get_resolver())} >= PUBLIC


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_sign_in_first(client: Client, method: str) -> None:
    open_doors = [
        pattern.name
        for pattern in _patterns(get_resolver())
        if pattern.name not in PUBLIC and not _sends_to_sign_in(client, method, _address(pattern))
    ]

    assert open_doors == []


@pytest.mark.django_db
def test_no_post_is_taken_without_its_token() -> None:
    client = Client(enforce_csrf_checks=True)

    taken = [pattern.name for pattern in _patterns(get_resolver()) if client.post(_address(pattern)).status_code != 403]

    assert taken == []


def _sends_to_sign_in(client: Client, method: str, address: str) -> bool:
    response = getattr(client, method)(address)
    return response.status_code == 302 and str(response.headers["Location"]).startswith("/sign-in/?next=")
