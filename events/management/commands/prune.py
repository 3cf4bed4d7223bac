"""`prune`: remove the deliveries that were kept long enough, as the schedule does, but now."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from events.management.exits import ScriptCommand, not_tried, unusable
from events.management.pruning import QUICKLY, Pruning
from events.models import Store
from events.models.delivery import in_words
from events.models.pruning import removable
from events.models.retention import FEWEST_DAYS, MOST_DAYS, Limits


class Command(ScriptCommand):
    help = (
        "Remove the deliveries that are older than the days set on the page Data, with all that belongs to them, "
        "pinned ones too. May run beside the console, and be stopped at any time: the next run goes on. The file of "
        "SQLite keeps its size; its room is used again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=_days, help="keep so many days, whatever is set")
        parser.add_argument("--store", default="", help="only of this store, by its ID or name", metavar="ID")
        parser.add_argument("--dry-run", action="store_true", help="only say how many it would remove")

    def handle(self, *args: Any, **options: Any) -> None:
        limits, now = _limits(options["days"], options["store"]), timezone.now()
        if options["dry_run"]:
            self.stdout.write(f"{in_words(removable(limits, now).count())} would be removed.")
            return
        pruning = Pruning(limits, now)
        for removed in pruning.run(rest=QUICKLY):
            if removed % 50_000 < pruning.last_batch:
                self.stderr.write(f"{removed} …")
        self.stdout.write(str(pruning))


def _limits(days: int | None, named: str) -> Limits:
    limits = Limits.kept()
    if named:
        store = _store(named)
        kept = days or limits.own.get(store.pk, limits.rest)
        limits = Limits(own={store.pk: kept} if kept else {})
    elif days:
        limits = Limits(rest=days)
    if not limits:
        raise not_tried("Everything is kept for ever: set the days on the page Data, or give --days.")
    return limits


def _store(named: str) -> Store:
    try:
        store = Store.objects.named(named)
    except Store.MultipleObjectsReturned:
        raise unusable(f"Several stores are called {named}: give the store ID.") from None
    if store is None:
        raise unusable(f"There is no store called {named}.")
    return store


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not FEWEST_DAYS <= int(text[:9]) <= MOST_DAYS:
        raise ArgumentTypeError(f"give a whole number from {FEWEST_DAYS} to {MOST_DAYS}")
    return int(text)
