"""When a storefront key was last used, and how that went: read from its newest delivery."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from events.models import StorefrontKey
from events.models.delivery import with_last_use
from tests.factories import make_delivery, make_store, make_storefront_key

pytestmark = pytest.mark.django_db


def used() -> dict[int, tuple[datetime | None, str | None]]:
    keys: Any = with_last_use(StorefrontKey.objects.all())
    return {key.pk: (key.last_used_at, key.last_outcome) for key in keys}


def test_it_is_that_of_the_newest_delivery_of_this_key() -> None:
    store = make_store()
    first, second = make_storefront_key(store), make_storefront_key(store)
    make_delivery(store, storefront_key=first)
    newest = make_delivery(store, storefront_key=first, outcome="not_found", status_code=404)
    other = make_delivery(store, storefront_key=second)

    assert used() == {first.pk: (newest.created_at, "not_found"), second.pk: (other.created_at, "accepted")}


def test_a_key_that_nothing_was_sent_with_was_never_used() -> None:
    key = make_storefront_key()
    make_delivery(key.store)

    assert used() == {key.pk: (None, None)}
