"""`manage.py start`: the processes of the Procfile, together; what `make run` runs."""

from __future__ import annotations

import io
import shlex
import signal
import socket
import subprocess
import time
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

# The sandbox is for trying things out; it never stands beside a production installation.
LOCAL_ONLY = ("sandbox",)
STOP_SECONDS = 10
LOOK_SECONDS = 0.1

Processes = dict[str, subprocess.Popen[bytes]]


class Command(BaseCommand):
    help = "Start the console and its sandbox; SIGINT, SIGTERM, a closed terminal or the end of one ends both."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        greeting: io.StringIO | None = io.StringIO()
        call_command("welcome", stdout=greeting)
        asked = Asked()
        running: Processes = {}
        try:
            for name, command in procfile().items():
                # A session of its own: a terminal's Ctrl-C comes here first, and each is stopped once.
                running[name] = subprocess.Popen(
                    command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
                )
            while not asked and all(process.poll() is None for process in running.values()):
                # Whoever reads the address opens it at once.
                if greeting and _listen():
                    self.stdout.write(greeting.getvalue())
                    self.stdout.flush()
                    greeting = None
                time.sleep(LOOK_SECONDS)
            fallen = [name for name, process in running.items() if process.poll() is not None]
        finally:
            _stop(running, asked)
        if fallen and not asked:
            raise CommandError(f"Ended by itself, so that all was stopped: {', '.join(fallen)}.")


class Asked:
    """True once a signal asked to stop; `twice` when somebody has lost patience."""

    def __init__(self) -> None:
        self.times = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def __bool__(self) -> bool:
        return self.times > 0

    @property
    def twice(self) -> bool:
        return self.times > 1

    # Only noted: an exception out of a handler could fall between a process and the place where it is kept.
    def _note(self, number: int, frame: FrameType | None) -> None:
        self.times += 1


def procfile() -> dict[str, list[str]]:
    lines = (settings.BASE_DIR / "Procfile").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":") for line in lines if ":" in line)
    found = {name.strip(): shlex.split(command) for name, _, command in named}
    left_out = () if settings.CONSOLE_MODE == "local" else LOCAL_ONLY
    return {name: command for name, command in found.items() if name not in left_out}


def _listen() -> bool:
    """Whether every port of the Procfile is open: `welcome` saw that nobody else had them."""
    places = [(settings.HOST, settings.PORT)]
    if settings.CONSOLE_MODE == "local":
        places.append(("127.0.0.1", settings.SANDBOX_PORT))
    return all(_answers(place) for place in places)


def _answers(place: tuple[str, int]) -> bool:
    try:
        socket.create_connection(place, timeout=1).close()
    except OSError:
        return False
    return True


def _stop(running: Processes, asked: Asked) -> None:
    for process in running.values():
        process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for process in running.values():
        while process.poll() is None and time.monotonic() < end and not asked.twice:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_SECONDS)
        process.kill()
        process.wait()
