"""What a logged send costs on top of the call that it makes: against a bare session of requests, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest import mock

import requests
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.delivery.client import FIXED_HEADERS
from events.domain import contract
from events.models import Person, Store, search, statements
from tests.bench.purchase import STOREFRONT_KEY, admin, purchase, sent, shop

# Sends in a turn: the near sink answers in less than a millisecond, the far one in 50.
IN_A_TURN = {"at_once": 20, "far_away": 5}


def answer(rounds: int) -> dict[str, Any]:
    """By environment the medians in ms of either side and the median of the rounds' ratios; what the search index adds
    to a send in ms; queries a send.
    """
    by = admin()
    found: dict[str, Any] = {"database": database()}
    stores = {environment: shop(environment) for environment in IN_A_TURN}
    for environment, times in IN_A_TURN.items():
        store = stores[environment]
        ours = partial(logged_call, store, by)
        found[environment] = _compared(ours, bare_call(store), rounds, times)
    ours = partial(logged_call, stores["at_once"], by)
    found["index_ms"] = _added_by_index(ours, rounds, IN_A_TURN["at_once"])
    with CaptureQueriesContext(connection) as queries:
        ours()
    found["queries"] = len(queries)
    return found


def logged_call(store: Store, by: Person) -> None:
    sent(store, by, purchase())


def bare_call(store: Store) -> Callable[[], object]:
    session = requests.Session()
    session.trust_env = False
    url = contract.url(store.origin or "", store.store_id)
    headers = {**FIXED_HEADERS, contract.KEY_HEADER: STOREFRONT_KEY}
    return lambda: session.post(
        url, data=purchase(), headers=headers, timeout=settings.SCALEV_DEADLINE_SECONDS, allow_redirects=False
    )


@contextmanager
def without_index() -> Iterator[None]:
    """Deliveries are written as ever, and cannot be found."""
    insert, update = statements.insert, statements.update
    with (
        mock.patch.multiple(search, drawn_up=_nothing, ending=_nothing),
        mock.patch.object(statements, "insert", lambda row, *beside: insert(row, *filter(None, beside))),
        mock.patch.object(statements, "update", lambda pk, *all, **only: update(pk, *filter(None, all), **only)),
    ):
        yield


def _nothing(*_args: object) -> None:
    pass


def _compared(ours: Callable[[], object], bare: Callable[[], object], rounds: int, times: int) -> dict[str, float]:
    pairs = _turns(ours, bare, rounds, times)
    ratio = statistics.median(logged / plain for logged, plain in pairs)
    logged_ms, plain_ms = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {"ratio": ratio, "logged_ms": logged_ms, "bare_ms": plain_ms}


def _added_by_index(ours: Callable[[], object], rounds: int, times: int) -> float:
    def unindexed() -> None:
        with without_index():
            ours()

    return statistics.median(indexed - without for indexed, without in _turns(ours, unindexed, rounds, times))


def _turns(
    one: Callable[[], object], other: Callable[[], object], rounds: int, times: int
) -> list[tuple[float, float]]:
    """The medians of both in ms, round by round; the first of all, which opens connections, is left out."""
    _turn(one, times)
    _turn(other, times)
    pairs = []
    for number in range(rounds):
        # Who begins changes with each round, so that a slow moment of the machine favours neither.
        first, second = (one, other) if number % 2 else (other, one)
        early, late = _turn(first, times), _turn(second, times)
        pairs.append((early, late) if number % 2 else (late, early))
    return pairs


def _turn(act: Callable[[], object], times: int) -> float:
    """The median of some calls in ms."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
