"""`manage.py welcome` says how to get in, or why the console cannot start."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.installation import Installation


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_it_names_the_address_the_accounts_and_how_to_stop(prepared: Installation) -> None:
    result = prepared.manage("welcome")

    assert result.returncode == 0
    assert f"http://127.0.0.1:{prepared.environment['PORT']}/" in result.stdout
    for line in (prepared.folder / "first-sign-in.txt").read_text().splitlines():
        email, password = line.split(" ")
        assert f"{email:<24} {password}" in result.stdout
    assert "Ctrl-C" in result.stdout


def test_a_password_that_was_changed_is_not_shown_any_more(prepared: Installation) -> None:
    change = (
        "from events.models import Person; person = Person.objects.get(email='admin@console.test');"
        "person.set_password('another one'); person.save()"
    )
    assert prepared.manage("shell", "--verbosity", "0", "-c", change).returncode == 0

    result = prepared.manage("welcome")

    assert "admin@console.test" not in result.stdout
    assert "support@console.test" in result.stdout


def test_an_address_that_means_all_is_shown_as_one_to_go_to(prepared: Installation) -> None:
    assert "http://127.0.0.1:" in prepared.manage("welcome", HOST="0.0.0.0").stdout
    assert "http://[::1]:" in prepared.manage("welcome", HOST="::1").stdout


def test_who_listens_everywhere_hears_what_other_machines_need(prepared: Installation) -> None:
    words = "once CONSOLE_ALLOWED_HOSTS names its address"

    assert words in prepared.manage("welcome", HOST="0.0.0.0").stdout
    assert words not in prepared.manage("welcome", HOST="0.0.0.0", CONSOLE_ALLOWED_HOSTS="10.1.2.3").stdout
    assert words not in prepared.manage("welcome").stdout


@pytest.mark.parametrize("variable", ["PORT", "SANDBOX_PORT"])
def test_a_taken_port_gets_one_line(prepared: Installation, taken_port: int, variable: str) -> None:
    result = prepared.manage("welcome", **{variable: str(taken_port)})

    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert f"Port {taken_port} on 127.0.0.1 is taken" in result.stderr
    assert f"with {variable}=" in result.stderr


def test_one_port_for_both_gets_one_line(prepared: Installation) -> None:
    result = prepared.manage("welcome", PORT="4017", SANDBOX_PORT="4017")

    assert result.returncode != 0
    assert "PORT and SANDBOX_PORT are both 4017" in result.stderr


def test_a_production_installation_without_people_is_told_how_the_first_gets_in(installation: Installation) -> None:
    production = {"CONSOLE_MODE": "production", "CONSOLE_ALLOWED_HOSTS": "console.contoh.id"}
    installation.manage("prepare", **production)

    assert "add_person EMAIL --role admin" in installation.manage("welcome", **production).stdout
