"""`fill_log`: a log to try things on, which can never be taken for what was really sent."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.domain.query import parse
from events.domain.tree import read
from events.models import Body, Delivery, SearchDocument, Store, search, tally
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db


def fill_log(*arguments: object) -> str:
    output = StringIO()
    call_command("fill_log", *map(str, arguments), stdout=output, stderr=StringIO())
    return output.getvalue()


def test_every_row_has_its_bodies_and_its_search_document() -> None:
    assert fill_log(60).startswith("60 deliveries")
    assert Delivery.objects.count() == Body.objects.count() == SearchDocument.objects.count() == 60
    body = Body.objects.select_related("delivery").latest("delivery_id")
    sent = body.read_request()
    assert read(sent.body)
    assert 1_000 < len(sent.body) < 2_000
    assert (body.read_response() or sent).facts["status"] == body.delivery.status_code


def test_the_rows_are_found() -> None:
    fill_log(60)
    newest = Delivery.objects.latest("id")
    assert newest in search.matching(Delivery.objects.all(), parse(f'"{newest.event_ids[0]}"'))


def test_rows_are_numbered_in_the_order_of_their_times() -> None:
    earlier = make_delivery(created_at=timezone.now() - timedelta(days=3))
    fill_log(40)
    times = list(Delivery.objects.order_by("id").values_list("created_at", flat=True))
    assert times == sorted(times)
    assert times[0] == earlier.created_at
    assert times[-1] <= timezone.now()


def test_hours_that_were_counted_before_they_were_full_are_counted_anew() -> None:
    begun = timezone.now() - timedelta(days=3)
    make_delivery(created_at=begun)
    list(tally.catch_up(timezone.now()))
    fill_log(40)
    assert tally.tallied_until() == tally.hour_of(begun)


def test_the_same_seed_invents_the_same_and_adds_to_the_log() -> None:
    fill_log(40, "--seed", 7)
    fill_log(40, "--seed", 7)
    rows = list(Delivery.objects.order_by("id").values_list("outcome", "status_code", "store__store_id", "event_names"))
    assert len(rows) == 80
    assert rows[:40] == rows[40:]
    assert len({row[3][0] for row in rows}) > 3


def test_some_fail_some_hold_several_events_and_some_repeat_another() -> None:
    fill_log(3_000)
    assert 0.05 < Delivery.objects.exclude(outcome="accepted").count() / 3_000 < 0.11
    assert 0.03 < Delivery.objects.filter(event_count__gt=1).count() / 3_000 < 0.07
    repeated = Delivery.objects.exclude(resend_of=None).select_related("resend_of")
    assert 30 < len(repeated) < 120
    assert all(again.resend_of and again.event_ids == again.resend_of.event_ids for again in repeated)


def test_no_store_of_production_is_touched() -> None:
    mine = make_store("Toko Batik", environment="production")
    fill_log(40)
    assert not Delivery.objects.filter(store=mine).exists()
    assert set(Store.objects.exclude(pk=mine.pk).values_list("environment", flat=True)) == {"sandbox"}


@pytest.mark.parametrize("name", ["production", "nowhere"])
def test_an_environment_that_will_not_do_is_refused(name: str) -> None:
    with pytest.raises(CommandError):
        fill_log(1, "--environment", name)
    assert not Store.objects.exists()


def test_an_installation_that_knows_only_production_is_refused(settings: Any) -> None:
    settings.SCALEV_ENVIRONMENTS = {"production": "https://api.scalev.com"}
    with pytest.raises(CommandError, match="beside production"):
        fill_log(1)


def test_an_installation_in_production_mode_is_refused(settings: Any) -> None:
    settings.CONSOLE_MODE = "production"
    with pytest.raises(CommandError, match="local mode"):
        fill_log(1)
    assert not Delivery.objects.exists()


def test_what_failed_belongs_to_its_error_group_and_nothing_else_does() -> None:
    fill_log(200)
    failed = list(Delivery.objects.exclude(outcome="accepted").select_related("group"))
    assert failed
    assert all(row.group and (row.group.outcome, row.group.store_id) == (row.outcome, row.store_id) for row in failed)
    assert not Delivery.objects.filter(outcome="accepted", group__isnull=False).exists()
    assert failed[0] in search.matching(Delivery.objects.all(), parse(f"group:{failed[0].group_id}"))
