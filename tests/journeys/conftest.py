"""One console for all journeys of a worker: they keep apart by their own event IDs, stores and people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.installation import Installation, new_installation
from tests.journeys.console import Console, console_of
from tests.journeys.visitor import Visitor

# Longer than the sandbox's slow answer, short enough to wait for.
DEADLINE_SECONDS = "6"


@pytest.fixture(scope="session")
def console(tmp_path_factory: pytest.TempPathFactory, _freshly_prepared: Installation) -> Iterator[Console]:
    folder = tmp_path_factory.mktemp("journeys") / "data"
    with (
        new_installation(folder, like=_freshly_prepared) as made,
        console_of(made, SCALEV_DEADLINE_SECONDS=DEADLINE_SECONDS) as running,
    ):
        yield running


@pytest.fixture
def marketer(console: Console) -> Visitor:
    return console.visitor("marketer")


@pytest.fixture
def support(console: Console) -> Visitor:
    return console.visitor("support")


@pytest.fixture
def admin(console: Console) -> Visitor:
    return console.visitor("admin")
