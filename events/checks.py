"""System checks of an installation: each problem is one line that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from events.models.encryption import MasterKeysInvalid, Unreadable, parse_master_keys
from events.models.envelopes import KeyStillNeeded, prove_master_keys

TAG = "console"
SECRET_KEY_LENGTH = 50

Messages = list[checks.CheckMessage]


def register_all() -> None:
    for check in (check_secret_key, check_master_keys, check_allowed_hosts):
        checks.register(check, TAG)
    # As a deployment check: `migrate`, too, hands a database to the checks, and would be refused for what it mends.
    checks.register(check_database, TAG, deploy=True)


def check_secret_key(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    try:
        length = len(settings.SECRET_KEY)
    except ImproperlyConfigured:
        length = 0
    if length >= SECRET_KEY_LENGTH:
        return []
    state = "is too short" if length else "is missing"
    where = f"put at least {SECRET_KEY_LENGTH} random characters into it or into {settings.CONSOLE_SECRET_KEY_FILE}"
    return [checks.Error(f"SECRET_KEY {state}: {where} (`manage.py prepare` does).", id="console.E001")]


def check_master_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    try:
        parse_master_keys(settings.CONSOLE_MASTER_KEYS)
    except MasterKeysInvalid as error:
        where = f"They stand in CONSOLE_MASTER_KEYS or in {settings.CONSOLE_MASTER_KEYS_FILE}"
        return [checks.Error(f"{error} {where} (`manage.py prepare` makes the first).", id="console.E002")]
    return []


def check_allowed_hosts(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> Messages:
    if settings.ALLOWED_HOSTS:
        return []
    text = "CONSOLE_ALLOWED_HOSTS is missing: name the hosts under which the console is reached, parted by commas."
    return [checks.Error(text, id="console.E003")]


def check_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> Messages:
    """Only where a database is asked for: by `serve`, the WSGI entrance, `check --deploy --database default`."""
    if not databases or check_master_keys(app_configs):
        return []
    problem = _database_problem()
    return [checks.Error(problem, id="console.E004")] if problem else []


def _database_problem() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database is not up to date: run `manage.py prepare`."
        prove_master_keys()
    except KeyStillNeeded as error:
        return (
            f"Drop refused: master key {error.key_id} is still needed by {error.envelopes} stored values. Put it back "
            "behind the new one, run `manage.py rotate_secrets`, and drop it then."
        )
    except Unreadable:
        return "The master key is not the one under which the data were written: put the right one back."
    except DatabaseError as error:
        # The engine's own words may hold addresses and names: its class is enough to look further.
        return f"The database cannot be used ({type(error).__name__}): check it, then run `manage.py prepare`."
    return ""
