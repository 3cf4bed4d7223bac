"""A running sandbox for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from events.sandbox.running import Running, running_sandbox


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running_sandbox() as running:
        yield running
