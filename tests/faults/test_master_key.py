"""A master key that is short, swapped or dropped: the start is refused, or the send, and never in the dark."""

from __future__ import annotations

import pytest

from tests.factories import SECOND_MASTER_KEY
from tests.faults.console import web_of
from tests.faults.receivers import Receiver
from tests.faults.workers import worker_of
from tests.installation import Installation

SHORT = "k1:" + "A" * 42


@pytest.mark.parametrize(
    ("keys", "words"),
    [(SHORT, "Master key number 1 is malformed"), (SECOND_MASTER_KEY, "master key k1 is still needed by")],
)
def test_under_a_short_or_another_master_key_it_refuses_to_start(prepared: Installation, keys: str, words: str) -> None:
    prepared.manage("welcome")

    refused = prepared.manage("serve", CONSOLE_MASTER_KEYS=keys)

    assert refused.returncode != 0
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
    assert keys.partition(":")[2] not in refused.stderr


def test_a_process_whose_master_key_is_gone_sends_nothing(prepared: Installation, receiver: Receiver) -> None:
    with worker_of(prepared, CONSOLE_MASTER_KEYS=SECOND_MASTER_KEY) as worker:
        assert "needs master key k1" in worker.send()["refused"]
    with worker_of(prepared) as worker:
        assert worker.look() == []
    assert receiver.requests == []


def test_a_key_that_is_rotated_away_under_a_running_console_gets_words_and_no_send(
    prepared: Installation, receiver: Receiver
) -> None:
    first = (prepared.folder / "master_keys").read_text().strip()
    with web_of(prepared) as web:
        page = web.compose()
        rotated = prepared.manage("rotate_secrets", CONSOLE_MASTER_KEYS=f"{SECOND_MASTER_KEY},{first}")
        assert rotated.returncode == 0, rotated.stderr
        # The running process was not restarted, and knows the first key alone.
        refused = web.visitor.press(page, "Send event", {"First name": "Wulan"})

    assert refused.status == 503
    assert "nothing was sent" in refused.text
    assert receiver.requests == []
