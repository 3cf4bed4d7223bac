"""`manage.py add_person EMAIL --role ROLE`: let somebody in; a new installation's first admin comes from here."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from events.management import exits
from events.management.commands import welcome
from events.models import Invitation, Person
from events.models.audit import Act, record
from events.models.person import RoleChoices, normal_email


class Command(exits.ScriptCommand):
    help = (
        "Add a person with the password that stands on standard input, or print an invitation link. "
        "Exit status: 0 added, 2 refused, 3 wrong usage or unreadable input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="what they sign in with")
        parser.add_argument("--role", required=True, choices=RoleChoices.values)
        parser.add_argument("--name", default="", help="as colleagues see it (default: made of the e-mail)")
        parser.add_argument("--invite", action="store_true", help="print a link with which they set a password")
        parser.add_argument("--url", default="", help="with --invite: where people reach the console")

    def handle(self, *args: Any, **options: Any) -> None:
        email = _free_address(options["email"])
        name = options["name"].strip()[:100] or _name_of(email)
        if options["invite"]:
            link = _invite(email, name, options["role"], _console_address(options["url"]))
            self.stderr.write(f"For {email}, once, within 7 days:")
            self.stdout.write(link)
            return
        _add(email, name, options["role"], _password(Person(email=email, name=name)))
        self.stdout.write(f"Added {name} ({email}) as {options['role']}")


def _free_address(typed: str) -> str:
    email = normal_email(typed)
    try:
        validate_email(email)
    except ValidationError:
        raise exits.unusable(f"{typed!r} is no e-mail address.") from None
    if Person.objects.filter(email=email).exists():
        raise _taken(email)
    return email


def _taken(email: str) -> Exception:
    return exits.not_tried(f"Somebody has the e-mail {email} already: change them on the page People.")


def _name_of(email: str) -> str:
    """`wulan.pertiwi@contoh.id` is Wulan Pertiwi until somebody says otherwise."""
    return email.partition("@")[0].replace(".", " ").replace("_", " ").title().strip()[:100]


def _password(person: Person) -> str:
    """The first line of standard input; typed by hand it stays invisible and is asked for twice."""
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != password:
            raise exits.unusable("These two are not the same: nobody was added.")
    else:
        try:
            password = sys.stdin.readline().rstrip("\r\n")
        except UnicodeDecodeError:
            raise exits.unusable("Standard input is not text in UTF-8.") from None
    if not password:
        raise exits.unusable("Standard input holds no password: pipe one in, or use --invite.")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise exits.not_tried(" ".join(error.messages)) from None
    return password


def _add(email: str, name: str, role: str, password: str) -> None:
    try:
        with transaction.atomic():
            person = Person.objects.create_user(email, password, name=name, role=role)
            address = reverse("person", args=[person.pk])
            record(Act.PERSON_ADDED, by=None, target=person, url=address, fields=["email", "name", "role", "password"])
    except IntegrityError:
        raise _taken(email) from None


def _invite(email: str, name: str, role: str, console: str) -> str:
    now = timezone.now()
    with transaction.atomic():
        Invitation.objects.open(now).filter(email=email, person=None).delete()
        _invitation, secret = Invitation.issue(email=email, role=role, name=name, now=now, by=None)
        record(Act.PERSON_INVITED, by=None, target=email, fields=["email", "name", "role"])
    return f"{console}{reverse('invitation', args=[secret])}"


def _console_address(typed: str) -> str:
    """What the link begins with: as typed, as configured, or as this machine sees it."""
    address: str = (typed or settings.CONSOLE_URL or welcome.address()).rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise exits.unusable(f"{address!r} is no address: it begins with https:// or http://.")
    return address
