"""How the commands for scripts end: their exit status says whether anything was tried."""

from __future__ import annotations

import io
import os
import signal
import sys
from functools import partial
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from events.management import preflight
from events.models.storage import trouble_of

ACCEPTED = 0
NOT_ACCEPTED = 1
NOT_TRIED = 2
UNUSABLE = 3


class ScriptCommand(BaseCommand):
    """A command whose wrong usage ends with 3: argparse's own 2 means "not tried" here.

    So does an installation that is not ready. A database that refuses gets one line and `trouble_exit`, which a command
    raises once it has tried.
    """

    trouble_exit = NOT_TRIED
    # Asked below, and answered with this command's own status.
    requires_system_checks = ()

    def execute(self, *args: Any, **options: Any) -> str | None:
        _speak_plainly()
        if not options.get("skip_checks") and (problems := preflight.problems()):
            raise unusable("\n".join(problems))
        try:
            return super().execute(*args, **options)
        except BrokenPipeError:
            # Whoever read has enough, as `head` does. Python would complain once more on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(128 + signal.SIGPIPE)
        except Error as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            words = f"The database cannot be used now ({trouble.replace('_', ' ')})."
            raise CommandError(words, returncode=self.trouble_exit) from None

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = partial(_refuse_usage, parser)  # type: ignore[method-assign]
        return parser


def _speak_plainly() -> None:
    """UTF-8 whatever the terminal's locale says, and an empty standard input where there is none at all.

    An event that was sent must not end in an error because its answer could not be printed.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # as long as the process


def _refuse_usage(parser: CommandParser, message: str) -> NoReturn:
    if not parser.called_from_command_line:
        raise unusable(message)
    parser.print_usage(sys.stderr)
    parser.exit(UNUSABLE, f"{parser.prog}: {message}\n")


def unusable(message: str) -> CommandError:
    """For wrong usage and unreadable input."""
    return CommandError(message, returncode=UNUSABLE)


def not_tried(message: str) -> CommandError:
    """For what was read and is refused."""
    return CommandError(message, returncode=NOT_TRIED)
