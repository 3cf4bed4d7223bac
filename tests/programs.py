"""Programs beside Python that a test wants: without one it is left out, but never in CI."""

from __future__ import annotations

import os
import shutil

import pytest


def found(program: str) -> str | None:
    """Where the program lies. Ends the run where it is missing in CI, which installs what it lacks."""
    path = shutil.which(program)
    if path is None and os.environ.get("CI"):
        raise pytest.UsageError(f"{program} is not on this machine: CI leaves no test out for want of a program.")
    return path
