"""`erase_buyer`: remove everything of one buyer, and rewrite the database's files at once."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from events.domain.buyer import Buyer
from events.domain.matching import is_email, is_phone
from events.management.exits import ScriptCommand, not_tried, unusable
from events.models import erasure
from events.models.delivery import in_words
from events.models.erasure import Erasure, Preview

_KINDS = {"email": "e-mail", "phone": "phone", "external_id": "external ID"}
_SHARED = {"email": "e-mail", "phone": "phone", "external": "external ID"}


class Command(ScriptCommand):
    help = (
        "Erase one buyer from deliveries, notes, drafts, saved searches and records. Her value comes from standard "
        "input or is asked for, so that it stays in no shell's history. Then the database's files are written anew, "
        "for which every send waits: seconds, or minutes for many gigabytes. Backups are not touched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_mutually_exclusive_group(required=True)
        for name, words in _KINDS.items():
            option = f"--{name.replace('_', '-')}"
            kinds.add_argument(
                option, dest="kind", action="store_const", const=name, help=f"she is known by her {words}"
            )
        parser.add_argument("--reason", default="", help="why, for the record; without naming her")
        parser.add_argument("--dry-run", action="store_true", help="only say what there is of her")
        parser.add_argument("--yes", action="store_true", help="erase without asking, for scripts")
        parser.add_argument("--later", action="store_true", help="leave rewriting the files to the schedule")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"] and not options["reason"].strip():
            raise unusable("Say why she is erased: --reason.")
        buyer = _buyer(options["kind"])
        found = erasure.preview(buyer)
        self.stdout.write(_told(found))
        if options["dry_run"] or not found:
            return
        if found.open:
            raise not_tried(f"{in_words(found.open)} under way: what waits for its answer cannot be erased. Try again.")
        if not options["yes"] and not _confirmed():
            raise not_tried("Nothing was erased.")
        self._erase(buyer, options["reason"].strip(), later=options["later"])

    def _erase(self, buyer: Buyer, reason: str, *, later: bool) -> None:
        deed = Erasure(buyer, by=None, reason=reason, now=timezone.now())
        for _step in deed.run():
            pass
        self.stdout.write(f"Erased from {in_words(deed.count)} and {deed.elsewhere} other entries.")
        if later:
            return
        self.stderr.write("Rewriting the database's files …")
        for _rewritten in erasure.rewrite(timezone.now()):
            pass
        left = _shared(deed.shared) or "No byte of her is left in the database."
        self.stdout.write(f"{left} Backups keep what they hold.")


def _buyer(kind: str) -> Buyer:
    if sys.stdin.isatty():
        sys.stderr.write(f"Her {_KINDS[kind]}: ")
    value = sys.stdin.readline().strip()
    if not value:
        raise unusable(f"Give her {_KINDS[kind]} on standard input.")
    if kind == "email" and not is_email(value):
        raise unusable("This is no whole e-mail address.")
    if kind == "phone" and not is_phone(value):
        raise unusable("This is no whole phone number.")
    return Buyer(**{kind: value})


def _told(found: Preview) -> str:
    if not found:
        return "Nothing is known of her."
    stores = ", ".join(f"{name}: {number}" for name, number in found.stores)
    told = f"{in_words(found.count)} ({stores or 'no store'}), {found.elsewhere} other entries."
    return f"{told} {_shared(found.shared)}".rstrip()


def _shared(kinds: tuple[str, ...]) -> str:
    words = " and ".join(_SHARED[kind] for kind in kinds)
    return f"Other deliveries hold her {words}, too: erase by it as well if they are hers." if words else ""


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        raise unusable("Add --yes where nobody can be asked.")
    sys.stderr.write("Erase all of it for ever? Type yes: ")
    return sys.stdin.readline().strip().lower() == "yes"
