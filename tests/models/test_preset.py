"""A saved composition: encrypted under the master key, and gone with the buyer of whom it tells."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from events.domain.buyer import Buyer
from events.domain.tree import Object
from events.models import Preset, Store, encryption, envelopes
from events.models.erasure import Erasure
from tests.factories import FIRST_MASTER_KEY, SECOND_MASTER_KEY, make_person, make_store

pytestmark = pytest.mark.django_db

EMAIL = "sari.dewanti@contoh.id"


def saved(store: Store, name: str = "Purchase, COD", note: str = "bayar di tempat") -> Preset:
    preset = Preset.of(store, name, Object((("catatan", note),)), by=make_person(), now=timezone.now())
    preset.save()
    return preset


def test_what_it_holds_stands_nowhere_in_clear() -> None:
    preset = saved(make_store())

    assert b"bayar" not in bytes(preset.envelope)
    assert Preset.objects.get().tree() == Object((("catatan", "bayar di tempat"),))


def test_it_opens_for_its_own_store_and_row_alone() -> None:
    store = make_store()
    one, other = saved(store), saved(store, "Lead")
    Preset.objects.filter(pk=other.pk).update(envelope=bytes(one.envelope))

    with pytest.raises(encryption.Unreadable):
        Preset.objects.get(pk=other.pk).tree()


def test_it_moves_to_a_new_master_key(settings: Any) -> None:
    preset = saved(make_store())
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    list(envelopes.move_to_primary(100))
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY

    assert Preset.objects.get(pk=preset.pk).tree() == Object((("catatan", "bayar di tempat"),))


def test_one_that_tells_of_a_buyer_goes_with_her() -> None:
    store = make_store()
    saved(store, note=f"pesanan {EMAIL}")
    other = saved(store, "Lead")

    list(Erasure(Buyer(email=EMAIL), by=None, reason="She asked for it", now=timezone.now()).run())

    assert list(Preset.objects.all()) == [other]
