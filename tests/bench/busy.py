"""The log's pages while another process sends at full rate, against the same pages before: on a copy of a kept log."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import requests

from tests.bench import outside
from tests.bench.sink import sinks
from tests.bench.table import Line
from tests.installation import Installation, new_installation

SECONDS, ROUNDS = 15, 20
TIMES = 3
PAGES = {
    "newest": "/log/",
    "filter": "/log/?q=status:400",
    "word": "/log/?q=purchase",
    "fragment": "/log/?q=%22batik-par%22",
}


def busy(like: Installation, cookie: dict[str, str]) -> Iterator[Line]:
    """SQLite only, where whoever reads and whoever writes share one file. `cookie` is that of a person's session."""
    with (
        tempfile.TemporaryDirectory(prefix="console-bench-") as folder,
        new_installation(Path(folder) / "data", like=like) as made,
        sinks() as origins,
    ):
        made.environment["SCALEV_ENVIRONMENTS"] = ",".join(f"{name}={origin}" for name, origin in origins.items())
        with made.serving() as origin:
            browser = outside.visitor(cookie)
            alone = outside.page_times(origin, PAGES, browser, ROUNDS)
            command = [sys.executable, "-m", "tests.bench.worker", "sending", str(SECONDS)]
            with subprocess.Popen(command, env=made.environment, stdout=subprocess.PIPE) as sending:
                beside = _until_done(sending, origin, browser)
                assert sending.stdout
                rate = json.loads(sending.stdout.read())
    for name, values in beside.items():
        (_, before), (median, slow) = outside.percentiles(alone[name]), outside.percentiles(values)
        told = f"p95 {slow:.1f} ms (median {median:.1f}), {slow / before:.2f} times idle"
        yield Line(f"page while {rate:.0f} events/s are sent: {name}", told, f"≤ {TIMES} times", slow > TIMES * before)


def _until_done(process: subprocess.Popen[bytes], origin: str, browser: requests.Session) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in PAGES}
    for number in count():
        for name, path in PAGES.items():
            milliseconds = outside.look(browser, origin + path)
            # In the first rounds the other process is still starting.
            taken[name] += [milliseconds] if number > 2 else []
        if process.poll() is not None:
            return taken
    raise AssertionError("never ends")
