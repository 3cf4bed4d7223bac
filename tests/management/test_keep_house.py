"""`manage.py keep_house`, and the thread of `serve` that does the same."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import pytest

from tests.installation import Installation

_LEAVE_A_SESSION = """
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.utils import timezone
Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now() - timedelta(days=1))
"""
_COUNT = "from django.contrib.sessions.models import Session; print('sessions', Session.objects.count())"


def _sessions(installation: Installation) -> int:
    return int(installation.manage("shell", "-v", "0", "-c", _COUNT).stdout.split("sessions")[1])


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came to pass"


def test_once_does_what_is_due_and_ends(prepared: Installation) -> None:
    prepared.manage("shell", "-v", "0", "-c", _LEAVE_A_SESSION)

    result = prepared.manage("keep_house", "--once")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert _sessions(prepared) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_goes_on_until_a_signal_stops_it_in_good_order(prepared: Installation, number: signal.Signals) -> None:
    prepared.manage("shell", "-v", "0", "-c", _LEAVE_A_SESSION)

    with prepared.running("keep_house") as process:
        _wait_until(lambda: _sessions(prepared) == 0)
        assert process.poll() is None
        process.send_signal(number)
        assert process.wait(timeout=20) == 0

    assert prepared.output == ""


def test_serve_does_so_by_itself_and_ends_in_good_order(prepared: Installation) -> None:
    prepared.manage("shell", "-v", "0", "-c", _LEAVE_A_SESSION)

    with prepared.running("serve") as process:
        prepared.wait_for_port(int(prepared.environment["PORT"]), process)
        _wait_until(lambda: _sessions(prepared) == 0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0

    assert prepared.output.count("\n") == 1, prepared.output
