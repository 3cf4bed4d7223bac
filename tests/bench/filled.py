"""Fills a log up to a number of rows; what an interrupted run left is gone on with."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.db import connection

from events.models import Delivery


def answer(rows: int) -> int:
    """How many rows were missing."""
    missing = rows - Delivery.objects.count()
    if missing > 0:
        call_command("fill_log", missing, stdout=StringIO())
    if missing > 0 and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As the server does by itself a minute later: without it the first searches are planned blindly.
            cursor.execute("VACUUM ANALYZE")
    return max(missing, 0)
