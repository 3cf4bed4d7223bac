"""`search_log QUERY`: find deliveries from the shell, for scripts and support."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from datetime import UTC
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from events.domain.query import parse
from events.management.exits import ScriptCommand
from events.models import Delivery, search

# Never the bodies: they stay encrypted where they are.
_COLUMNS = ("created_at", "event_names", "event_ids", "outcome", "status_code", "store__name", "store__store_id")


class Command(ScriptCommand):
    help = (
        "Search the log in the language of its page, newest first; an empty query lists everything. Times in "
        "the query without a zone are read in the console's own zone. A part of the query that cannot be read is "
        "named on the standard error, and the rest is searched, as on the page; export_log refuses it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help='like: ord-88213 outcome:refused store:"Toko Batik" -PageView')
        parser.add_argument("--json", action="store_true", help="print one JSON object per delivery and line")
        parser.add_argument("--limit", type=_count, default=50, help="print so many at most (50)")

    def handle(self, *args: Any, **options: Any) -> None:
        query = parse(options["query"])
        for note in query.notes:
            self.stderr.write(note.in_line)
        Delivery.objects.close_expired(timezone.now())
        found = Delivery.objects.select_related("store").only(*_COLUMNS)
        draw = _as_json if options["json"] else _as_line
        for delivery in search.matching(found, query)[: options["limit"]]:
            self.stdout.write(draw(delivery))
        sys.stdout.flush()


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10**9:
        raise ArgumentTypeError("give a whole number from 1 on")
    return int(text)


def _as_json(delivery: Delivery) -> str:
    """One object: `store` is the store's ID, times are ISO 8601 in UTC."""
    found = {
        "id": delivery.pk,
        "created_at": delivery.created_at.astimezone(UTC).isoformat(),
        "store": delivery.store.store_id,
        "store_name": delivery.store.name,
        "event_names": delivery.event_names,
        "event_ids": delivery.event_ids,
        "outcome": delivery.outcome,
        "status_code": delivery.status_code,
    }
    return json.dumps(found, ensure_ascii=False)


def _as_line(delivery: Delivery) -> str:
    at = timezone.localtime(delivery.created_at)
    status = delivery.status_code or "-"
    events = " ".join(map(" ".join, zip(delivery.event_names, delivery.event_ids, strict=False)))
    line = f"{delivery.pk}  {at:%Y-%m-%d %H:%M:%S}  {delivery.outcome} {status}  {delivery.store}  {events}"
    # An event ID is foreign text: it must neither break the line nor speak to the terminal.
    return "".join(sign if sign.isprintable() else "�" for sign in line)
