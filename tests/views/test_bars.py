"""The timeline above the log: bars in the person's zone, links that narrow to them, and the way back out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.models import Person, counting, tally
from events.views.bars import Bar, Bars
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)  # 10:42 in Jakarta
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_a_time() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def rani(client: Client) -> Person:
    person = make_person(name="Rani Anggraini")
    client.force_login(person)
    return person


def _bars(client: Client, query: str = "") -> Bars:
    found = client.get(reverse("log_overview") + query).context["overview"].bars
    assert isinstance(found, Bars)
    return found


def _filled(found: Bars) -> list[Bar]:
    return [bar for bar in found.bars if bar.url]


def _deliver(*ago: timedelta, **fields: object) -> None:
    store = make_store()
    for each in sorted(ago, reverse=True):
        make_delivery(store, created_at=NOW - each, **fields)


def test_a_bar_says_its_time_and_what_it_holds(client: Client) -> None:
    _deliver(50 * timedelta(minutes=1), 51 * timedelta(minutes=1))
    _deliver(52 * timedelta(minutes=1), outcome="rejected")
    (bar,) = _filled(_bars(client, "?q=last:24h"))
    assert bar.label == "Mon 23 Nov, 09:45 to 10:00: 2 accepted, 1 refused"
    assert f'title="{bar.label}"' in client.get(reverse("log_overview") + "?q=last:24h").content.decode()


def test_a_bar_narrows_the_search_to_its_time_and_there_is_a_way_back(client: Client) -> None:
    _deliver(HOUR, 5 * HOUR)
    (_, bar) = _filled(_bars(client, "?q=last:24h&outcome=accepted"))
    base = reverse("log") + "?q=last%3A24h+outcome%3Aaccepted"
    assert bar.url == base.replace("?q=", "?q=after%3A2026-11-23T09%3A30+before%3A2026-11-23T09%3A45+")

    narrowed = "?" + urlsplit(bar.url).query
    assert len(client.get(reverse("log") + narrowed).context["page"].rows) == 1
    assert _bars(client, narrowed).wider_url == base
    assert _bars(client, "?q=last:24h&outcome=accepted").wider_url == ""


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin"])
def test_every_row_of_a_bar_is_found_behind_its_link(client: Client, rani: Person, zone: str) -> None:
    rani.zone = zone
    rani.save()
    _deliver(*(number * timedelta(minutes=17) for number in range(90)))
    for bar in _filled(_bars(client, "?q=last:24h")):
        shown = client.get(bar.url).context["page"].rows
        assert f"{len(shown)} accepted" in bar.label


def test_an_hour_that_comes_twice_is_two_bars(client: Client, rani: Person) -> None:
    rani.zone = "Europe/Berlin"
    rani.save()
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    _deliver(NOW - first, NOW - first - HOUR)
    query = "?after=2026-10-25T01:00&before=2026-10-25T05:00"
    early, late = _filled(_bars(client, query))
    for bar in (early, late):
        assert len(client.get(bar.url).context["page"].rows) == 1
    assert parse_qs(urlsplit(late.url).query)["q"][0].startswith("after:2026-10-25T02:30+01:00 before:")


def test_days_are_those_of_the_person(client: Client) -> None:
    _deliver(timedelta(hours=12), timedelta(days=60))
    bars = _filled(_bars(client))
    assert [bar.label for bar in bars] == ["Thu 24 Sep: 1 accepted", "Sun 22 Nov: 1 accepted"]
    assert (bars[1].after, bars[1].before) == ("2026-11-22T00:00", "2026-11-23T00:00")


def test_times_below_the_bars_name_the_day_where_it_changes(client: Client) -> None:
    _deliver(HOUR)
    marks = _bars(client, "?q=last:24h").marks
    assert [mark.label for mark in marks] == ["Sun 10:30", "16:30", "22:30", "Mon 04:45", "10:45"]
    assert (marks[0].x, marks[-1].x) == (0, 100)


def test_a_bar_is_as_high_as_what_it_holds_failures_on_top(client: Client) -> None:
    _deliver(*[HOUR] * 3)
    _deliver(HOUR, outcome="timed_out")
    _deliver(5 * HOUR)
    low, high = _filled(_bars(client, "?q=last:24h"))
    accepted, failed = high.parts
    assert (accepted.family, failed.family) == ("accepted", "failed")
    assert float(failed.y) + float(failed.height) < float(accepted.y)
    assert float(failed.y) == pytest.approx(0, abs=0.2)
    assert [part.height for part in low.parts] == ["25.0"]
    assert float(low.parts[0].y) == 75.0


def test_what_is_under_way_is_neither(client: Client) -> None:
    _deliver(timedelta(0), outcome="pending", lease_until=NOW + timedelta(seconds=25))
    (bar,) = _filled(_bars(client))
    assert [part.family for part in bar.parts] == ["open"]
    assert bar.label.endswith(": 1 sending")


def test_an_empty_span_says_so(client: Client) -> None:
    _deliver(HOUR)
    query = "?after=2026-11-20&before=2026-11-21"
    assert _bars(client, query).bars == []
    page = client.get(reverse("log_overview") + query).content.decode()
    assert "Nothing was sent in this time" in page
    assert "All times" in page


def test_where_no_time_was_asked_for_none_is_blamed(client: Client) -> None:
    make_delivery()
    page = client.get(reverse("log_overview") + "?q=outcome:interrupted").content.decode()
    assert "Nothing that was sent matches." in page
    assert "in this time" not in page


def test_a_span_that_ends_before_it_begins_is_empty(client: Client) -> None:
    _deliver(HOUR)
    assert _bars(client, "?after=2026-11-23&before=2026-11-22").bars == []


def test_many_are_told_by_the_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", 4)
    _deliver(*(number * HOUR for number in range(9, 2, -1)))
    _deliver(timedelta(minutes=1))
    list(tally.catch_up(NOW))
    bars = _bars(client, "?q=last:12h").bars
    assert len(bars) == 13
    assert sum(bar.url != "" for bar in bars) == 8


def test_in_a_zone_that_is_half_an_hour_off_tallied_bars_begin_with_the_hours_of_the_tallies(
    client: Client, rani: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    rani.zone = "Asia/Kolkata"
    rani.save()
    test_many_are_told_by_the_hour(client, monkeypatch)
    for bar in _filled(_bars(client, "?q=last:12h")):
        assert bar.after.endswith(":30")
        assert len(client.get(bar.url).context["page"].rows) == 1


def test_where_only_the_newest_are_known_the_bars_begin_with_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "CAP", 3)
    _deliver(*(number * HOUR for number in range(40, -1, -1)))
    bars = _bars(client, "?q=last:40h+by:command").bars
    assert bars[0].after == "2026-11-23T08:42"
