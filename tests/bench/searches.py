"""Says which searches of a log to open, and how long each takes in the database alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.domain.query import parse
from events.models import Delivery, search, tally
from events.models.log_column import FIRST_COLUMNS
from events.views.log_page import seen_as
from tests.bench.purchase import admin

NEEDLES = 20
PAGE = 51


def answer(rows: int) -> dict[str, Any]:
    """The session's cookie, the addresses of each kind of search, and what `_in_database` measured of it."""
    # As `serve` has done it by the time that anybody looks at so many.
    for _hour in tally.catch_up(timezone.now()):
        pass
    browser = Client()
    browser.force_login(admin())
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    texts = _texts(Random(rows))
    # As the box would lead there: what may be a phone is hidden.
    pages = {name: [_address(q=str(search.hidden(parse(text)))) for text in found] for name, found in texts.items()}
    middle = Delivery.objects.latest("id").pk // 2
    pages["deep page"] = [_address(q="purchase", cursor=f"older.{middle + number}") for number in range(NEEDLES)]
    overview = reverse("log_overview")
    for name, asked in (("overview", ""), ("overview, 7 days", "last:7d"), ("overview, word", "purchase")):
        pages[name] = [f"{overview}?{urlencode({'q': asked})}"] * NEEDLES
    in_database = {name: _in_database(found) for name, found in texts.items()}
    return {"cookie": {cookie.key: cookie.value}, "pages": pages, "database": in_database}


def _texts(chance: Random) -> dict[str, list[str]]:
    """Searches by kind: of each so many, every one with another needle."""
    newest = Delivery.objects.latest("id").pk
    ids = [_an_id(chance.randint(1, newest)) for _ in range(NEEDLES)]
    stores = list(Delivery.objects.order_by("store_id").values_list("store_id", flat=True).distinct())

    def each(make: Callable[[int], str]) -> list[str]:
        return [make(number) for number in range(NEEDLES)]

    def piece(number: int) -> str:
        start = chance.randint(1, len(ids[number]) - 10)
        return f'"{ids[number][start : start + 10]}"'

    return {
        "newest": each(lambda number: ""),
        "filter": each(lambda number: f"store:#{stores[number % len(stores)]} status:400"),
        # What a log of any size holds a page of.
        "filter, full page": each(lambda number: f"store:#{stores[number % 3]} outcome:accepted"),
        "word": each(lambda number: ("purchase", "batik", "gateway", "kopi")[number % 4]),
        "prefix": each(lambda number: f'"{ids[number][:8]}"'),
        "combination": each(lambda number: f"purchase store:#{stores[number % 3]} outcome:refused last:7d"),
        "combination, full page": each(
            lambda number: f"purchase store:#{stores[number % 3]} outcome:accepted last:30d"
        ),
        "common word, rare filter": each(lambda number: f"purchase store:#{stores[-1 - number % 3]} outcome:timed-out"),
        "fragment": each(piece),
    }


def _an_id(pk: int) -> str:
    return str(Delivery.objects.filter(pk__gte=pk).order_by("pk")[0].event_ids[0])


def _address(**asked: str) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("log") + (f"?{query}" if query else "")


def _in_database(texts: list[str]) -> tuple[float, float, float]:
    """Milliseconds, the 95th percentile of each: the first look, when the database may have to read its rows from the
    disk, and the second one beside the raw query, when neither has.
    """
    first, again, raw = [], [], []
    for text in texts + texts[:5]:
        first.append(_taken(_found, text))
        again.append(_taken(_found, text))
        raw.append(_taken(_fetched, *_asked(text).query.sql_with_params()))
    # The first ones open connections, and read what the database keeps of its tables.
    return _slow(first[5:]), _slow(again[5:]), _slow(raw[5:])


def _asked(text: str) -> QuerySet[Delivery]:
    """As the log's page asks."""
    return search.matching(seen_as(FIRST_COLUMNS), parse(text))[:PAGE]


def _found(text: str) -> list[Delivery]:
    return list(_asked(text))


def _fetched(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def _taken(act: Callable[..., object], *values: object) -> float:
    began = time.perf_counter()
    act(*values)
    return (time.perf_counter() - began) * 1000


def _slow(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]
