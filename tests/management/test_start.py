"""`manage.py start` runs web and sandbox together, and leaves neither behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.installation import Installation


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_both(prepared: Installation, number: signal.Signals) -> None:
    with prepared.running("start") as process:
        _wait_for_both(prepared, process)
        process.send_signal(number)

        assert process.wait(timeout=30) == 0

    assert not _listens(prepared, "PORT")
    assert not _listens(prepared, "SANDBOX_PORT")
    assert "Traceback" not in prepared.output


def test_the_address_is_told_once_it_can_be_opened(prepared: Installation) -> None:
    with prepared.running("start") as process:
        while "Stop with" not in prepared.output and process.poll() is None:
            time.sleep(0.01)

        assert _listens(prepared, "PORT")
        assert _listens(prepared, "SANDBOX_PORT")


def test_a_signal_right_after_the_greeting_leaves_nothing_behind(prepared: Installation) -> None:
    with prepared.running("start") as process:
        while "Stop with" not in prepared.output and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=30) in (0, -signal.SIGINT)

    time.sleep(2)
    assert not _listens(prepared, "PORT")
    assert not _listens(prepared, "SANDBOX_PORT")


def test_when_one_ends_by_itself_the_other_is_stopped_and_it_is_said(prepared: Installation) -> None:
    with prepared.running("start") as process:
        _wait_for_both(prepared, process)
        os.kill(_children(process)["sandbox"], signal.SIGTERM)

        assert process.wait(timeout=30) == 1

    assert "Ended by itself, so that all was stopped: sandbox." in prepared.output
    assert not _listens(prepared, "PORT")


def test_a_production_installation_starts_without_a_sandbox(prepared: Installation) -> None:
    production = {"CONSOLE_MODE": "production", "CONSOLE_ALLOWED_HOSTS": "console.contoh.id"}

    with prepared.running("start", **production) as process:
        prepared.wait_for_port(int(prepared.environment["PORT"]), process)

        assert list(_children(process)) == ["serve"]


def _children(process: subprocess.Popen[bytes]) -> dict[str, int]:
    """The commands that it started, with their process IDs."""
    pids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {Path(f"/proc/{pid}/cmdline").read_text().split("\0")[2]: int(pid) for pid in pids}


def _wait_for_both(prepared: Installation, process: subprocess.Popen[bytes]) -> None:
    for name in ("PORT", "SANDBOX_PORT"):
        prepared.wait_for_port(int(prepared.environment[name]), process)


def _listens(prepared: Installation, name: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(prepared.environment[name]))) == 0
