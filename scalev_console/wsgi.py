"""The WSGI entrance for any server; refuses to load while a secret is missing or wrong."""

from __future__ import annotations

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scalev_console.settings")


def _load() -> WSGIHandler:
    try:
        handler = get_wsgi_application()
        # Only now: models can be imported once the apps are loaded.
        from events.management import preflight

        problems = preflight.problems()
    except ImproperlyConfigured as error:
        problems = [str(error)]
    if problems:
        # Servers swallow the text of SystemExit; this they cannot.
        sys.stderr.writelines(f"Cannot start: {problem}\n" for problem in problems)
        sys.exit(1)
    return handler


application = _load()
