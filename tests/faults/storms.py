"""Senders that never pause, begun and killed one after the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.installation import ROOT, Installation


@contextmanager
def senders(installation: Installation) -> Iterator[subprocess.Popen[str]]:
    """A process of `tests.faults.storm`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.storm"],
        cwd=ROOT,
        env=installation.environment | {"DJANGO_SETTINGS_MODULE": "scalev_console.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def begin_life(mother: subprocess.Popen[str]) -> int:
    """Another sender; its process ID."""
    assert mother.stdin
    assert mother.stdout
    mother.stdin.write("\n")
    mother.stdin.flush()
    return int(mother.stdout.readline())


def end_life(mother: subprocess.Popen[str], child: int) -> None:
    assert mother.stdout
    os.kill(child, signal.SIGKILL)
    assert mother.stdout.readline() == "dead\n"
