"""The console beside its peers, on the same rows in the same run; they live in an environment of their own."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.bench import outside
from tests.bench.installing import asked
from tests.bench.kept import FOLDER
from tests.bench.table import Line
from tests.installation import Installation, free_port

HERE = Path(__file__).parent
LOCK = HERE / "peers.lock"
ENVIRONMENT = FOLDER / "peers"
ROUNDS = 5
# From so many rows on the log's page may take at most this part of the admin's list.
ADMIN_PARTS = {10_000: 8, 100_000: 50, 1_000_000: 400}
DATASETTE_PART = 50
SIZE = 0.65


def beside_peers(made: Installation, rows: int, origin: str, browser: requests.Session) -> Iterator[Line]:
    """`origin` serves the same log."""
    wide = asked("wide", rows, made)
    size = wide["ours_kilobytes"] / wide["kilobytes"]
    yield Line(
        f"SQLite, {rows} rows: file with all indexes against a plain wide table",
        f"{size:.2f} times ({wide['ours_kilobytes'] / 1024:.0f} against {wide['kilobytes'] / 1024:.0f} MB)",
        f"≤ {SIZE} times",
        size > SIZE,
    )
    if not _is_installed():
        sys.stderr.write("The peers cannot be installed here, and are left out.\n")
        return
    part = max(part for least, part in ADMIN_PARTS.items() if least <= max(rows, 10_000))
    with _admin(wide["file"]) as (peer, page):
        yield _compared(f"{rows} rows, list: django-log-outgoing-requests", peer, page, browser, f"{origin}/log/", part)
    with _datasette(wide["file"]) as page:
        ours, name = f"{origin}/log/?q=purchase", f"{rows} rows, search: Datasette"
        yield _compared(name, outside.visitor({}), page, browser, ours, DATASETTE_PART)


def _compared(what: str, peer: requests.Session, page: str, browser: requests.Session, address: str, part: int) -> Line:
    """In turns; the first turn warms the caches of both."""
    pairs = [(outside.look(browser, address), outside.look(peer, page)) for _ in range(ROUNDS + 1)][1:]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    told = f"1/{theirs / ours:.0f} ({ours:.1f} against {theirs:.1f} ms)"
    return Line(what, told, f"≤ 1/{part}", ours * part > theirs)


def _is_installed() -> bool:
    kept = ENVIRONMENT / LOCK.name
    if kept.exists() and kept.read_text() == LOCK.read_text():
        return True
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    install = ("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps", "-r")
    done = subprocess.run([_python(), *install, str(LOCK)], stderr=subprocess.DEVNULL, check=False)
    if not done.returncode:
        kept.write_text(LOCK.read_text())
    return not done.returncode


def _python() -> str:
    return str(ENVIRONMENT / "bin" / "python")


@contextmanager
def _admin(wide: str) -> Iterator[tuple[requests.Session, str]]:
    """A browser that is signed in, and the address of the list."""
    port, file = free_port(), str(Path(wide).with_name("admin.sqlite3"))
    with _running(str(HERE / "peer_admin.py"), wide, file, str(port)) as process:
        session = process.stdout.readline().decode().strip()
        _wait(port)
        list_page = f"http://127.0.0.1:{port}/admin/log_outgoing_requests/outgoingrequestslog/"
        yield outside.visitor({"sessionid": session}), list_page


@contextmanager
def _datasette(wide: str) -> Iterator[str]:
    """The address of a search that many rows answer."""
    port = free_port()
    with _running("-m", "datasette", "serve", wide, "--port", str(port)):
        _wait(port)
        yield f"http://127.0.0.1:{port}/wide/wide?_search=purchase"


@contextmanager
def _running(*command: str) -> Iterator[Any]:
    with subprocess.Popen([_python(), *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on {port}")
