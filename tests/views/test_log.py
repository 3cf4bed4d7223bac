"""The log's page: what a row says, and how one walks through the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.domain.tree import read
from events.models import Person, search
from events.views.log_page import PAGE_SIZE
from tests.factories import make_body, make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def rani(client: Client) -> Person:
    person = make_person(Role.MARKETER, name="Rani Anggraini")
    client.force_login(person)
    return person


def _page(client: Client, query: str = "") -> str:
    return client.get(reverse("log") + query).content.decode()


def _ids(client: Client, query: str = "") -> list[int]:
    return [
        int(row.url.split("?")[0].split("/")[-2]) for row in client.get(reverse("log") + query).context["page"].rows
    ]


@pytest.mark.usefixtures("rani")
def test_a_row_says_what_happened(client: Client) -> None:
    dimas = make_person(name="Dimas Surya")
    delivery = make_delivery(
        make_store("Toko Batik", environment="production"),
        by=dimas, channel="browser", outcome="rejected", status_code=400, duration_ms=96,
        event_names=["Purchase", "Lead"], event_ids=["ord-88212-Purchase", "lead-1"], event_count=2,
    )  # fmt: skip
    delivery.keep_buyer("+62 813 ••• 234")
    delivery.save()
    page = _page(client)
    for shown in (
        "Refused", "400", "Toko Batik", "(production)", "Purchase +1", "ord-88212-Purchase", "+62 813 ••• 234", "96 ms",
        "Browser", ">Dimas<",
    ):  # fmt: skip
        assert shown in page
    assert f'href="{reverse("delivery", args=[delivery.pk])}"' in page
    assert f'<tr id="row-{delivery.pk}" data-row="rejected">' in page


@pytest.mark.usefixtures("rani")
def test_a_command_stands_where_nobody_sent(client: Client) -> None:
    make_delivery()
    assert ">command<" in _page(client)


@pytest.mark.usefixtures("rani")
def test_a_row_without_an_answer_shows_none(client: Client) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    make_delivery(outcome="pending", status_code=None, duration_ms=None, lease_until=soon)
    page = _page(client)
    assert "Sending" in page
    assert "still being sent" in page
    assert "Look again" in page


def test_times_are_the_viewers(client: Client, rani: Person) -> None:
    rani.zone = "Asia/Makassar"
    rani.save()
    make_delivery(created_at=datetime(2026, 11, 20, 18, 30, 5, tzinfo=UTC))
    page = _page(client)
    assert "2026-11-21 02:30:05.000 WITA" in page
    assert "Times in Makassar (WITA)" in page


@pytest.mark.usefixtures("rani")
def test_a_passed_lease_is_closed_before_anybody_looks(client: Client) -> None:
    make_delivery(outcome="pending", lease_until=timezone.now() - timedelta(seconds=1))
    assert "Interrupted</span>" in _page(client)


@pytest.mark.usefixtures("rani")
def test_foreign_text_is_text(client: Client) -> None:
    make_delivery(event_ids=['"><script>alert(1)</script>'], event_names=["<b>Beli</b>"])
    page = _page(client)
    assert "<script>alert" not in page
    assert "&lt;b&gt;Beli" in page


@pytest.mark.usefixtures("rani")
def test_pages_follow_one_another_both_ways(client: Client) -> None:
    store = make_store()
    ids = [make_delivery(store).pk for _ in range(2 * PAGE_SIZE + 3)][::-1]
    first, second, third = ids[:PAGE_SIZE], ids[PAGE_SIZE : 2 * PAGE_SIZE], ids[2 * PAGE_SIZE :]
    assert _ids(client) == first
    assert _ids(client, f"?cursor=older.{first[-1]}") == second
    assert _ids(client, f"?cursor=older.{second[-1]}") == third
    assert _ids(client, f"?cursor=newer.{third[0]}") == second
    assert _ids(client, f"?cursor=newer.{second[0]}") == first


@pytest.mark.usefixtures("rani")
def test_the_ends_lead_no_further(client: Client) -> None:
    store = make_store()
    ids = [make_delivery(store).pk for _ in range(PAGE_SIZE + 1)][::-1]
    first = client.get(reverse("log")).context["page"]
    last = client.get(reverse("log") + f"?cursor=older.{ids[-2]}").context["page"]
    assert (first.newer, last.older) == ("", "")
    assert first.older.endswith(f"?cursor=older.{ids[-2]}")
    assert last.newer.endswith(f"?cursor=newer.{ids[-1]}")


@pytest.mark.usefixtures("rani")
@pytest.mark.parametrize("cursor", ["older.", "x", "older.-1", "newer.999999999999999999", "older.9999999999999999999"])
def test_a_cursor_that_points_nowhere_shows_the_newest(client: Client, cursor: str) -> None:
    delivery = make_delivery()
    assert _ids(client, f"?cursor={cursor}") == [delivery.pk]


@pytest.mark.usefixtures("rani")
def test_a_list_reads_neither_bodies_nor_more_than_sixteen_times(client: Client) -> None:
    rows = [make_delivery(by=make_person()) for _ in range(8)]
    for row in rows:
        make_body(row, b'{"user_data": {}}', b"ok")
        search.index(row, read('{"events": [{"event_name": "Purchase"}]}'))
    for query in ("", "?q=purchase", "?q=purchase+store:batik+by:rani&status=204&outcome=accepted"):
        with CaptureQueriesContext(connection) as queries:
            assert len(_ids(client, query)) == 8
        assert len(queries) <= 16, [query["sql"] for query in queries]
        for made in queries:
            assert "events_body" not in made["sql"]
            assert '"events_searchdocument"."words"' not in made["sql"]


@pytest.mark.usefixtures("rani")
def test_htmx_gets_the_fragment_that_the_page_holds(client: Client) -> None:
    make_delivery()
    fragment = client.get(reverse("log"), headers=HTMX)
    assert fragment.content.decode().strip().startswith('<div id="log"')
    assert "HX-Request" in fragment["Vary"]
    whole = client.get(reverse("log"), headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert "<!doctype html>" in whole.content.decode()
    assert "HX-Request" in whole["Vary"]


@pytest.mark.usefixtures("rani")
def test_an_empty_log_leads_to_the_composer(client: Client) -> None:
    page = _page(client)
    assert "Nothing has been sent yet" in page
    assert f'href="{reverse("compose")}"' in page


@pytest.mark.usefixtures("rani")
def test_nothing_that_matches_is_another_screen(client: Client) -> None:
    make_delivery()
    page = _page(client, "?q=lunas")
    assert "Nothing matches" in page
    assert "Nothing has been sent yet" not in page


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    for url, method in ((reverse("log"), client.get), (reverse("log_search"), client.post)):
        assert reverse("account_login") in method(url)["Location"]
