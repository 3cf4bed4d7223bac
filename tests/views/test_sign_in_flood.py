"""Whoever guesses from many addresses at many names pushes no other count out of the store."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)

TOO_MANY = b"Too many attempts to sign in"


def attempt(email: str, password: str, address: str) -> bytes:
    response = Client(REMOTE_ADDR=address).post("/sign-in/", {"login": email, "password": password})
    return b"" if response.status_code == 302 else response.content


def test_guesses_at_one_person_stay_counted_while_hundreds_are_made_at_others() -> None:
    rani = make_person()
    for number in range(5):
        attempt(rani.email, "not-hers", f"203.0.113.{number}")

    # As many as each address is allowed in a minute.
    for number in range(700):
        attempt(f"nobody.{number}@contoh.id", "anything", f"198.51.100.{number // 10}")

    assert TOO_MANY in attempt(rani.email, PASSWORD, "203.0.113.99")
