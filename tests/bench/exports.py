"""The whole log as a file through the real page: how quickly it comes, and what the process needs meanwhile."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import requests

from tests.bench.outside import anonymous_megabytes
from tests.bench.table import Line

CHUNK = 64 * 1024
# One on each: of a million rows a file takes minutes.
KINDS = {"SQLite": "csv", "PostgreSQL": "jsonl"}
MARKS = (10_000, 100_000, 1_000_000)
# What a process may take more at the last row than at the ten thousandth.
GROWTH_MB, MOST_MB = 20, 200


def exports(
    engine: str, rows: int, origin: str, browser: requests.Session, process: subprocess.Popen[bytes]
) -> Iterator[Line]:
    kind = KINDS[engine]
    began = time.perf_counter()
    memory = _memory(browser, f"{origin}/log/export/?format={kind}", process)
    pace = rows / (time.perf_counter() - began)
    told = ", ".join(f"{megabytes:.0f} MB at {row}" for row, megabytes in memory.items())
    growth = max(memory.values()) - next(iter(memory.values()))
    yield Line(
        f"{engine}, export of {rows} rows as {kind}: memory",
        f"{told} ({pace:.0f} rows/s)",
        f"≤ {MOST_MB} MB, + {GROWTH_MB} MB",
        growth > GROWTH_MB or max(memory.values()) > MOST_MB,
    )


def _memory(browser: requests.Session, address: str, process: subprocess.Popen[bytes]) -> dict[int, float]:
    """Anonymous memory of the process in MB by the number of rows that have come; 0 where the system does not tell."""
    found, rows = {}, 0
    with browser.get(address, stream=True, timeout=600) as answer:
        answer.raise_for_status()
        for chunk in answer.iter_content(CHUNK):
            before, rows = rows, rows + chunk.count(b"\n")
            if any(before < mark <= rows for mark in MARKS):
                found[max(mark for mark in MARKS if mark <= rows)] = anonymous_megabytes(process) or 0.0
    found[rows] = anonymous_megabytes(process) or 0.0
    return found
