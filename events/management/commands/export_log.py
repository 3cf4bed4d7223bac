"""`export_log QUERY`: what a search finds as a file, for scripts and support; buyers stay masked."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from events.domain.export.formats import Format, writer_of
from events.domain.query import parse
from events.management.commands import welcome
from events.management.exits import ScriptCommand, not_tried, unusable
from events.models import Delivery, search
from events.models.audit import Act, record
from events.views.exporting import Export


class Command(ScriptCommand):
    help = (
        "Write what a search finds to a file or to the standard output, newest first; an empty query takes everything. "
        "The query is read as on the log's page. Buyers' values are masked: in clear they leave by the page only, "
        "where a person gives a reason. Exits with 3 where a part of the query cannot be read, which search_log leaves "
        "out: a file outlives its warning. Exits with 2 where the file cannot be written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", help='like: ord-88213 outcome:refused store:"Toko Batik" -PageView')
        parser.add_argument("--format", choices=[kind.value for kind in Format], default=Format.CSV.value)
        parser.add_argument("--output", help="the file to write; none that is there is written over", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        query = parse(options["query"])
        if query.notes:
            raise unusable("\n".join(note.in_line for note in query.notes))
        Delivery.objects.close_expired(timezone.now())
        kind = Format(options["format"])
        export = Export(query, writer_of(kind), root=settings.CONSOLE_URL or welcome.address())
        if options["output"]:
            _write_file(export, Path(options["output"]))
        else:
            _write(export, sys.stdout.buffer)
        record(
            Act.EXPORTED,
            by=None,
            target=str(search.hidden(search.recognised(query))) or "the whole log",
            fields=[kind.value, f"{export.count} deliveries"],
        )
        self.stderr.write(f"{export.count} deliveries")


def _write_file(export: Export, path: Path) -> None:
    """Readable by its owner only: masked as it is, it tells what a shop sells. Half a file is not left behind."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            try:
                _write(export, file)
            except BaseException:
                with suppress(OSError):
                    path.unlink()
                raise
    except OSError as error:
        raise not_tried(f"{path}: {error.strerror}") from error


def _write(export: Export, file: BinaryIO) -> None:
    for piece in export:
        file.write(piece)
    file.flush()
