"""What may be lost in a power cut is the answer to a send, and never the row that was written before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events.delivery import client, sender
from events.models import engine, statements
from events.sandbox.running import running_sandbox
from tests.factories import make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def durable() -> Iterator[None]:
    """The server of the tests waits for no disk at all: here it does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = on")
    yield
    connection.close()


def waits() -> bool:
    """Whether a commit made now would wait for the disk."""
    asked = "SHOW synchronous_commit" if connection.vendor == "postgresql" else "PRAGMA synchronous"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0] in ("on", 2)


def test_only_the_transaction_itself_does_not_wait() -> None:
    assert waits()
    with engine.unhurried():
        assert not waits()
    assert waits()


def test_one_that_fails_leaves_the_next_to_wait() -> None:
    with pytest.raises(RuntimeError), engine.unhurried():
        raise RuntimeError
    assert waits()


def test_within_another_transaction_it_writes_and_that_one_commits() -> None:
    with transaction.atomic():
        with engine.unhurried():
            make_storefront_key()
        assert waits()


def test_the_row_before_a_call_waits_and_its_answer_does_not(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def noting(real: Any) -> Any:
        def noted(*args: Any, **named: Any) -> Any:
            seen.append(waits())
            return real(*args, **named)

        return noted

    for room, name in ((statements, "insert"), (client, "post"), (statements, "update")):
        monkeypatch.setattr(room, name, noting(getattr(room, name)))
    with running_sandbox() as running:
        settings.SCALEV_ENVIRONMENTS = {"sandbox": running.origin}
        sender.send(store=make_storefront_key().store, payload=b"{}", by=None, now=timezone.now())

    assert seen == [True, True, False]
