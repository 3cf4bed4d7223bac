"""The console's own secrets: made once, whoever comes first, and the same after every rotation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from events.models import ConsoleSecret, encryption
from tests.factories import FIRST_MASTER_KEY, SECOND_MASTER_KEY
from tests.installation import Installation

FORGET = "from events.models import ConsoleSecret as S; S.objects.filter(name='index_key').delete()"
ASK = "from events.models import encryption as e; print(e.console_secret(e.INDEX_KEY).hex())"


@pytest.mark.django_db
def test_a_secret_is_made_on_first_use_and_stays() -> None:
    first = encryption.console_secret(encryption.INDEX_KEY)
    assert first == encryption.console_secret(encryption.INDEX_KEY)
    assert ConsoleSecret.objects.filter(name=encryption.INDEX_KEY).count() == 1


@pytest.mark.django_db
def test_two_purposes_have_two_secrets() -> None:
    assert encryption.console_secret(encryption.INDEX_KEY) != encryption.console_secret(encryption.FINGERPRINT_KEY)


def test_many_who_ask_at_once_get_the_same_secret(prepared: Installation) -> None:
    """Processes on a real database: threads of a test would share one memory, which locks as no file does."""
    prepared.manage("shell", "-c", FORGET)

    with ThreadPoolExecutor(max_workers=4) as pool:
        asked = list(pool.map(lambda _: prepared.manage("shell", "-v0", "-c", ASK), range(4)))

    assert [each.returncode for each in asked] == [0] * 4
    assert len({each.stdout for each in asked}) == 1
    assert len(asked[0].stdout.strip()) == 64


@pytest.mark.django_db
def test_a_secret_under_a_dropped_master_key_is_missed_even_after_it_was_read(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = FIRST_MASTER_KEY
    encryption.fingerprint("sfpk_Batik12345678")
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    with pytest.raises(encryption.KeyMissing):
        encryption.fingerprint("sfpk_Batik12345678")


@pytest.mark.django_db
def test_equal_values_have_equal_hashes_and_kinds_are_kept_apart() -> None:
    index_hash = encryption.index_hasher()
    assert index_hash("email", "wulan.pertiwi@contoh.id") == index_hash("email", "wulan.pertiwi@contoh.id")
    assert index_hash("email", "wulan") != index_hash("name", "wulan")
    assert len(index_hash("email", "a")) == encryption.HASH_LENGTH
