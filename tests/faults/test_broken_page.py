"""The page for a database that refuses: it gives a composition back, and nothing else, and to nobody else's form."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError
from django.test import RequestFactory

from events.models.storage import StorageTrouble
from events.views.broken import STEPS, broken

SEND = "/compose/0c0ffee0-0000-4000-8000-000000000000/send/"
TOKEN = "a" * 32


def answer(path: str, data: dict[str, str], *, cookie: str = TOKEN, error: Exception | None = None) -> Any:
    request = RequestFactory().post(path, data, headers={"Cookie": f"{settings.CSRF_COOKIE_NAME}={cookie}"})
    # What Django's middleware takes from the cookie before any error.
    request.META["CSRF_COOKIE"] = cookie
    try:
        raise error or locked()
    except Exception:
        return broken(request)


def locked() -> OperationalError:
    error, cause = OperationalError("database is locked"), sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
    error.__cause__ = cause
    return error


def test_what_was_typed_into_a_composition_comes_back() -> None:
    page = answer(SEND, {"csrfmiddlewaretoken": TOKEN, "user_data.fn": "Wulan </textarea><b>", "do": "send"})

    assert page.status_code == 503
    assert "Wulan &lt;/textarea&gt;&lt;b&gt;</textarea>" in page.content.decode()
    assert "Let it end." in page.content.decode()


def test_a_forged_form_gets_no_button_that_would_send_it() -> None:
    page = answer(SEND, {"csrfmiddlewaretoken": "b" * 32, "user_data.fn": "Wulan"}).content.decode()

    assert "Wulan" not in page
    assert "<textarea" not in page


def test_a_password_never_comes_back() -> None:
    page = answer("/sign-in/", {"csrfmiddlewaretoken": TOKEN, "password": "lembayung-senja-72"})

    assert page.status_code == 503
    assert "lembayung" not in page.content.decode()


def test_any_other_error_is_our_own_fault() -> None:
    page = answer(SEND, {"csrfmiddlewaretoken": TOKEN}, error=IntegrityError())

    assert page.status_code == 500
    assert "Something broke on our side" in page.content.decode()


@pytest.mark.parametrize("trouble", StorageTrouble)
def test_every_trouble_has_its_steps(trouble: StorageTrouble) -> None:
    assert STEPS[trouble]
