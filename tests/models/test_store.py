"""A store's names, as lists show them."""

from __future__ import annotations

from events.models import Store


def test_ids_that_differ_in_their_last_word_stay_apart_when_they_are_shortened() -> None:
    long = ("store_sandbox_preflight_refused", "store_sandbox_key_refused")

    assert [Store(store_id=each).short_id for each in long] == ["store_sand…ht_refused", "store_sand…ey_refused"]
    assert Store(store_id="store_sandbox_refused").short_id == "store_sandbox_refused"
