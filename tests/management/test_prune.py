"""`manage.py prune`."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from events.models import AuditEntry, Delivery, Retention, Store
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db


def sent(days_ago: int, store: Store | None = None) -> Delivery:
    return make_delivery(store, created_at=timezone.now() - timedelta(days=days_ago))


def prune(*words: str) -> str:
    output = io.StringIO()
    call_command("prune", *words, stdout=output, stderr=io.StringIO())
    return output.getvalue()


def test_it_goes_by_what_is_set() -> None:
    sent(31)
    Retention.objects.create(days=30, changed_at=timezone.now())
    assert prune().startswith("1 delivery removed in ")
    assert not Delivery.objects.exists()


def test_days_may_be_given() -> None:
    sent(31)
    young = sent(8)
    prune("--days=30")
    assert list(Delivery.objects.all()) == [young]


def test_one_store_may_be_meant() -> None:
    store = make_store("Toko Batik")
    sent(31, store)
    other = sent(31)
    prune("--days=30", "--store=Toko Batik")
    assert list(Delivery.objects.all()) == [other]


def test_a_store_that_is_meant_goes_by_its_own_days() -> None:
    store = make_store("Toko Batik")
    Retention.objects.create(days=30, changed_at=timezone.now())
    Retention.objects.create(days=7, store=store, changed_at=timezone.now())
    sent(8, store)
    other = sent(31)
    prune("--store=Toko Batik")
    assert list(Delivery.objects.all()) == [other]


def test_a_dry_run_only_counts() -> None:
    sent(31)
    assert prune("--days=30", "--dry-run") == "1 delivery would be removed.\n"
    assert Delivery.objects.exists()
    assert not AuditEntry.objects.exists()


def test_what_it_did_is_written_down() -> None:
    sent(31)
    prune("--days=30")
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target) == ("pruned", None, "1 delivery")


def test_where_everything_is_kept_for_ever_it_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="set the days on the page Data, or give --days"):
        prune()


@pytest.mark.parametrize("days", ["0", "3651", "seven", "-3", "1.5"])
def test_a_number_of_days_that_cannot_be_is_refused(days: str) -> None:
    with pytest.raises(CommandError, match="1 to 3650"):
        prune(f"--days={days}")


def test_a_store_that_there_is_not_is_named() -> None:
    with pytest.raises(CommandError, match="no store called Toko Kebaya"):
        prune("--days=30", "--store=Toko Kebaya")
