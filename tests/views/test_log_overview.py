"""Counts and timeline beside the log: they follow its search, lead back into it, and hide what it hides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.domain.rights import Role
from events.domain.tree import read
from events.models import ErrorGroup, Person, counting, search
from events.views.overview_page import Overview
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
NOW = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)  # 10:42 in Jakarta


@pytest.fixture(autouse=True)
def _at_a_time() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def rani(client: Client) -> Person:
    person = make_person(Role.MARKETER, name="Rani Anggraini")
    client.force_login(person)
    return person


def _page(client: Client, query: str = "") -> str:
    return client.get(reverse("log_overview") + query).content.decode()


def _overview(client: Client, query: str = "") -> Overview:
    found = client.get(reverse("log_overview") + query).context["overview"]
    assert isinstance(found, Overview)
    return found


def _ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def test_chips_say_how_many_ended_how_whatever_outcome_is_chosen(client: Client) -> None:
    for outcome in ("accepted", "accepted", "rejected", "not_found"):
        make_delivery(outcome=outcome)

    for query, on in (("", "all"), ("?outcome=rejected", "rejected")):
        chips = _overview(client, query).chips
        assert [(chip.name, chip.count) for chip in chips] == [
            ("all", "4"), ("accepted", "2"), ("rejected", "1"), ("not_found", "1"),
        ]  # fmt: skip
        assert [chip.name for chip in chips if chip.is_on] == [on]


def test_a_chosen_outcome_keeps_its_chip_though_nothing_ended_so(client: Client) -> None:
    make_delivery()
    chips = _overview(client, "?outcome=interrupted").chips
    assert chips[-1].name == "interrupted"
    assert (chips[-1].is_on, chips[-1].is_none) == (True, True)


def test_where_nothing_is_found_one_chip_says_so(client: Client) -> None:
    make_delivery()
    assert [(chip.name, chip.count) for chip in _overview(client, "?after=2027-01-01").chips] == [("all", "0")]


def test_the_line_beside_the_title_names_the_span(client: Client) -> None:
    for hours in (30, 3, 2):
        make_delivery(created_at=_ago(hours=hours))
    assert "2 deliveries in the last 24 hours" in _page(client, "?q=last:24h")
    assert "3 deliveries</p>" in _page(client)
    assert "1 delivery in the last 150 minutes" in _page(client, "?q=last:150m")


def test_failures_that_nobody_looked_at_are_told(client: Client) -> None:
    store = make_store()
    make_delivery(store)
    groups = [
        ErrorGroup(store=store, digest=status or "x", outcome="rejected", first_seen_at=NOW, status=status)
        for status in ("open", "acknowledged", "resolved")
    ]
    muted = ErrorGroup(
        store=store, digest="m", outcome="rejected", first_seen_at=NOW, muted_until=NOW + timedelta(hours=1)
    )
    again = ErrorGroup(
        store=store, digest="a", outcome="rejected", first_seen_at=NOW, muted_until=NOW - timedelta(hours=1)
    )
    ErrorGroup.objects.bulk_create([*groups, muted, again])
    assert "2 need a look" in _page(client)


def test_median_and_p95_are_those_of_what_was_answered(client: Client) -> None:
    for duration in [*range(10, 201, 10), None]:
        make_delivery(duration_ms=duration)
    assert _overview(client).durations == (100, 190)
    assert "median 100 ms · p95 190 ms" in _page(client)


def test_nothing_answered_has_no_durations(client: Client) -> None:
    make_delivery(duration_ms=None)
    assert _overview(client).durations is None


def test_facets_count_values_and_write_the_filter(client: Client, rani: Person) -> None:
    batik, kopi = make_store("Toko Batik"), make_store("Kopi Senja")
    make_delivery(batik, by=rani, event_names=["Purchase", "Lead"], status_code=400, outcome="rejected")
    make_delivery(batik, channel="browser")
    make_delivery(kopi, event_names=["Lead"])
    facets = {str(facet.label): facet.values for facet in _overview(client, "?q=last:24h").facets}

    def told(label: str) -> list[tuple[str, str]]:
        return sorted((value.label, value.count) for value in facets[label])

    assert told("Store") == [("Kopi Senja", "1"), ("Toko Batik", "2")]
    assert told("Event") == [("Lead", "2"), ("Purchase", "2")]
    assert told("Status") == [("204", "2"), ("400", "1")]
    assert told("Channel") == [("Browser", "1"), ("Server", "2")]
    assert told("Sent by") == [("A command", "2"), ("Rani Anggraini", "1")]
    urls = {value.label: value.url for values in facets.values() for value in values}
    base = reverse("log") + "?q=last%3A24h"
    assert urls["Toko Batik"] == f"{base}+store%3A%23{batik.pk}"
    assert urls["Lead"] == f"{base}+event%3ALead"
    assert urls["400"] == f"{base}+status%3A400"
    assert urls["Browser"] == f"{base}+channel%3Abrowser"
    assert urls["A command"] == f"{base}+by%3Acommand"
    assert urls["Rani Anggraini"] == f"{base}+by%3A%23{rani.pk}"


def test_a_facet_in_force_is_marked_and_lifts_itself(client: Client) -> None:
    store = make_store("Toko Batik")
    for delivery in (make_delivery(store), make_delivery()):
        search.index(delivery, None)
    facet = _overview(client, f"?store={store.pk}&outcome=accepted").facets[0]
    assert [(value.label, value.is_on) for value in facet.values] == [("Toko Batik", True)]
    assert facet.values[0].url == reverse("log") + "?q=outcome%3Aaccepted"


def test_where_there_are_too_many_to_count_it_says_of_which(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", 3)
    monkeypatch.setattr("events.views.overview_page.CAP", 3)
    for minutes in range(5):
        make_delivery(created_at=_ago(minutes=minutes))
    page = _page(client)
    assert "3+ deliveries" in page
    assert "of the newest 3" in page
    assert _overview(client).chips[0].count == "3+"


def test_only_the_commonest_values_are_listed(client: Client) -> None:
    for number in range(10):
        make_delivery(event_names=[f"Acara{number}"])
    assert "and 2 more" in _page(client)


def test_a_buyers_value_stays_hidden_in_every_link(client: Client) -> None:
    delivery = make_delivery(event_names=["Purchase", "wulan.pertiwi@contoh.id"])
    search.index(delivery, read('{"user_data": {"em": "wulan.pertiwi@contoh.id"}, "events": []}'))
    response = client.get(reverse("log_overview") + "?q=wulan.pertiwi%40contoh.id")
    assert response.status_code == 303
    assert response["Location"].startswith(reverse("log_overview") + "?q=hash%3Aemail.")
    overview = _overview(client, "?" + urlsplit(response["Location"]).query)
    assert overview.total == 1
    urls = [chip.url for chip in overview.chips] + [
        value.url for facet in overview.facets for value in facet.values if value.label != "wulan.pertiwi@contoh.id"
    ]
    assert overview.bars
    urls += [bar.url for bar in overview.bars.bars if bar.url]
    assert all("hash%3Aemail." in url for url in urls)
    assert not any("wulan" in value.url for facet in overview.facets for value in facet.values)


def test_htmx_gets_the_part_that_the_page_holds(client: Client) -> None:
    make_delivery()
    part = client.get(reverse("log_overview"), headers=HTMX)
    assert part.content.decode().strip().startswith('<section id="log-overview"')
    assert 'id="log-summary" class="page-note" hx-swap-oob="true"' in part.content.decode()
    whole = client.get(reverse("log_overview"))
    assert "<!doctype html>" in whole.content.decode()
    assert "hx-swap-oob" not in whole.content.decode()
    for response in (part, whole):
        assert "HX-Request" in response["Vary"]
        assert "no-store" in response["Cache-Control"]


def test_the_log_links_to_it_under_the_same_address_and_counts_nothing_itself(client: Client) -> None:
    make_delivery()
    response = client.get(reverse("log") + "?q=last:24h&outcome=accepted&cursor=older.99999")
    url = reverse("log_overview") + "?q=last%3A24h+outcome%3Aaccepted"
    assert f'<a href="{url}">Counts and timeline</a>' in response.content.decode()
    assert f'hx-get="{url}" hx-trigger="load"' in response.content.decode()
    assert response.context["overview"].found is None


def test_an_untouched_log_has_nothing_to_count(client: Client) -> None:
    assert "log-overview" not in client.get(reverse("log")).content.decode()


def test_it_asks_the_database_a_dozen_times_at_most(client: Client) -> None:
    for _ in range(4):
        make_delivery(by=make_person())
    query = "?q=last:24h&outcome=accepted"
    _page(client, query)  # a first look writes the session, and makes the key of the index
    with CaptureQueriesContext(connection) as queries:
        _page(client, query)
    assert len(queries) <= 12, "\n".join(query["sql"][:230] for query in queries)
    assert not any("events_body" in query["sql"] for query in queries)


def test_strangers_are_sent_to_sign_in() -> None:
    assert reverse("account_login") in Client().get(reverse("log_overview"))["Location"]


def test_it_works_for_every_filter_at_once(client: Client) -> None:
    query = (
        "?q=batik&outcome=rejected&store=1&status=4xx&event=Lead&by=command&channel=server&after=2026-11-23&before=x"
    )
    assert client.get(reverse("log_overview") + query).status_code == 200
    assert "status:4xx" in parse_qs(urlsplit(_overview(client, query).list_url).query)["q"][0]
