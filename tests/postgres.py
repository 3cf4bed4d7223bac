"""`python -m tests.postgres COMMAND…`: runs a command against a PostgreSQL of its own, gone when it ends.

The cluster lies in a temporary folder and listens on a socket in it only. Without PostgreSQL on this machine the
command is left out with one line; where CI is set that is a failure.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

USER = "postgres"
# Nothing here outlives the run: safety against power cuts only costs time.
SERVER_OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def main(command: list[str]) -> int:
    binaries = _binaries()
    if binaries is None:
        sys.stderr.write("PostgreSQL is not on this machine: `apt-get install postgresql` adds its tests.\n")
        return 1 if os.environ.get("CI") else 0
    # A killed wrapper must not leave a server behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    with _cluster(binaries) as url:
        return subprocess.run(command, env={**os.environ, "CONSOLE_DATABASE_URL": url}, check=False).returncode


def _binaries() -> Path | None:
    """The folder of the newest PostgreSQL that has initdb and pg_ctl side by side."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return next((found for found in candidates if (found / "initdb").exists() and (found / "pg_ctl").exists()), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


@contextmanager
def kept_cluster(data: Path) -> Iterator[str | None]:
    """A cluster whose data stay in a folder from run to run; None where there is no PostgreSQL."""
    binaries = _binaries()
    if binaries is None:
        yield None
        return
    with _cluster(binaries, data) as url:
        yield url


@contextmanager
def _cluster(binaries: Path, kept: Path | None = None) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="console-pg-"))
    data = kept or folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        if not (data / "PG_VERSION").exists():
            data.mkdir(parents=True, exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(data, USER)
            made = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
            _quietly(binaries / "initdb", "-D", data, *made)
        options = f"{SERVER_OPTIONS} -k {folder}"
        _quietly(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
        try:
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/postgres"
        finally:
            _quietly(binaries / "pg_ctl", "-D", data, "-m", "fast" if kept else "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_cluster() -> Iterator[tuple[str, Callable[[str], None]]]:
    """A cluster that a test may stop and start by `control("stop")`; nothing of it is the wrapper's own."""
    binaries = _binaries()
    assert binaries, "only for tests that run on PostgreSQL"
    with _cluster(binaries) as url:
        data = Path(unquote(url.partition("@")[2].partition("/")[0])) / "data"

        def control(act: str) -> None:
            options = () if act == "stop" else ("-o", f"{SERVER_OPTIONS} -k {data.parent}", "-l", data.parent / "log")
            mode = () if act == "start" else ("-m", "fast")
            _quietly(binaries / "pg_ctl", "-D", data, *options, *mode, "-w", act)

        yield url, control


def _quietly(*command: str | Path) -> None:
    """PostgreSQL refuses to run as root: there its own user does it. Its words are shown when it fails."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", USER, "--", *words]
    result = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd="/", check=False
    )
    if result.returncode:
        sys.stderr.buffer.write(result.stdout)
        raise SystemExit(f"{words[-1]} of PostgreSQL failed.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
