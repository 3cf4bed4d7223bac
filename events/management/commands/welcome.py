"""`manage.py welcome`: say where the console will be, who can sign in, and how to stop it."""

from __future__ import annotations

from os import environ
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from events.management import installation, preflight
from events.management.preflight import CannotStart
from events.models import Person


class Command(BaseCommand):
    help = "Make sure that the console can start, then print its address and the first accounts."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        CannotStart.if_any(preflight.problems())
        CannotStart.if_any(_port_problems())
        self.stdout.write(f"\n  Scalev Console  {address()}\n\n")
        if _listens_everywhere() and not environ.get("CONSOLE_ALLOWED_HOSTS"):
            self.stdout.write("  From other machines it answers once CONSOLE_ALLOWED_HOSTS names its address.\n\n")
        accounts = first_accounts()
        if accounts:
            self.stdout.write("  Sign in as\n")
            self.stdout.writelines(f"    {email:<24} {password}\n" for email, password in accounts)
        elif not Person.objects.exists():
            self.stdout.write("  Nobody can sign in yet: `manage.py add_person EMAIL --role admin`\n")
        self.stdout.write("\n  Stop with Ctrl-C\n\n")


def address() -> str:
    """Where a browser on this machine finds the console."""
    host = "127.0.0.1" if _listens_everywhere() else settings.HOST
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.PORT}/"


def _listens_everywhere() -> bool:
    """0.0.0.0 and :: are no address to go to."""
    return not settings.HOST.strip("0.:")


def first_accounts() -> list[tuple[str, str]]:
    """The seeded accounts whose first password still opens them."""
    file = settings.CONSOLE_DATA_DIR / installation.FIRST_SIGN_IN
    if not file.exists():
        return []
    passwords = dict(line.split(" ", 1) for line in file.read_text(encoding="utf-8").splitlines())
    people = Person.objects.filter(email__in=passwords, is_active=True).order_by("pk")
    pairs = [(person, passwords[person.email]) for person in people]
    return [(person.email, password) for person, password in pairs if person.check_password(password)]


def _port_problems() -> list[str]:
    web = preflight.port_problems(settings.HOST, settings.PORT, "PORT")
    if settings.CONSOLE_MODE != "local":
        return web
    if settings.PORT == settings.SANDBOX_PORT:
        return [f"PORT and SANDBOX_PORT are both {settings.PORT}: give each its own."]
    return web + preflight.port_problems("127.0.0.1", settings.SANDBOX_PORT, "SANDBOX_PORT")
