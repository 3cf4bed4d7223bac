"""`manage.py seed`: give an empty local installation somebody to sign in as and something to send to."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from events.domain.rights import Role
from events.management import installation
from events.models import Person, Store, StorefrontKey
from events.models.channel import Channel
from events.sandbox import scenarios

PEOPLE = (
    ("admin@console.test", "Rani Admin", Role.ADMIN),
    ("support@console.test", "Dimas Support", Role.SUPPORT),
    ("marketer@console.test", "Maya Marketer", Role.MARKETER),
)

SANDBOX = "sandbox"
SHOP_HOST = "batiknusantara.example"


class Command(BaseCommand):
    help = "Seed an empty local installation: one account a role, and the sandbox's stores."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CONSOLE_MODE != "local" or Person.objects.exists():
            return
        passwords = {email: secrets.token_urlsafe(12) for email, _, _ in PEOPLE}
        # First the file: an account whose password nobody knows helps nobody.
        lines = [f"{email} {password}" for email, password in passwords.items()]
        installation.write_secret(settings.CONSOLE_DATA_DIR / installation.FIRST_SIGN_IN, "\n".join(lines))
        with transaction.atomic():
            for email, name, role in PEOPLE:
                Person.objects.create_user(email, passwords[email], name=name, role=role)
            seed_stores()


def seed_stores() -> None:
    """The sandbox's stores: one that behaves, and one for each group of misbehaviours, a key for each of them.

    And one for each misbehaviour before a send from a browser, which only the store ID chooses.
    None where the settings name no sandbox.
    """
    if SANDBOX not in settings.SCALEV_ENVIRONMENTS or Store.objects.exists():
        return
    _seed_store("Toko Batik Nusantara", scenarios.STORE_ID, {"Sandbox": scenarios.KEY})
    for number, (group, misbehaviours) in enumerate(scenarios.GROUPS, start=1):
        keys = {scenario.title: scenario.key for scenario in misbehaviours}
        _seed_store(f"Sandbox: {group.lower()}", f"store_sandboxGroup{number}", keys)
    for scenario in scenarios.PREFLIGHTS:
        _seed_store(f"Sandbox: {scenario.title.lower()}", scenario.store_id, {"Sandbox": scenario.key}, Channel.BROWSER)


def _seed_store(name: str, store_id: str, storefront_keys: dict[str, str], channel: Channel | None = None) -> None:
    """`channel` None leaves what is usual for a sandbox."""
    store = Store.objects.create(
        name=name, store_id=store_id, environment=SANDBOX, hosts=[SHOP_HOST], default_channel=channel or ""
    )
    for label, storefront_key in storefront_keys.items():
        StorefrontKey.add(store, storefront_key, label=label)
