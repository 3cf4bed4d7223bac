"""`search_log`: the log's page in the shell."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.domain.tree import read
from events.models import Delivery, search
from tests.factories import make_delivery, make_store

pytestmark = pytest.mark.django_db

WULAN = read(
    '{"user_data": {"em": "wulan@contoh.id"}, "events": [{"event_id": "ord-88213", "event_name": "Purchase"}]}'
)


def search_log(*arguments: str, **streams: StringIO) -> list[str]:
    output = StringIO()
    call_command("search_log", *arguments, stdout=output, **streams)
    return output.getvalue().splitlines()


def make_found(**fields: Any) -> Delivery:
    delivery = make_delivery(**fields)
    search.index(delivery, WULAN)
    return delivery


def test_json_gives_one_object_a_line_newest_first() -> None:
    store = make_store("Toko Batik", store_id="store_TokoBatik01")
    first = make_found(store=store, created_at=datetime(2026, 11, 23, 3, 42, 7, tzinfo=UTC), event_ids=["ord-88213"])
    second = make_found(outcome="timed_out", status_code=None)
    newest, oldest = map(json.loads, search_log("ord-88213", "--json"))
    assert newest["id"] == second.pk
    assert (newest["outcome"], newest["status_code"]) == ("timed_out", None)
    assert oldest == {
        "id": first.pk,
        "created_at": "2026-11-23T03:42:07+00:00",
        "store": "store_TokoBatik01",
        "store_name": "Toko Batik",
        "event_names": ["Purchase"],
        "event_ids": ["ord-88213"],
        "outcome": "accepted",
        "status_code": 204,
    }


def test_a_line_shows_what_a_person_looks_for() -> None:
    delivery = make_found(store=make_store("Toko Batik"), event_ids=["ord-88213"])
    (line,) = search_log("toko")
    for shown in (str(delivery.pk), "accepted 204", "Toko Batik", "Purchase ord-88213"):
        assert shown in line


def test_it_finds_a_buyer_and_understands_filters() -> None:
    make_found(outcome="rejected", status_code=400)
    assert len(search_log("wulan@contoh.id outcome:refused")) == 1
    assert search_log("wulan@contoh.id outcome:accepted") == []


def test_an_empty_query_lists_everything() -> None:
    make_delivery()
    assert len(search_log("")) == 1


def test_the_limit_holds() -> None:
    newest = [make_found() for _ in range(3)][::-1]
    assert [json.loads(line)["id"] for line in search_log("purchase", "--limit", "2", "--json")] == [
        delivery.pk for delivery in newest[:2]
    ]


def test_a_foreign_id_breaks_no_line_and_speaks_to_no_terminal() -> None:
    make_found(event_ids=["ord\n1\x1b[2J"])
    (line,) = search_log("purchase")
    assert "\x1b" not in line


def test_a_passed_lease_is_closed_before_anybody_looks() -> None:
    make_found(outcome="pending", lease_until=timezone.now() - timedelta(seconds=1), status_code=None)
    (line,) = search_log("purchase outcome:interrupted", "--json")
    assert json.loads(line)["outcome"] == "interrupted"


@pytest.mark.parametrize("unread", ["foo:bar", "outcome:baik", "before:kemarin"])
def test_what_cannot_be_read_is_named_and_the_rest_is_searched(unread: str) -> None:
    wanted = make_found()
    make_delivery()
    said = StringIO()
    (line,) = search_log(f"{unread} purchase", stderr=said)
    assert line.startswith(f"{wanted.pk} ")
    assert said.getvalue().startswith(f"{unread} (letter 1): ")


@pytest.mark.parametrize("limit", ["0", "-1", "viele"])
def test_a_limit_that_is_none_ends_with_3(limit: str) -> None:
    with pytest.raises(CommandError) as refused:
        search_log("purchase", f"--limit={limit}")
    assert refused.value.returncode == 3
