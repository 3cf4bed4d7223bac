"""The log's searches through the whole page over HTTP, on both databases: a small log beside a large one.

`python -m tests.bench.searching 1000000` draws their table. The logs are filled once and kept, see `kept`. Of a larger
log only the pages are looked at, beside those of one of a million rows; a name of a database behind the number leaves
the other one out.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import requests

from tests.bench import outside
from tests.bench.busy import busy
from tests.bench.exports import exports
from tests.bench.installing import asked
from tests.bench.kept import ENGINES, log_of
from tests.bench.peers import beside_peers
from tests.bench.table import Line, drawn, machine
from tests.installation import Installation, free_port

FEW, MANY = 10_000, 1_000_000
ROUNDS = 60
# How many times as long a page of a large log may take, up to MANY rows beside FEW, and beyond them beside MANY.
GROWTH, GROWTH_BEYOND = 1.3, 2.0
PAGE_MS, ALIKE = 40, 0.9
# Nobody waits for an overview: it comes when the rows are there. What it counts grows up to its cap.
LIMITS_MS = {"fragment": 80, "overview": 150}
# In the database alone, by kind of search; a goal of PostgreSQL's own stands behind that of both.
DATABASE_MS = 20
POSTGRES_MS = {
    "word": 5, "prefix": 70, "fragment": 70, "combination": 60, "combination, full page": 60,
    "common word, rare filter": 60,
}  # fmt: skip
TIMES_RAW, BESIDE_RAW_MS = 1.5, 2


@dataclass
class Served:
    """A log that is being served: `found` is what `searches` said of it; by kind of page the ms of each look, and how
    many deliveries all of them show.
    """

    rows: int
    found: dict[str, Any]
    origin: str
    process: Any
    browser: requests.Session
    taken: dict[str, list[float]]
    shown: dict[str, int]


def searches(engine: str, rows: int) -> Iterator[Line]:
    """Nothing but one line to the terminal where this machine has no such database."""
    with ExitStack() as stack:
        server = stack.enter_context(ENGINES[engine]())
        if server is None:
            _say(f"{engine} is not on this machine, and left out")
            return
        _say(f"Searching on {engine}")
        sizes = sorted({FEW if rows <= MANY else MANY, rows})
        logs = [stack.enter_context(log_of(size, server)) for size in sizes]
        served = [_served(stack, made, size) for made, size in zip(logs, sizes, strict=True)]
        _look(served)
        yield from _pages(engine, served[0], served[-1])
        if rows > MANY:
            return
        yield from _in_database(engine, served[-1])
        if engine == "SQLite":
            for made, log in zip(logs, served, strict=True):
                yield from beside_peers(made, log.rows, log.origin, log.browser)
            yield from busy(logs[0], served[0].found["cookie"])
        yield from exports(engine, rows, served[-1].origin, served[-1].browser, served[-1].process)


def _served(stack: ExitStack, made: Installation, rows: int) -> Served:
    found, port = asked("searches", rows, made), free_port()
    process = stack.enter_context(made.running("serve", PORT=str(port)))
    made.wait_for_port(port, process)
    taken: dict[str, list[float]] = {name: [] for name in found["pages"]}
    origin, browser = f"http://127.0.0.1:{port}", outside.visitor(found["cookie"])
    shown = {name: sum(outside.rows_on(browser, origin + each) for each in found["pages"][name]) for name in taken}
    return Served(rows, found, origin, process, browser, taken, shown)


def _look(logs: list[Served]) -> None:
    """In turns, so that a slow moment of the machine falls on all of them."""
    for number in range(-2, ROUNDS):
        for kind in logs[0].taken:
            for log in logs:
                addresses = log.found["pages"][kind]
                milliseconds = outside.look(log.browser, log.origin + addresses[number % len(addresses)])
                log.taken[kind] += [milliseconds] if number >= 0 else []


def _pages(engine: str, small: Served, large: Served) -> Iterator[Line]:
    for kind, values in large.taken.items():
        median, slow = outside.percentiles(values)
        told, goals, missed = f"p95 {slow:.1f} ms (median {median:.1f})", [], False
        if large.rows <= MANY:
            limit = LIMITS_MS.get(kind.partition(",")[0], PAGE_MS)
            goals, missed = [f"≤ {limit} ms"], slow > limit
        if small is not large and not kind.startswith("overview"):
            growth = median / statistics.median(small.taken[kind])
            told += f", {growth:.2f} times {small.rows} rows"
            # A page that shows far fewer deliveries is another page.
            share = small.shown[kind] / large.shown[kind]
            if share > ALIKE:
                most = GROWTH if large.rows <= MANY else GROWTH_BEYOND
                goals, missed = [*goals, f"{most} times"], missed or growth > most
            else:
                told += f" with {share:.0%} as many deliveries"
        yield Line(f"{engine}, {large.rows} rows, page: {kind}", told, ", ".join(goals), missed)


def _in_database(engine: str, log: Served) -> Iterator[Line]:
    for kind, (first, again, raw) in log.found["database"].items():
        limit = POSTGRES_MS.get(kind, DATABASE_MS) if engine == "PostgreSQL" else DATABASE_MS
        told = f"p95 {first:.1f} ms, again {again:.1f}, raw query {raw:.1f}"
        goal = f"≤ {limit} ms, again {TIMES_RAW} times raw + {BESIDE_RAW_MS}"
        missed = first > limit or again > TIMES_RAW * raw + BESIDE_RAW_MS
        yield Line(f"{engine}, {log.rows} rows, database: {kind}", told, goal, missed)


def _say(words: str) -> None:
    sys.stderr.write(f"{words} …\n")


def main(rows: int, *engines: str) -> None:
    load = os.getloadavg()[0]
    # Without it, "SQLite" would be whatever this shell names.
    os.environ.pop("CONSOLE_DATABASE_URL", None)
    chosen = engines or tuple(ENGINES)
    lines = [line for engine in chosen for line in searches(engine, rows)]
    sys.stdout.write(f"{machine(load, *chosen)}\n\n{drawn(lines)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
