"""Installations to measure in.

`python -m tests.bench.installing sends 20` prints what a worker found in a fresh one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.sink import sinks
from tests.installation import Installation, new_installation


@contextmanager
def installed() -> Iterator[Installation]:
    """A prepared installation whose environments are the sinks."""
    with (
        tempfile.TemporaryDirectory(prefix="console-bench-") as folder,
        new_installation(Path(folder) / "data") as made,
        sinks() as origins,
    ):
        made.environment["SCALEV_ENVIRONMENTS"] = ",".join(f"{name}={origin}" for name, origin in origins.items())
        result = made.manage("prepare")
        if result.returncode:
            raise SystemExit(result.stderr)
        yield made


def asked(question: str, number: int, made: Installation) -> Any:
    """The answer of a worker in this installation."""
    command = [sys.executable, "-m", "tests.bench.worker", question, str(number)]
    done = subprocess.run(command, env=made.environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main(question: str, number: str) -> None:
    with installed() as made:
        sys.stdout.write(json.dumps(asked(question, int(number), made)))


if __name__ == "__main__":
    main(*sys.argv[1:])
