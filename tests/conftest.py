"""What holds for every test, and the fixtures that several rooms use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from events.sandbox.running import Running, running_sandbox
from tests.chromium import browser, chromium, pytest_collection_modifyitems, pytest_configure, pytest_terminal_summary
from tests.flushing import cheap_flushes
from tests.installation import Installation, new_installation

# pytest finds them here.
__all__ = [
    "browser", "cheap_flushes", "chromium", "pytest_collection_modifyitems", "pytest_configure",
    "pytest_terminal_summary",
]  # fmt: skip

# What lands is judged by examples that come the same every time; whoever works on it draws new ones. Speed is measured
# by `make bench`: a machine that is busy elsewhere is no fault of an example.
property_settings.register_profile(
    "ours", derandomize=bool(os.environ.get("CI")), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("ours")


@pytest.fixture
def sandbox(settings: Any) -> Iterator[Running]:
    """A sandbox of its own, and the only environment there is."""
    with running_sandbox() as running:
        settings.SCALEV_ENVIRONMENTS = {"sandbox": running.origin}
        yield running


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, not prepared yet."""
    with new_installation(tmp_path / "data") as made:
        yield made


@pytest.fixture(scope="session")
def _freshly_prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with new_installation(tmp_path_factory.mktemp("prepared") / "data") as made:
        result = made.manage("prepare")
        assert result.returncode == 0, result.stderr
        yield made


@pytest.fixture
def prepared(tmp_path: Path, _freshly_prepared: Installation) -> Iterator[Installation]:
    """An installation of its own, as `make setup` leaves it: a copy, which is quicker than preparing it anew."""
    with new_installation(tmp_path / "data", like=_freshly_prepared) as made:
        yield made
