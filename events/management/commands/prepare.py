"""`manage.py prepare`: make this installation ready to start. Run again, it changes nothing that is there."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from events.management import installation
from events.models.encryption import MasterKeysInvalid, parse_master_keys


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
            parse_master_keys(settings.CONSOLE_MASTER_KEYS)
            call_command("seed", verbosity=options["verbosity"])
        except MasterKeysInvalid as error:
            raise CommandError(f"CONSOLE_MASTER_KEYS cannot be used: {error}") from None
        except DatabaseError as error:
            first_line = str(error).strip().partition("\n")[0]
            raise CommandError(f"The database cannot be used: {first_line}") from None
        try:
            _collect_static_files()
        except OSError as error:
            raise CommandError(
                f"{settings.STATIC_ROOT} cannot be written ({error.strerror}): it must be yours."
            ) from None


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _collect_static_files() -> None:
    """Only when one of them changed: hashing and compressing them takes longer than all the rest."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = _state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(state)


def _state_of_static_files() -> str:
    app = apps.get_app_config("staticfiles")
    assert isinstance(app, StaticFilesConfig)
    found = (storage.path(name) for finder in get_finders() for name, storage in finder.list(app.ignore_patterns))
    lines = (f"{path} {os.stat(path).st_size} {os.stat(path).st_mtime_ns}" for path in found)
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
