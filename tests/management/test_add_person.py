"""`manage.py add_person`: a password from standard input or a link, and one line for what is wrong."""

from __future__ import annotations

import getpass
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from events.domain.rights import Role
from events.models import AuditEntry, Invitation, Person
from events.models.audit import Act
from tests.factories import make_person

pytestmark = pytest.mark.django_db

WULAN = "wulan.pertiwi@contoh.id"
PASSWORD = "kuda-laut-terbang"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def _run(*arguments: str) -> str:
    """What stands on standard output."""
    output = io.StringIO()
    call_command("add_person", *arguments, stdout=output, stderr=io.StringIO())
    return output.getvalue()


def _refusal(*arguments: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        _run(*arguments)
    assert "\n" not in str(caught.value)
    return caught.value


def test_the_person_signs_in_with_the_password_from_standard_input(stdin: Any) -> None:
    stdin(f"{PASSWORD}\n")

    output = _run(" Wulan.Pertiwi@Contoh.ID ", "--role", "support")

    person = Person.objects.get()
    assert (person.email, person.name, person.role) == (WULAN, "Wulan Pertiwi", Role.SUPPORT)
    assert Client().post("/sign-in/", {"login": WULAN, "password": PASSWORD}).headers["Location"] == "/"
    assert PASSWORD not in output


def test_blanks_belong_to_the_password_and_the_line_end_does_not(stdin: Any) -> None:
    stdin(f" {PASSWORD} \r\n")

    _run(WULAN, "--role", "admin", "--name", "Wulan P.")

    person = Person.objects.get(name="Wulan P.")
    assert person.check_password(f" {PASSWORD} ")


def test_it_is_recorded_as_done_by_the_server(stdin: Any) -> None:
    stdin(PASSWORD)
    _run(WULAN, "--role", "admin")

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target) == (Act.PERSON_ADDED, None, "Wulan Pertiwi")


def test_at_a_terminal_it_asks_twice_without_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, PASSWORD])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))

    _run(WULAN, "--role", "admin")

    assert not list(answers)
    assert Person.objects.get().check_password(PASSWORD)


def test_at_a_terminal_a_slip_adds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "kuda-laut-terbng"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))

    assert _refusal(WULAN, "--role", "admin").returncode == 3
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", 3, "holds no password"),
        ("\nsecond line", 3, "holds no password"),
        ("short", 2, "too short"),
        ("password12345", 2, "too common"),
        ("wulan pertiwi", 2, "too similar"),
    ],
)
def test_a_password_that_will_not_do_is_refused(stdin: Any, typed: str, code: int, words: str) -> None:
    stdin(typed)

    error = _refusal(WULAN, "--role", "admin")

    assert (error.returncode, words in str(error)) == (code, True)
    assert not Person.objects.exists()


@pytest.mark.parametrize("way", [[], ["--invite"]])
def test_an_address_that_somebody_has_is_refused(stdin: Any, way: list[str]) -> None:
    make_person(email=WULAN)
    stdin(PASSWORD)

    error = _refusal(WULAN.upper(), "--role", "admin", *way)

    assert (error.returncode, f"the e-mail {WULAN} already" in str(error)) == (2, True)


def test_what_is_no_address_is_wrong_usage(stdin: Any) -> None:
    assert _refusal("wulan", "--role", "admin").returncode == 3


@pytest.mark.parametrize("arguments", [[WULAN], [WULAN, "--role", "owner"], ["--role", "admin"]])
def test_wrong_usage_ends_with_3(arguments: list[str]) -> None:
    assert _refusal(*arguments).returncode == 3


def test_an_invitation_prints_a_link_that_works() -> None:
    output = _run(WULAN, "--role", "admin", "--invite", "--url", "https://console.contoh.id/")

    found = re.fullmatch(r"https://console\.contoh\.id(/invitation/\S+/)\n", output)
    assert found
    assert Client().get(found[1]).headers["Location"] == "/invitation/"
    assert not Person.objects.exists()


def test_a_link_begins_with_the_configured_address(settings: Any) -> None:
    settings.CONSOLE_URL = "https://konsol.contoh.id"

    assert _run(WULAN, "--role", "admin", "--invite").startswith("https://konsol.contoh.id/invitation/")


def test_without_configuration_a_link_leads_to_this_machine(settings: Any) -> None:
    settings.CONSOLE_URL, settings.HOST, settings.PORT = "", "0.0.0.0", 8123

    assert _run(WULAN, "--role", "admin", "--invite").startswith("http://127.0.0.1:8123/invitation/")


def test_an_address_without_a_scheme_is_wrong_usage() -> None:
    assert _refusal(WULAN, "--role", "admin", "--invite", "--url", "console.contoh.id").returncode == 3


def test_a_second_link_replaces_the_first() -> None:
    for _ in range(2):
        _run(WULAN, "--role", "admin", "--invite", "--url", "https://console.contoh.id")

    open_links = Invitation.objects.open(timezone.now())
    assert open_links.count() == 1
    assert open_links.get().expires_at - timezone.now() > timedelta(days=6)
