"""An installation of its own for one test: its own folder, database and ports, run as real processes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
# What the machine's own configuration must not bring into a test.
OURS = ("CONSOLE_", "SCALEV_", "DJANGO_", "SANDBOX_", "PORT", "HOST", "SECRET_KEY")


@dataclass
class Installation:
    """`environment` is what the processes see; `folder` is their CONSOLE_DATA_DIR, made by `prepare`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one management command to its end."""
        return subprocess.run(
            [sys.executable, "-W", "error", "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment | environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(self, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command that goes on until the block ends; it is stopped then, if it still runs."""
        # A run in the background ignores Ctrl-C, and so would every process that it starts.
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        # Into a file: a pipe that nobody reads would stop the process once it is full.
        with self._output.open("a") as output:
            process = subprocess.Popen(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT,
                env=self.environment | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    def wait_for_port(self, port: int, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"nothing listens on {port}: {self.output}")

    @property
    def first_passwords(self) -> dict[str, str]:
        """By role, from where `prepare` wrote them down: `welcome` tries each before it says them, which takes long."""
        lines = (self.folder / "first-sign-in.txt").read_text().splitlines()
        return {line.partition("@")[0]: line.rpartition(" ")[2] for line in lines}

    @property
    def output(self) -> str:
        """All that the processes of `running` have printed so far."""
        return self._output.read_text()

    @property
    def _output(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-output.txt")

    @contextmanager
    def serving(self, **environment: str) -> Iterator[str]:
        """The web process, listening; yields its origin."""
        port = free_port()
        with self.running("serve", PORT=str(port), **environment) as process:
            self.wait_for_port(port, process)
            yield f"http://127.0.0.1:{port}"


@contextmanager
def new_installation(folder: Path, like: Installation | None = None) -> Iterator[Installation]:
    """A copy of `like`, or nothing yet. Where the tests run on PostgreSQL, it has a database of its own there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    environment |= {"CONSOLE_DATA_DIR": str(folder), "SANDBOX_PORT": str(free_port()), "PORT": str(free_port())}
    if like:
        shutil.copytree(like.folder, folder)
    url = os.environ.get("CONSOLE_DATABASE_URL")
    if not url:
        yield Installation(folder, environment)
        return
    server, _, _ = url.rpartition("/")
    name = f"installation_{uuid.uuid4().hex}"
    template = like.environment["CONSOLE_DATABASE_URL"].rpartition("/")[2] if like else "template1"
    _on_server(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield Installation(folder, environment | {"CONSOLE_DATABASE_URL": f"{server}/{name}"})
    finally:
        _on_server(url, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
