"""What every command for scripts does where nothing could be tried, or its words cannot be printed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from events.sandbox.scenarios import STORE_ID
from tests.installation import ROOT, Installation
from tests.journeys.console import sandbox_of

PAYLOAD = '{"user_data":{"fn":"Sari é 🎉"},"events":[{"event_id":"sari-é-1","event_name":"Lead"}]}'
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}


@pytest.mark.parametrize("command", [("send_payload", "store_x", "-"), ("search_log", ""), ("prune", "--dry-run")])
def test_a_wrong_setting_ends_with_3_and_one_line(prepared: Installation, command: tuple[str, ...]) -> None:
    result = prepared.manage(*command, SCALEV_DEADLINE_SECONDS="abc")

    assert result.returncode == 3
    assert result.stderr.count("\n") == 1


def test_a_missing_master_key_ends_with_3_and_one_line(prepared: Installation) -> None:
    (prepared.folder / "master_keys").unlink()

    result = prepared.manage("send_payload", "store_x", "-", stdin=PAYLOAD)

    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert "master key" in result.stderr


@pytest.mark.parametrize("command", [("send_payload", "store_x", "-"), ("search_log", "")])
def test_before_the_database_is_prepared_it_ends_with_3(installation: Installation, command: tuple[str, ...]) -> None:
    installation.folder.mkdir()

    result = installation.manage(*command, SECRET_KEY="x" * 60, CONSOLE_MASTER_KEYS="k1:" + "B" * 43 + "=")

    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    assert "run `manage.py prepare`" in result.stderr


def test_without_any_standard_input_it_ends_with_3(prepared: Installation) -> None:
    result = _shell(prepared, f"send_payload {STORE_ID} - <&-")

    assert result.returncode == 3
    assert b"Traceback" not in result.stderr


def test_whoever_reads_no_further_is_no_trouble(prepared: Installation) -> None:
    prepared.manage("fill_log", "300")

    result = _shell(prepared, "search_log '' --json --limit 300 | head -1")

    assert result.stdout.count(b"\n") == 1
    assert result.stderr == b""


def test_an_event_is_accepted_also_where_the_terminal_knows_another_alphabet(prepared: Installation) -> None:
    """It was sent: that its answer cannot be written in ASCII must not make a failure of it."""
    with sandbox_of(prepared) as console:
        results = [
            console.installation.manage("send_payload", STORE_ID, "-", *options, stdin=PAYLOAD, **ASCII)
            for options in ([], ["--json"])
        ]

    assert [result.returncode for result in results] == [0, 0], [result.stderr for result in results]
    assert "Sari é 🎉" in json.loads(results[1].stdout)["request_body"]


def _shell(console: Installation, rest: str) -> subprocess.CompletedProcess[bytes]:
    command = f"{sys.executable} manage.py {rest}"
    return subprocess.run(["bash", "-c", command], cwd=ROOT, env=console.environment, capture_output=True, timeout=60)
