#!/usr/bin/env python
"""Runs one management command; a wrong setting ends in one line, not in a stack trace."""

from __future__ import annotations

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scalev_console.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.core.management.base import CommandParser, handle_default_options

    parser = CommandParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--settings")
    parser.add_argument("--pythonpath")
    handle_default_options(parser.parse_known_args(sys.argv[2:])[0])
    try:
        # Django itself swallows a settings error here and then calls the command unknown.
        _ = settings.INSTALLED_APPS
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"Cannot start: {error}\n")
        # As of wrong usage: a script that sends must not take it for an event that was tried.
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
