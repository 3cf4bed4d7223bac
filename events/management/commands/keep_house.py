"""`manage.py keep_house`: the console's chores, where no `serve` does them."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from events.management import housekeeping


class Command(BaseCommand):
    help = (
        "Close calls that broke off, count the hours, drop old drafts and sessions: every minute what is due, until "
        "SIGTERM or SIGINT. `serve` does so by itself; this is for installations that run under another server. "
        "Several at a time share the work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and end, as a scheduler likes it")

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        if options["once"]:
            housekeeping.keep_house(stopped)
        else:
            housekeeping.keep_on(stopped)
