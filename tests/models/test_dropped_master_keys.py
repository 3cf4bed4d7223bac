"""A master key that leaves the list too early stops the start; one that nothing needs may go."""

from __future__ import annotations

from typing import Any

import pytest

from events.management import preflight
from events.models import ConsoleSecret, encryption
from events.models.envelopes import KeyStillNeeded, move_to_primary, prove_master_keys
from tests.factories import FIRST_MASTER_KEY, SECOND_MASTER_KEY, make_body, make_delivery, make_storefront_key

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _started_with_the_first_key(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = FIRST_MASTER_KEY
    prove_master_keys()


def test_a_start_with_the_same_keys_is_fine() -> None:
    prove_master_keys()


def test_a_key_that_bodies_need_may_not_go(settings: Any) -> None:
    make_body(make_delivery(), b"{}", b"{}")
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    with pytest.raises(KeyStillNeeded) as caught:
        prove_master_keys()
    assert (caught.value.key_id, caught.value.envelopes) == ("k1", 2)


def test_the_start_is_refused_in_one_line_that_counts(settings: Any) -> None:
    make_storefront_key()
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    (problem,) = preflight.problems()
    assert "master key k1 is still needed by 2 stored values" in problem


def test_a_key_that_only_a_command_ever_used_may_not_go_either(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    make_storefront_key()
    settings.CONSOLE_MASTER_KEYS = FIRST_MASTER_KEY
    with pytest.raises(KeyStillNeeded):
        prove_master_keys()


def test_another_key_under_the_same_id_is_refused_even_in_an_empty_console(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = "k1:" + "C" * 42 + "A="
    with pytest.raises(encryption.Unreadable):
        prove_master_keys()


def test_after_a_rotation_the_old_key_may_go_for_ever(settings: Any) -> None:
    make_body(make_delivery(), b"{}", b"{}")
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    list(move_to_primary(500))
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    prove_master_keys()
    assert not ConsoleSecret.objects.filter(name="canary:k1").exists()


def test_what_was_written_under_the_old_key_after_the_rotation_is_noticed(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    list(move_to_primary(500))
    # A process that nobody restarted still writes under its own first key.
    settings.CONSOLE_MASTER_KEYS = FIRST_MASTER_KEY
    make_body(make_delivery(), b"{}")
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    with pytest.raises(KeyStillNeeded):
        prove_master_keys()
