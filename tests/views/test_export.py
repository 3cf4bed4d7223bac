"""Exports of what a search found, masked: the same rows as the page, whoever asks, and nothing of a buyer."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import DatabaseError, close_old_connections
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime

from events.models import AuditEntry, Person
from events.views import exporting
from events.views.export import log_export
from tests.factories import make_body, make_delivery, make_person, make_store, make_storefront_key
from tests.views.exchanges import EMAIL, make_exchange
from tests.views.exports import FORMATS, content_of, export, ids_of, make_found, names_buyer, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rani(client: Client) -> Person:
    person = make_person("marketer", name="Rani Anggraini")
    client.force_login(person)
    return person


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of several batches, without a thousand rows."""
    monkeypatch.setattr(exporting, "BATCH", 2)
    monkeypatch.setattr(exporting, "BATCH_WITH_EXCHANGE", 2)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("query", ["", "q=ord-88212-Purchase", "outcome=rejected", "q=outcome:refused&status=400"])
def test_a_file_holds_the_rows_of_the_page(client: Client, kind: str, query: str) -> None:
    store = make_store()
    for number in range(5):
        make_found(store=store, outcome="rejected" if number % 2 else "accepted", status=400 if number % 2 else 204)
    rows = client.get(f"{reverse('log')}?{query}").context["page"].rows

    found = ids_of(kind, export(client, kind, query))

    assert found == [int(row.url.split("?")[0].split("/")[-2]) for row in rows]
    assert len(found) >= 2


def test_it_begins_at_the_newest_row_on_whatever_page_one_is(client: Client) -> None:
    newest = [make_delivery().pk for _ in range(3)][::-1]

    assert ids_of("csv", export(client, "csv", f"cursor=older.{newest[0]}")) == newest


@pytest.mark.parametrize("role", ["marketer", "support", "admin"])
@pytest.mark.parametrize("kind", FORMATS)
def test_no_file_names_a_buyer_whoever_asks(client: Client, kind: str, role: str, rani: Person) -> None:
    rani.role = role
    rani.save()
    for by in (None, rani):
        make_found(by=by)

    content = export(client, kind)

    assert not names_buyer(content)
    assert "w•••@contoh.id" in content.decode()


@pytest.mark.parametrize("kind", ["jsonl-full", "har"])
def test_a_body_that_is_no_json_is_left_out(client: Client, kind: str) -> None:
    make_exchange(request=f"pembeli={EMAIL}".encode())

    assert not names_buyer(export(client, kind))


@pytest.mark.parametrize("kind", FORMATS)
def test_no_file_holds_a_storefront_key(client: Client, kind: str) -> None:
    key = make_storefront_key(value="sfpk_TokoBatikRahasia1")
    make_exchange("rejected", 400, b'{"error":"bad key sfpk_TokoBatikRahasia1"}', storefront_key=key)

    assert b"TokoBatikRahasia" not in export(client, kind)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_list_opens_no_body(client: Client, kind: str, django_assert_max_num_queries: Any) -> None:
    for _ in range(8):
        make_found()
    with django_assert_max_num_queries(9) as queries:
        export(client, kind)

    assert not any("events_body" in query["sql"] for query in queries)


@pytest.mark.parametrize("kind", ["jsonl-full", "har"])
def test_what_cannot_be_read_keeps_its_row(client: Client, kind: str) -> None:
    removed, damaged = make_delivery(), make_delivery()
    body = make_body(damaged)
    body.request = b"\x01" + bytes(body.request)[1:-1] + b"?"
    body.save()

    assert ids_of(kind, export(client, kind)) == [damaged.pk, removed.pk]


def test_a_file_is_saved_and_never_shown_or_kept(client: Client) -> None:
    make_delivery()
    for kind in FORMATS:
        response = client.get(f"{reverse('log_export')}?format={kind}")

        ending = kind.removesuffix("-full")
        assert response.headers["Content-Disposition"] == (
            f'attachment; filename="scalev-log-{localtime():%Y-%m-%d}.{ending}"'
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_cell_of_foreign_text_is_no_formula(client: Client) -> None:
    make_delivery(event_ids=["=cmd|'/C calc'!A0"], event_names=["@SUM(A1)"])

    (row,) = table_of(export(client, "csv"))

    assert (row["event_ids"], row["event_names"]) == ("'=cmd|''/C calc'!A0", "'@SUM(A1)")


def test_each_row_leads_back_to_its_page(client: Client) -> None:
    delivery = make_delivery()

    (row,) = table_of(export(client, "csv"))

    assert row["url"] == f"http://testserver/log/{delivery.pk}/"


def test_har_ends_where_it_says(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("events.domain.export.har.Har.limit", 3)
    monkeypatch.setattr(exporting, "BATCH_WITH_EXCHANGE", 2)
    newest = [make_delivery().pk for _ in range(4)][::-1]

    content = export(client, "har")

    assert ids_of("har", content) == newest[:3]
    assert "Only the newest 3 deliveries" in json.loads(content)["log"]["comment"]


@pytest.mark.parametrize("limit", [3, 4])
def test_har_that_holds_everything_does_not_say_that_it_ends(
    client: Client, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr("events.domain.export.har.Har.limit", limit)
    monkeypatch.setattr(exporting, "BATCH_WITH_EXCHANGE", 3)
    for _ in range(3):
        make_delivery()

    assert "Only the newest" not in json.loads(export(client, "har"))["log"]["comment"]


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_found_is_an_empty_file(client: Client, kind: str) -> None:
    assert ids_of(kind, export(client, kind, "q=lunas")) == []


def test_a_passed_lease_is_closed_before_anybody_exports(client: Client) -> None:
    make_delivery(outcome="pending", lease_until=timezone.now() - timedelta(seconds=1))

    (row,) = table_of(export(client, "csv"))

    assert row["outcome"] == "interrupted"


@pytest.mark.parametrize("query", ["", "format=", "format=exe", "format=html"])
def test_a_file_that_there_is_not_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"{reverse('log_export')}?{query}").status_code == 404


def test_an_export_is_recorded_with_its_search_and_its_count(client: Client, rani: Person) -> None:
    make_found()

    export(client, "csv", "q=ord-88212-Purchase&outcome=rejected")

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.fields) == ("exported", rani, ["csv", "1 deliveries"])
    assert entry.target == "ord-88212-Purchase outcome:refused"
    assert entry.target_url.endswith("?q=ord-88212-Purchase+outcome%3Arefused")


def test_the_record_holds_no_buyer(client: Client) -> None:
    make_found()

    assert ids_of("csv", export(client, "csv", f"q={EMAIL}")) != []

    entry = AuditEntry.objects.get()
    assert EMAIL not in str(vars(entry))
    assert entry.target.startswith("hash:email.")


def test_a_reader_who_hangs_up_is_recorded_as_such(
    rf: RequestFactory, rani: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 1)
    for _ in range(3):
        make_delivery()
    # Past the test's client, which closes what it is given by itself.
    request = rf.get(f"{reverse('log_export')}?format=csv")
    request.user = rani
    response: Any = log_export(request)
    pieces = iter(response)
    next(pieces), next(pieces)
    # The end of a request closes the database's connection, which is the test's own.
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)

    assert AuditEntry.objects.get().fields == ["csv", "broken off after 1 deliveries"]


def test_a_database_that_takes_no_record_spoils_no_masked_file(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr("events.views.export.record", refuse)
    delivery = make_delivery()

    assert ids_of("csv", export(client, "csv")) == [delivery.pk]


def test_the_menu_offers_what_was_searched(client: Client) -> None:
    make_found()

    page = client.get(reverse("log") + "?outcome=rejected").content.decode()

    for kind in FORMATS:
        assert f"{reverse('log_export')}?format={kind}&amp;q=outcome%3Arefused" in page
    assert reverse("log_export_clear") not in page
    assert content_of(client.get(reverse("log_export") + "?format=csv&outcome=rejected"))
