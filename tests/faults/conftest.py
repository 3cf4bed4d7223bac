"""A console whose Scalev is in the test's own hands, and the one person who uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.receivers import Receiver, receiver_for
from tests.installation import Installation


@pytest.fixture
def receiver(prepared: Installation) -> Iterator[Receiver]:
    """Takes whatever this installation sends to its sandbox environment."""
    with receiver_for(prepared) as made:
        yield made
