"""`manage.py rotate_secrets`: encrypt again, under the first master key, what still needs another one."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.models import encryption, envelopes
from events.models.audit import Act, record

MOST_ROWS = 10_000


class Command(BaseCommand):
    help = (
        "Encrypt under the first master key what is not yet. Put the new key first, restart every process, run this, "
        "then drop the old key. May be stopped and run again at any time; searches and fingerprints stay the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=_size, default=500, help="rows of one transaction (500)")
        parser.add_argument("--status", action="store_true", help="only say how many values need which master key")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["status"]:
            self._rotate(options["batch"])
        self._say_status()

    def _rotate(self, batch_size: int) -> None:
        moved: Counter[str] = Counter()
        stuck: Counter[str] = Counter()
        for progress in envelopes.move_to_primary(batch_size):
            moved[progress.column.name] += progress.moved
            stuck.update(progress.stuck)
        self.stdout.writelines(f"{name}: {number} encrypted again\n" for name, number in moved.items())
        if moved.total():
            record(Act.MASTER_KEY_ROTATED, by=None, target=encryption.master_keys().primary, fields=sorted(moved))
        if stuck:
            reasons = "; ".join(f"{number}: {reason}" for reason, number in stuck.items())
            self._say_status()
            raise CommandError(f"Left as they were: {reasons}.")

    def _say_status(self) -> None:
        keys = encryption.master_keys()
        counts = envelopes.count_by_key()
        for key_id in dict.fromkeys((*keys.ciphers, *sorted(counts))):
            self.stdout.write(f"{key_id or '(unknown form)'}: needed by {counts[key_id]} stored values{_state(key_id)}")


def _state(key_id: str) -> str:
    keys = encryption.master_keys()
    if key_id == keys.primary:
        return ", the first in the list"
    return "" if key_id in keys.ciphers else ", NOT IN THE LIST"


def _size(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_ROWS):
        raise ArgumentTypeError(f"a whole number from 1 to {MOST_ROWS}")
    return int(text)
