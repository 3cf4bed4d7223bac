"""`manage.py serve` answers until it is told to stop, and refuses in one line to start without what it needs."""

from __future__ import annotations

import signal
import socket

import pytest
import requests

from tests.installation import Installation

# Up to where it would listen.
STARTED = """import gc
from events.management.commands import serve
def listen(host, port):
    print(gc.get_freeze_count())
    raise SystemExit
serve._listen = listen
serve.Command().handle()"""


def test_it_answers_over_http(prepared: Installation) -> None:
    with prepared.serving() as origin:
        answer = requests.get(f"{origin}/sign-in/", timeout=10)

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Server" not in answer.headers


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_in_good_order(prepared: Installation, number: signal.Signals) -> None:
    with prepared.running("serve") as process:
        prepared.wait_for_port(int(prepared.environment["PORT"]), process)
        process.send_signal(number)
        assert process.wait(timeout=20) == 0

    assert "Traceback" not in prepared.output


def test_a_taken_port_gets_one_line(prepared: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = prepared.manage("serve", PORT=str(port))

    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 is taken" in result.stderr


@pytest.mark.parametrize(
    ("missing", "words"), [("secret_key", "SECRET_KEY is missing"), ("master_keys", "No master key")]
)
def test_without_a_secret_it_refuses_to_start(prepared: Installation, missing: str, words: str) -> None:
    (prepared.folder / missing).unlink()

    result = prepared.manage("serve")

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert words in result.stderr


def test_with_another_master_key_than_the_data_s_it_refuses_to_start(prepared: Installation) -> None:
    prepared.manage("welcome")

    result = prepared.manage("serve", CONSOLE_MASTER_KEYS="k1:" + "B" * 43 + "=")

    assert result.returncode != 0
    assert "put the right one back" in result.stderr


def test_before_the_database_is_prepared_it_refuses_to_start(installation: Installation) -> None:
    installation.folder.mkdir()

    result = installation.manage("serve", SECRET_KEY="x" * 60, CONSOLE_MASTER_KEYS="k1:" + "B" * 43 + "=")

    assert result.returncode != 0
    assert "run `manage.py prepare`" in result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PORT", "eight", "a whole number from 1 to 65535"),
        ("CONSOLE_MODE", "prod", "one of local, production"),
        ("SCALEV_ENVIRONMENTS", "staging", "name=https://host"),
        ("SCALEV_DEADLINE_SECONDS", "-1", "seconds above 0"),
    ],
)
def test_a_wrong_setting_gets_one_line(installation: Installation, variable: str, value: str, words: str) -> None:
    result = installation.manage("serve", **{variable: value})

    assert result.returncode == 3
    assert result.stderr.count("\n") == 1
    assert f"{variable} is {value!r}" in result.stderr
    assert words in result.stderr


def test_no_look_for_garbage_goes_through_what_was_loaded(prepared: Installation) -> None:
    told = prepared.manage("shell", "--no-imports", "-c", STARTED)
    assert int(told.stdout) > 50_000
