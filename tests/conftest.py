"""What holds for every test: browser tests need Chromium, and CI must have it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, new_installation

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = "Chromium is not on this machine: `apt-get install chromium` adds the browser tests."


def pytest_report_header() -> str:
    return f"browser: {CHROMIUM}" if CHROMIUM else MISSING


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(MISSING)
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser for the tests that are marked `browser`."""
    assert CHROMIUM
    return CHROMIUM


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
