"""`python -m tests.bench ROUNDS`: asks how quick the console is on this machine, and draws one table."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tests.bench import outside, rules
from tests.bench.installing import asked, installed
from tests.bench.table import Line, drawn, machine
from tests.installation import Installation, free_port

ROWS = 1_000
VIEWS = 500
STARTS = 3
CROWDS = 5
VIEWS_A_ROUND = 5
PRUNED = 50_000
ROWS_A_SECOND, LONGEST_MS = 10_000, 100
SLOWEST_PAGE_MS, MOST_QUERIES = 25, 12
# Against a bare loop of the same threads, and what of the throughput the search index may take.
CROWD_TIMES, INDEX_PART = 1.5, 0.1
INDEX_MS = 1


def main(rounds: int) -> None:
    load = os.getloadavg()[0]
    # Without it, "SQLite" would be whatever this shell names.
    os.environ.pop("CONSOLE_DATABASE_URL", None)
    _say("Asking the rules")
    asked_rules = list(rules.lines(rounds))
    _say("Sending, on SQLite")
    with installed() as made:
        on_sqlite = asked("sends", rounds, made)
    _say("Sending, on PostgreSQL")
    on_postgres = _on_postgres(rounds)
    _say("Sending, many at once")
    with installed() as made:
        crowds = [asked("crowd", CROWDS, made), _on_postgres(CROWDS, "crowd")]
    _say(f"Pruning a log of {PRUNED} rows")
    with installed() as made:
        pruned = [asked("pruning", PRUNED, made), _on_postgres(PRUNED, "pruning")]
    lines = [*asked_rules, *_sends(on_sqlite, near=1.8, far=1.03), *_sends(on_postgres, near=None, far=1.06)]
    lines += [line for found in crowds if found for line in _crowd(found)]
    with installed() as made:
        lines += _from_outside(made, rounds)
    lines += [line for found in pruned if found for line in _pruning(found)]
    databases = [found["database"] for found in (on_sqlite, on_postgres) if found]
    sys.stdout.write(f"{machine(load, *databases)}\n\n{drawn(lines)}\n")


def _say(words: str) -> None:
    sys.stderr.write(f"{words} …\n")


def _on_postgres(number: int, question: str = "sends") -> dict[str, Any]:
    """The same in a cluster that is not made to outlive a power cut; nothing where the machine has no PostgreSQL."""
    command = [sys.executable, "-m", "tests.bench.installing", question, str(number)]
    wrapped = [sys.executable, "-m", "tests.postgres", *command]
    output = subprocess.run(wrapped, stdout=subprocess.PIPE, check=True).stdout
    found: dict[str, Any] = json.loads(output) if output else {}
    return found


def _sends(found: dict[str, Any], *, near: float | None, far: float) -> Iterator[Line]:
    """`near` and `far` are the goals at 0 and 50 ms round trip."""
    if not found:
        return
    engine = found["database"].split()[0]
    for name, away, goal in (("at_once", 0, near), ("far_away", 50, far)):
        compared = found[name]
        yield Line(
            f"send at {away} ms round trip, {engine}, against a bare session",
            f"{compared['ratio']:.3f} times ({compared['logged_ms']:.2f} against {compared['bare_ms']:.2f} ms)",
            f"≤ {goal} times" if goal else "",
            goal is not None and compared["ratio"] > goal,
        )
    yield Line.limited(f"search index of a send, {engine}", found["index_ms"], INDEX_MS, "{} ms")
    yield Line(f"queries of a send, {engine}", str(found["queries"]))


def _crowd(found: dict[str, Any]) -> Iterator[Line]:
    engine = found["database"].split()[0]
    for threads, compared in found.items():
        if threads == "database":
            continue
        rates = f"{compared['logged_per_s']:.0f} against {compared['bare_per_s']:.0f} a second"
        yield Line(
            f"{threads} at once at 50 ms round trip, {engine}, against bare sessions",
            f"{compared['ratio']:.2f} times ({rates}), p99 {compared['slow_ms']:.0f} ms",
            f"≤ {CROWD_TIMES} times",
            compared["ratio"] > CROWD_TIMES,
        )
        told = f"{max(0, compared['index']):.0%} of the throughput"
        yield Line(
            f"search index, {threads} at once, {engine}", told, f"≤ {INDEX_PART:.0%}", compared["index"] > INDEX_PART
        )


def _pruning(found: dict[str, Any]) -> Iterator[Line]:
    engine, rows, slowest = found["database"].split()[0], found["rows_per_s"], found["slowest_ms"]
    yield Line(f"pruning, {engine}", f"{rows:.0f} rows/s", f"≥ {ROWS_A_SECOND} rows/s", missed=rows < ROWS_A_SECOND)
    yield Line.limited(f"pruning, {engine}: the longest transaction", slowest, LONGEST_MS, "{} ms")
    (alone, _), (median, slow) = found["alone_ms"], found["beside_ms"]
    yield Line(f"pruning, {engine}: a send meanwhile", f"p95 {slow:.1f} ms (median {median:.1f}, alone {alone:.1f})")


def _page(name: str, median_ms: float, slow_ms: float, queries: int) -> Line:
    """`slow_ms` is the 95th percentile."""
    return Line(
        f"page without search: {name}",
        f"p95 {slow_ms:.1f} ms (median {median_ms:.1f}), {queries} queries",
        f"≤ {SLOWEST_PAGE_MS} ms, {MOST_QUERIES} queries",
        slow_ms > SLOWEST_PAGE_MS or queries > MOST_QUERIES,
    )


def _from_outside(made: Installation, rounds: int) -> Iterator[Line]:
    _say(f"Opening pages over {ROWS} deliveries")
    filled = asked("rows", ROWS, made)
    pages, cookie = filled["pages"], filled["cookie"]
    port = free_port()
    with made.running("serve", PORT=str(port)) as process:
        made.wait_for_port(port, process)
        origin, browser = f"http://127.0.0.1:{port}", outside.visitor(cookie)
        taken = outside.page_times(origin, pages, browser, rounds * VIEWS_A_ROUND)
        for name, milliseconds in taken.items():
            yield _page(name, *outside.percentiles(milliseconds), filled["queries"][name])
        size, files = outside.first_visit(origin, ["/sign-in/", pages["compose"]], browser)
        yield Line.limited(f"first visit: sign-in, compose and {files - 2} files", size / 1000, 120, "{} KB")
        outside.visited(origin, list(pages.values()), cookie, VIEWS)
        if (memory := outside.anonymous_megabytes(process)) is not None:
            yield Line.limited(f"memory of the web process after {VIEWS} more pages", memory, 200, "{} MB")
    _say(f"Starting {STARTS} times")
    seconds = statistics.median(outside.seconds_to_first_page(made) for _ in range(STARTS))
    yield Line.limited("second start, to the first page", seconds, 5, "{} s")


if __name__ == "__main__":
    main(int(sys.argv[1]))
