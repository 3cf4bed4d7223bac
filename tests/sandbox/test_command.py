"""`manage.py sandbox`, run the way a person runs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from events.management.commands.sandbox import Command
from events.sandbox.scenarios import KEY, PREFLIGHTS, SCENARIOS, STORE_ID

MANAGE = Path(__file__).parents[2] / "manage.py"


def test_the_help_lists_every_scenario() -> None:
    text = Command().create_parser("manage.py", "sandbox").format_help()
    for scenario in SCENARIOS:
        assert f"  {scenario.store_id} " in text
        assert scenario.key in text
    for scenario in PREFLIGHTS:
        assert f"  {scenario.store_id} " in text
        assert scenario.key not in text


def test_the_list_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sandbox", "--list")
    text = capsys.readouterr().out
    assert STORE_ID in text
    assert KEY in text
    assert all(scenario.explanation in text for scenario in SCENARIOS)


@override_settings(CONSOLE_MODE="production")
def test_it_does_not_run_in_production() -> None:
    with pytest.raises(CommandError, match="production mode"):
        call_command("sandbox", "--port", "0")


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken") as caught:
            call_command("sandbox", "--port", str(port))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], "loopback"),
        (["--port", "70000"], "not a port number"),
        (
            ["--allow-origin", "console.example"],
            "'console.example' is not an origin: write it as https://console.example",
        ),
    ],
)
def test_an_address_or_origin_that_cannot_be_used_is_told_in_one_line(options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("sandbox", *options)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_listens_and_stops_at_once(stop: signal.Signals) -> None:
    command = [sys.executable, str(MANAGE), "sandbox", "--port", "0"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        assert first.startswith("Sandbox at http://127.0.0.1:"), process.stderr.read()
        port = int(first.split()[2].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)):
            began = time.monotonic()
            process.send_signal(stop)
            _, errors = process.communicate(timeout=10)
    assert time.monotonic() - began < 3
    assert (process.returncode, errors) == (0, "")
