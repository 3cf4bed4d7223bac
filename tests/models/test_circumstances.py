"""What is known beside a payload when it is judged."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from events.domain.circumstances import Circumstances
from events.domain.payload import Payload
from events.models.circumstances import circumstances_of
from tests.factories import make_store

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
EMPTY = Payload.of(None)


@pytest.mark.django_db
def test_a_store_is_known_by_its_country_its_currency_and_its_hosts() -> None:
    store = make_store(country="id", currency="IDR", hosts=["batiknusantara.contoh.id"])

    known = circumstances_of(store, EMPTY, NOW)

    assert (known.country, known.currency, known.hosts) == ("id", "IDR", ("batiknusantara.contoh.id",))
    assert known.now == NOW


def test_without_a_store_only_the_moment_and_the_landing_page_are_known() -> None:
    known = circumstances_of(None, EMPTY, NOW, landing_url="https://batiknusantara.contoh.id/")

    assert known == Circumstances(now=NOW, landing_url="https://batiknusantara.contoh.id/")
