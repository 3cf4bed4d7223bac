"""The console from outside: how long its pages take, how many bytes they are, what it needs in memory and to start."""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import requests

from tests.installation import Installation

VISITORS = 8
# Browsers offer these to hosts on the same machine as they do over HTTPS.
CODINGS = {"Accept-Encoding": "gzip, deflate, br"}
_MENTIONED = re.compile(r"""(?:src|href)="(/static/[^"]+)"|url\(["']?([^"')]+)|(?:from|import) ?["'](\.[^"']+)""")


def visitor(cookie: dict[str, str]) -> requests.Session:
    """A browser in which somebody is signed in."""
    browser = requests.Session()
    browser.trust_env = False
    browser.cookies.update(cookie)
    return browser


def look(browser: requests.Session, address: str) -> float:
    """Open one page; how long it took in ms."""
    begun = time.perf_counter()
    answer = browser.get(address, timeout=60, allow_redirects=False)
    taken = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return taken


def rows_on(browser: requests.Session, address: str) -> int:
    """How many deliveries a page of the log shows."""
    return browser.get(address, timeout=60).text.count("data-row=")


def page_times(origin: str, pages: dict[str, str], browser: requests.Session, rounds: int) -> dict[str, list[float]]:
    """Each page in each round; a slow moment of the machine falls on all of them."""
    taken: dict[str, list[float]] = {name: [] for name in pages}
    for number in range(-2, rounds):
        for name, path in pages.items():
            milliseconds = look(browser, origin + path)
            if number >= 0:
                taken[name].append(milliseconds)
    return taken


def percentiles(values: list[float]) -> tuple[float, float]:
    """The 50th and the 95th."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]


def first_visit(origin: str, pages: list[str], browser: requests.Session) -> tuple[int, int]:
    """Bytes on the wire, headers aside, of these pages and every file they need, each once; and how many files."""
    sizes: dict[str, int] = {}
    waiting = [urljoin(origin, page) for page in pages]
    while waiting:
        address = urldefrag(waiting.pop()).url
        if address in sizes or not address.startswith(origin):
            continue
        with browser.get(address, headers=CODINGS, stream=True, timeout=60) as answer:
            answer.raise_for_status()
            sizes[address] = len(answer.raw.read(decode_content=False))
        text = browser.get(address, timeout=60).text
        waiting += [urljoin(address, next(filter(None, found))) for found in _MENTIONED.findall(text)]
    return sum(sizes.values()), len(sizes)


def visited(origin: str, pages: list[str], cookie: dict[str, str], times: int) -> None:
    """Open these pages in turn, `times` in all, by several people at once."""

    def visit(number: int) -> None:
        browser = visitor(cookie)
        for turn in range(number, times, VISITORS):
            look(browser, origin + pages[turn % len(pages)])

    with ThreadPoolExecutor(VISITORS) as visitors:
        list(visitors.map(visit, range(VISITORS)))


def anonymous_megabytes(process: subprocess.Popen[bytes]) -> float | None:
    """Memory that belongs to the process alone, or None where the system does not tell."""
    told = Path(f"/proc/{process.pid}/smaps_rollup")
    if not told.exists():
        return None
    found = re.search(r"^Anonymous: +(\d+) kB", told.read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def seconds_to_first_page(made: Installation) -> float:
    """A later `make run`, but for the comparison of the lock files: `prepare`, `start`, and sign-in is there."""
    begun = time.perf_counter()
    made.manage("prepare")
    with made.running("start") as process:
        port = int(made.environment["PORT"])
        made.wait_for_port(port, process)
        look(visitor({}), f"http://127.0.0.1:{port}/sign-in/")
        return time.perf_counter() - begun
