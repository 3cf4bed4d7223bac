"""Writes invented deliveries as sends leave them: row, encrypted bodies and search document, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from events.management.apart import made_apart
from events.management.invented_words import SHOPS
from events.management.making import COLUMNS, Group, Made, Maker, Row
from events.models import Body, Delivery, SearchDocument, Store, StorefrontKey

GROUP = 2_000
# Below that, a second process would still be starting when all is written.
WORTH_PROCESSES = 5_000
_KEY = "sfpk_isianTidakDikirim{:04}"


def fill(environment: str, seed: int, count: int, start: datetime, end: datetime) -> Iterator[int]:
    """Writes `count` deliveries between two moments into the environment's stores, which it makes where they are
    missing; yields how many each group had. The same seed invents the same deliveries.
    """
    keys = [_storefront_key(environment, place).pk for place in range(len(SHOPS))]
    groups = _groups(count, start, end)
    alone = count < WORTH_PROCESSES
    for each in map(Maker(keys, seed).made, groups) if alone else made_apart(groups, keys, seed):
        _write(each)
        yield len(each.rows)


def _groups(count: int, start: datetime, end: datetime) -> Iterator[Group]:
    pace = (end - start) / count
    for number, first in enumerate(range(0, count, GROUP)):
        size = min(GROUP, count - first)
        yield Group(number, size, start + pace * first, start + pace * (first + size))


def _write(made: Made) -> None:
    with transaction.atomic():
        numbers = _numbers(len(made.rows))
        rows = (
            (numbers[number], None if repeats is None else numbers[repeats], *rest)
            for number, repeats, *rest in made.rows
        )
        _insert(Delivery, COLUMNS, rows)
        _insert(Body, ("delivery_id", "request", "response"), _numbered(made.bodies, numbers))
        _insert(SearchDocument, ("delivery_id", "facets", "words", "text"), _numbered(made.documents, numbers))


def _numbers(count: int) -> Sequence[int]:
    """So many numbers that no other delivery has or will get."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('events_delivery', 'id')) FROM generate_series(1, %s)", [count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events_delivery'")
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + count)


def _numbered(rows: Iterable[Row], numbers: Sequence[int]) -> Iterator[Row]:
    return ((numbers[number], *rest) for number, *rest in rows)


def _insert(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """As quickly as the database takes rows."""
    table, names = model._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            # Tables and columns are named by the models.
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))  # nosec B608


def _storefront_key(environment: str, place: int) -> StorefrontKey:
    shop, store_id = SHOPS[place], f"store_isian{place + 1:02}"
    store, made = Store.objects.get_or_create(
        environment=environment, store_id=store_id, defaults={"name": shop.name, "hosts": [shop.host]}
    )
    key = StorefrontKey.active_of(store)
    return key if key and not made else StorefrontKey.add(store, _KEY.format(place), label="Isian")
