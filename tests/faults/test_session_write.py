"""A session that cannot be written does not spoil the page: being seen is noted, not needed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from tests.factories import make_person

pytestmark = pytest.mark.django_db


# Django tells a locked database as the first where the session is known, and as the second where it is new.
@pytest.mark.parametrize("error", [UpdateError, OperationalError])
def test_a_page_is_shown_although_the_session_cannot_be_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(store: SessionStore, must_create: bool = False) -> NoReturn:
        raise error

    with time_machine.travel(datetime(2026, 11, 23, 8, 0, tzinfo=UTC), tick=False) as clock:
        client.force_login(make_person())
        client.get("/profile/")
        clock.shift(timedelta(minutes=5))
        monkeypatch.setattr(SessionStore, "save", refuse)

        assert client.get("/profile/").status_code == 200
