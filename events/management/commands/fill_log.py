"""`fill_log N`: a log of believable deliveries, for trials and measurements. Nothing is sent."""

from __future__ import annotations

import time
from argparse import ArgumentTypeError
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from events.management.believable import DAYS
from events.management.exits import ScriptCommand, not_tried
from events.management.filling import fill
from events.models import Delivery, tally
from events.models.store import PRODUCTION

_TELL_EVERY_S = 3


class Command(ScriptCommand):
    help = (
        "Fill the log with so many invented deliveries of the last 60 days, in stores of their own that never belong "
        "to production. Nothing is sent. Only for installations in local mode: among real deliveries, invented ones "
        "would mislead whoever looks for a cause."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=_count, help="how many deliveries")
        parser.add_argument("--seed", type=int, default=1, help="the same seed invents the same deliveries (1)")
        parser.add_argument("--environment", default="", help="the environment of the stores; never production")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.CONSOLE_MODE != "local":
            raise not_tried("The log is only filled in local mode: invented deliveries must not mix with real ones.")
        environment = _environment(options["environment"])
        start, end = _span(timezone.now())
        began, written, told = time.monotonic(), 0, 0
        try:
            for group in fill(environment, options["seed"], options["count"], start, end):
                written += group
                if time.monotonic() - began > told * _TELL_EVERY_S:
                    self.stderr.write(f"{written} …")
                    told += 1
        except KeyboardInterrupt:
            self.stderr.write("Stopped: what is written stays.")
        # A running `serve` may have counted hours that were not full yet.
        tally.tally_again_from(start)
        seconds = max(time.monotonic() - began, 0.001)
        self.stdout.write(f"{written} deliveries in {seconds:.1f} s: {written / seconds:.0f} rows/s")


def _environment(wanted: str) -> str:
    others = [name for name in settings.SCALEV_ENVIRONMENTS if name != PRODUCTION]
    if wanted == PRODUCTION:
        raise not_tried("Stores of production are never filled with invented deliveries.")
    if wanted and wanted not in others:
        raise not_tried(f"SCALEV_ENVIRONMENTS names no environment called {wanted}.")
    if not others:
        raise not_tried("SCALEV_ENVIRONMENTS names no environment beside production: add one, like a sandbox.")
    return wanted or others[0]


def _span(now: datetime) -> tuple[datetime, datetime]:
    """Sixty days, but nothing before what the log holds: its rows are numbered in the order of their times."""
    start = now - timedelta(days=DAYS)
    newest = Delivery.objects.order_by("-id").values_list("created_at", flat=True).first()
    return (min(max(start, newest), now) if newest else start), now


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000_000:
        raise ArgumentTypeError("give a whole number from 1 on")
    return int(text)
