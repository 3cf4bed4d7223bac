"""The log's searches through the whole page over HTTP: `python -m tests.bench.searching 10000` draws their table."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from tests.bench import outside
from tests.bench.installing import asked, installed
from tests.bench.table import Line, drawn, machine
from tests.installation import free_port

PAGE_MS, FRAGMENT_MS, DATABASE_MS = 40, 80, 20
ROUNDS = 60


def searches(rows: int) -> Iterator[Line]:
    """A log of so many rows, filled anew."""
    with installed() as made:
        filled = asked("searches", rows, made)
        port = free_port()
        with made.running("serve", PORT=str(port)) as process:
            made.wait_for_port(port, process)
            browser, origin = outside.visitor(filled["cookie"]), f"http://127.0.0.1:{port}"
            taken: dict[str, list[float]] = {name: [] for name in filled["pages"]}
            for number in range(-2, ROUNDS):
                for name, addresses in filled["pages"].items():
                    milliseconds = outside.look(browser, origin + addresses[number % len(addresses)])
                    taken[name] += [milliseconds] if number >= 0 else []
    for name, values in taken.items():
        median, slow = outside.percentiles(values)
        limit = FRAGMENT_MS if name == "fragment" else PAGE_MS
        told = f"p95 {slow:.1f} ms (median {median:.1f})"
        yield Line(f"search over {rows} rows, the page: {name}", told, f"≤ {limit} ms", slow > limit)
    for name, (ours, raw) in filled["database"].items():
        told = f"p95 {ours:.1f} ms, raw query {raw:.1f}"
        yield Line(f"search over {rows} rows, the database: {name}", told, f"≤ {DATABASE_MS} ms", ours > DATABASE_MS)


def main(rows: int) -> None:
    load = os.getloadavg()[0]
    os.environ.pop("CONSOLE_DATABASE_URL", None)
    lines = list(searches(rows))
    sys.stdout.write(f"{machine(load, 'SQLite')}\n\n{drawn(lines)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
