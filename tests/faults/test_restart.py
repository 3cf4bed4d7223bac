"""PostgreSQL restarts, or stays away, between a send and the record of its answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from tests.faults.console import IMPATIENT, web_of
from tests.faults.receivers import Receiver, receiver_for
from tests.faults.workers import worker_of
from tests.installation import Installation, new_installation
from tests.postgres import own_cluster

pytestmark = pytest.mark.skipif("CONSOLE_DATABASE_URL" not in os.environ, reason="these are faults of PostgreSQL")

AFTER_THE_LEASE_S = 120
# The pool asks a lost server again after a second or two.
PATIENT = IMPATIENT | {"FAULTS_BUSY_SECONDS": "2"}
Control = Callable[[str], None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Control]]:
    """An installation on a server of its own: the others' must not go away under them."""
    with own_cluster() as (url, control), new_installation(tmp_path_factory.mktemp("restart") / "data") as made:
        installation = replace(made, environment=made.environment | {"CONSOLE_DATABASE_URL": url})
        result = installation.manage("prepare")
        assert result.returncode == 0, result.stderr
        yield installation, control


@pytest.fixture
def scalev(server: tuple[Installation, Control]) -> Iterator[Receiver]:
    with receiver_for(server[0]) as made:
        yield made


def test_a_server_that_restarts_meanwhile_gets_the_answer_afterwards(
    server: tuple[Installation, Control], scalev: Receiver
) -> None:
    installation, control = server
    scalev.before_answer = lambda: control("restart")
    with worker_of(installation, **PATIENT) as worker:
        answer = worker.send()

        assert (answer["outcome"], answer["answer_lost"]) == ("accepted", False)
        assert worker.look()[-1]["outcome"] == "accepted"
    assert len(scalev.requests) == 1


def test_a_server_that_stays_away_leaves_the_row_to_its_lease(
    server: tuple[Installation, Control], scalev: Receiver
) -> None:
    installation, control = server
    scalev.before_answer = lambda: control("stop")
    with worker_of(installation, **IMPATIENT) as worker:
        try:
            answer = worker.send()
        finally:
            control("start")

    assert (answer["outcome"], answer["answer_lost"]) == ("pending", True)
    with worker_of(installation) as worker:
        assert worker.look(AFTER_THE_LEASE_S)[-1]["outcome"] == "interrupted"
        assert worker.send("ord-2", answer["token"])["outcome"] == "interrupted"
    assert len(scalev.requests) == 1


def test_while_the_server_is_away_a_send_gets_a_page_that_still_holds_the_form(
    server: tuple[Installation, Control], scalev: Receiver
) -> None:
    installation, control = server
    with web_of(installation, PATIENT) as web:
        page = web.compose()
        control("stop")
        try:
            refused = web.visitor.press(page, "Send event", {"First name": "Wulan"})
        finally:
            control("start")

        assert (refused.status, refused.heading) == (503, "The console cannot use its database now")
        assert "Check that the database runs" in refused.text
        assert scalev.requests == []
        accepted = web.visitor.press(refused, "Try again")
    assert accepted.heading.startswith("Accepted")
    assert b'"fn":"Wulan"' in scalev.requests[0]
