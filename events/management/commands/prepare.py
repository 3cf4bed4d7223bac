"""`manage.py prepare`: make this installation ready to start. Run again, it changes nothing that is there."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from events.management import installation


class Command(BaseCommand):
    help = "Create the data folder, the secrets and the database, and seed them on the first run."
    # The checks ask for what is made here.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        # Whatever is made from here on (the database, too) is its owner's alone.
        os.umask(0o077)
        installation.make_data_folder()
        installation.make_secret_key()
        try:
            _bring_up_to_date()
            installation.make_master_key()
            call_command("seed", verbosity=options["verbosity"])
        except DatabaseError as error:
            first_line = str(error).strip().partition("\n")[0]
            raise CommandError(f"The database cannot be used: {first_line}") from None
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False)


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
