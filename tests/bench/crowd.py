"""Many sends at once in one process: the console, the same without its search index, and bare sessions, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from threading import Barrier
from typing import Any

from django.db import connection

from tests.bench.purchase import admin, shop
from tests.bench.sends import bare_call, database, logged_call, without_index

THREADS = (8, 32)
# How often each thread sends in a turn: with 50 ms round trip about a second in all.
TIMES = 12


def answer(rounds: int) -> dict[str, Any]:
    """By number of threads: sends a second of bare sessions, the console and the console without an index, medians of
    the rounds, and the medians of the rounds' ratios to the first; the slowest hundredth of the console's sends in ms.
    """
    if pool := connection.settings_dict["OPTIONS"].get("pool"):
        # As a process of so many threads would have it.
        pool["max_size"] = max(THREADS) + 1
    by, store = admin(), shop("far_away")
    found: dict[str, Any] = {"database": database()}
    for threads in THREADS:
        contenders: dict[str, Callable[[], Callable[[], object]]] = {
            "bare": lambda: bare_call(store),
            "logged": lambda: partial(logged_call, store, by),
            "unindexed": lambda: partial(logged_call, store, by),
        }
        found[str(threads)] = _compared(contenders, threads, rounds)
    return found


def _compared(contenders: dict[str, Callable[[], Callable[[], object]]], threads: int, rounds: int) -> dict[str, float]:
    rates: dict[str, list[float]] = {name: [] for name in contenders}
    waits: list[float] = []
    for number in range(-1, rounds):
        # Who begins changes with each round, so that a slow moment of the machine favours nobody.
        names = list(contenders)
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            with without_index() if name == "unindexed" else nullcontext():
                rate, taken = _turn(contenders[name], threads)
            if number >= 0:
                rates[name].append(rate)
                waits += taken if name == "logged" else []
    medians = {f"{name}_per_s": statistics.median(each) for name, each in rates.items()}
    ratio = statistics.median(bare / ours for bare, ours in zip(rates["bare"], rates["logged"], strict=True))
    pairs = zip(rates["unindexed"], rates["logged"], strict=True)
    index = statistics.median(1 - indexed / without for without, indexed in pairs)
    return medians | {"ratio": ratio, "index": index, "slow_ms": statistics.quantiles(waits, n=100)[98]}


def _turn(make: Callable[[], Callable[[], object]], threads: int) -> tuple[float, list[float]]:
    """Calls a second, and how long each took in ms. The first call of a thread opens its connections, uncounted."""

    begun: list[float] = []
    together = Barrier(threads, lambda: begun.append(time.perf_counter()))

    def several(_number: int) -> list[float]:
        act, taken = make(), []
        try:
            act()
        except BaseException:
            together.abort()
            raise
        together.wait()
        for _ in range(TIMES):
            started = time.perf_counter()
            act()
            taken.append((time.perf_counter() - started) * 1000)
        return taken

    def closing(number: int) -> list[float]:
        try:
            return several(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        taken = [each for waits in pool.map(closing, range(threads)) for each in waits]
        return threads * TIMES / (time.perf_counter() - begun[0]), taken
