"""Each time an event was sent, as a timeline on the delivery's page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery
from tests.factories import make_delivery, make_person, make_store
from tests.views.exchanges import make_exchange

pytestmark = pytest.mark.django_db
START = timezone.now() - timedelta(days=5)


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(make_person())


def timeline(client: Client, delivery: Delivery) -> str:
    html = client.get(f"/log/{delivery.pk}/").content.decode()
    found = re.search(r'<ol class="card-body timeline">.*?</ol>', html, re.DOTALL)
    return " ".join(re.sub(r"<(?!a |li )[^>]+>", "", found[0]).split()) if found else ""


def test_what_was_sent_once_has_no_timeline(client: Client) -> None:
    assert timeline(client, make_exchange()) == ""


def test_each_resend_stands_with_its_outcome_who_channel_and_how_long_after_the_one_before(client: Client) -> None:
    first = make_exchange("timed_out", None, b"", created_at=START)
    dimas = make_person(role="support", name="Dimas Surya")
    again = make_exchange(store=first.store, by=dimas, resend_of=first, created_at=START + timedelta(hours=3))

    shown = timeline(client, again)

    assert shown.index("Timed out") < shown.index("Accepted")
    assert "Sent first · Server · command line" in shown
    assert "Resent · Server · Dimas Surya" in shown
    assert "3 hours after the one before" in shown
    assert f'href="/log/{first.pk}/"' in shown
    assert f'href="/log/{again.pk}/"' not in shown
    assert re.search(rf'<li data-tone="ok" aria-current="true"> Accepted Delivery {again.pk} this one', shown)


def test_twins_and_their_resends_stand_in_the_timeline_of_both_channels(client: Client) -> None:
    server = make_exchange(created_at=START)
    store = server.store
    browser = make_exchange(store=store, channel="browser", twin_of=server, created_at=START + timedelta(seconds=2))
    again = make_exchange(store=store, channel="browser", resend_of=browser, created_at=START + timedelta(minutes=9))

    for here in (server, browser, again):
        shown = timeline(client, here)
        found = re.findall(r"Delivery (\d+)", shown)
        assert [int(pk) for pk in found] == [server.pk, browser.pk, again.pk]
        assert "Sent on the other channel, too · Browser" in shown
        assert "2 seconds after the one before" in shown


def test_a_family_of_500_stays_short_and_leads_to_the_rest(client: Client, django_assert_max_num_queries: Any) -> None:
    store = make_store()
    first = make_delivery(store, event_ids=["ord-88212-Purchase"])
    many = [make_delivery(store, resend_of=first) for _number in range(30)]

    client.get("/log/")  # writes when the session was seen

    with django_assert_max_num_queries(12):
        shown = timeline(client, many[15])

    assert shown.count("<li") < 16
    assert "31" in client.get(f"/log/{first.pk}/").content.decode()
    assert f"Delivery {many[15].pk} this one" in shown
    for number in (first.pk, many[14].pk, many[16].pk, many[-1].pk):
        assert f"Delivery {number} " in shown
    # 31 less those that are drawn: the first two, three around this one, the last six.
    gaps = [int(number) for number in re.findall(r">(\d+) more", shown)]
    assert sum(gaps) == 31 - 11
    assert f"/log/?q=id%3A{many[15].event_ids[0]}" in shown


@pytest.mark.parametrize(("hours", "is_said"), [(1, False), (49, True)])
def test_what_meta_may_count_twice_is_said_only_after_its_48_hours(client: Client, hours: int, is_said: bool) -> None:
    first = make_exchange(created_at=START)
    again = make_exchange(store=first.store, resend_of=first, created_at=START + timedelta(hours=hours))

    assert ("only within 48 hours" in timeline(client, again)) is is_said


def test_that_it_may_count_twice_is_said_where_that_begins_and_of_the_one_that_is_looked_at(client: Client) -> None:
    first = make_exchange(created_at=START)
    late = [
        make_exchange(store=first.store, resend_of=first, created_at=START + timedelta(hours=49 + number))
        for number in range(4)
    ]

    assert timeline(client, first).count("only within 48 hours") == 1
    assert timeline(client, late[0]).count("only within 48 hours") == 1
    assert timeline(client, late[2]).count("only within 48 hours") == 2
