"""`manage.py add_store NAME STORE_ID`: a store and its storefront key, which comes from standard input."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.urls import reverse

from events.forms.keys import KeyForm
from events.forms.stores import StoreForm
from events.management import exits
from events.models import Store
from events.models.audit import Act, record
from events.models.store import PRODUCTION

MOST_CHARACTERS = 10_000


class Command(exits.ScriptCommand):
    help = (
        "Add a store with its storefront key, which is read from standard input. "
        "Exit status: 0 added, 2 refused, 3 wrong usage or unreadable input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="what your team calls the store")
        parser.add_argument("store_id", metavar="STORE_ID", help="Scalev's unique ID of it, store_…")
        parser.add_argument("--environment", default=PRODUCTION, metavar="ENV", help=f"where it lives ({PRODUCTION})")
        parser.add_argument("--label", default="", help="where the key is used, for example Website")

    def handle(self, *args: Any, **options: Any) -> None:
        typed = {name: options[name] for name in ("name", "store_id", "environment")}
        usual = {"currency": Store().currency, "country": Store().country, "browser_sends": Store().browser_sends}
        form = StoreForm({"hosts": "", **usual, **typed})
        storefront_key = _storefront_key()
        with transaction.atomic():
            store = _store(form)
            keys = KeyForm({"storefront_key": storefront_key, "label": options["label"]}, store=store)
            key = keys.keep(by=None) if keys.is_valid() else None
            if key is None:
                raise _refusal(keys)
            address = reverse("store", args=[store.pk])
            record(Act.STORE_ADDED, by=None, target=store, url=address, fields=[*typed, "storefront_key"])
        self.stdout.write(f"Added {store.name} ({store.store_id}, {store.environment}) with the key {key.masked}")


def _store(form: StoreForm) -> Store:
    try:
        if form.is_valid():
            return form.save()
    except IntegrityError:
        form.add_error(None, "Somebody saved a store with this name or ID at the same moment.")
    raise _refusal(form)


def _storefront_key() -> str:
    """What stands on standard input; typed by hand it stays invisible."""
    if sys.stdin.isatty():
        return getpass.getpass("Storefront key: ")
    try:
        text = sys.stdin.read(MOST_CHARACTERS + 1)
    except (UnicodeDecodeError, OSError) as error:
        raise exits.unusable("Standard input cannot be read as text.") from error
    if not text.strip() or len(text) > MOST_CHARACTERS:
        problem = "holds no storefront key" if not text.strip() else "is far too long for a storefront key"
        raise exits.unusable(f"Standard input {problem}: pipe the key in.")
    return text


def _refusal(form: BaseForm) -> CommandError:
    lines = [str(message) for messages in form.errors.values() for message in messages]
    return exits.not_tried("\n".join(lines))
