"""The WSGI entrance loads where all is well, and refuses in one line where a server must not start."""

from __future__ import annotations

import subprocess
import sys

from tests.installation import ROOT, Installation

LOAD = "from scalev_console.wsgi import application; print(callable(application))"


def test_it_loads_in_a_prepared_installation(prepared: Installation) -> None:
    result = _load(prepared)

    assert (result.returncode, result.stdout, result.stderr) == (0, "True\n", "")


def test_without_a_secret_it_refuses_to_load(prepared: Installation) -> None:
    (prepared.folder / "secret_key").unlink()

    result = _load(prepared)

    assert result.returncode == 1
    assert result.stderr.startswith("Cannot start: SECRET_KEY is missing")
    assert result.stderr.count("\n") == 1


def test_with_a_wrong_setting_it_refuses_to_load(prepared: Installation) -> None:
    result = _load(prepared, CONSOLE_MODE="staging")

    assert result.returncode == 1
    assert result.stderr == "Cannot start: CONSOLE_MODE is 'staging'; it must be one of local, production.\n"


def _load(installation: Installation, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", LOAD],
        cwd=ROOT,
        env=installation.environment | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
