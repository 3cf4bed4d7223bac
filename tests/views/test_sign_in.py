"""Signing in and out: allauth's pages in the console's words, and nothing of allauth beyond them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from events.models import AuditEntry
from events.models.audit import Act
from tests.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    cache.clear()


def _try(email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return Client().post(SIGN_IN, {"login": email, "password": password}, **extra)


def test_the_form_asks_for_e_mail_and_password_only(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()

    assert 'name="login"' in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "sign-up" not in page.lower()


@pytest.mark.parametrize("typed", ["maya@contoh.id", " Maya@Contoh.ID "])
def test_an_address_is_taken_in_any_spelling(typed: str) -> None:
    make_person(email="maya@contoh.id")

    assert _try(typed).headers["Location"] == "/"


def test_one_comes_back_to_the_page_that_was_asked_for(client: Client) -> None:
    make_person(email="maya@contoh.id")
    asked = client.get("/profile/?tab=1").headers["Location"]

    response = client.post(asked, {"login": "maya@contoh.id", "password": PASSWORD})

    assert response.headers["Location"] == "/profile/?tab=1"


@pytest.mark.parametrize("elsewhere", ["https://contoh.id/", "//contoh.id/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(elsewhere: str) -> None:
    make_person(email="maya@contoh.id")

    response = Client().post(SIGN_IN, {"login": "maya@contoh.id", "password": PASSWORD, "next": elsewhere})

    assert response.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_read_the_same() -> None:
    make_person(email="maya@contoh.id")

    known, unknown = _try("maya@contoh.id", "not-hers"), _try("nobody@contoh.id", "not-hers")

    sentence = "No account has this e-mail and this password"
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()


def test_a_sign_in_is_recorded() -> None:
    person = make_person(email="maya@contoh.id")
    _try("maya@contoh.id")

    assert AuditEntry.objects.get(act=Act.SIGNED_IN).by == person


def test_a_deactivated_person_with_the_right_password_is_told() -> None:
    make_person(email="maya@contoh.id", is_active=False)
    make_person(role="admin", email="rani@contoh.id")

    told = _try("maya@contoh.id").content.decode()
    assert "This account is deactivated" in told
    assert 'href="mailto:rani@contoh.id"' in told
    assert "deactivated" not in _try("maya@contoh.id", "not-hers").content.decode()
    assert not AuditEntry.objects.exists()


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(make_person())

    assert "Sign out?" in client.get("/sign-out/").content.decode()
    assert client.get("/profile/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/profile/").status_code == 302


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_inactive"])
def test_what_is_not_used_of_allauth_is_not_mounted(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_asks_the_sign_in_page_for_json() -> None:
    response = _try("nobody@contoh.id", "not-hers", headers={"accept": "application/json"})

    assert response.headers["Content-Type"].startswith("text/html")


def test_the_sixth_wrong_attempt_is_told_how_long_to_wait() -> None:
    make_person(email="maya@contoh.id")
    for _ in range(5):
        _try("maya@contoh.id", "not-hers")

    page = _try("maya@contoh.id").content.decode()

    assert "Too many attempts to sign in. Wait 5 minutes, then try again." in page


def test_another_host_header_is_no_fresh_start() -> None:
    make_person(email="maya@contoh.id")
    for port in range(5):
        _try("maya@contoh.id", "not-hers", headers={"host": f"localhost:{port + 1}"})

    assert "Too many attempts" in _try("maya@contoh.id", headers={"host": "127.0.0.1:9"}).content.decode()


def test_right_attempts_do_not_count() -> None:
    make_person(email="maya@contoh.id")

    assert {_try("maya@contoh.id").status_code for _ in range(8)} == {302}


def test_others_may_sign_in_while_one_is_throttled() -> None:
    make_person(email="maya@contoh.id")
    for _ in range(6):
        _try("nobody@contoh.id", "not-hers")

    assert _try("maya@contoh.id").status_code == 302


def test_attempts_are_counted_in_the_database() -> None:
    _try("nobody@contoh.id", "not-hers")

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM console_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0


def test_a_flood_from_one_address_gets_a_page_in_words() -> None:
    answers = [_try(f"nobody{number}@contoh.id", "not-hers") for number in range(31)]

    assert answers[-1].status_code == 429
    assert "Too many attempts to sign in" in answers[-1].content.decode()
