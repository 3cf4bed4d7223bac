"""What has come to a search while somebody watches it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.domain.tree import read
from events.models import Delivery, search
from events.views.live import SINCE
from events.views.log_page import PAGE_SIZE
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db

ASKED = {"HX-Request": "true", "X-Unattended": "yes"}


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(make_person(name="Rani Anggraini"))


def make_old(**fields: Any) -> Delivery:
    """One that was written long enough ago to be settled."""
    return make_delivery(created_at=timezone.now() - timedelta(minutes=5), **fields)


def make_open(**fields: Any) -> Delivery:
    soon = timezone.now() + timedelta(seconds=25)
    return make_old(outcome="pending", status_code=None, duration_ms=None, lease_until=soon, **fields)


def _ask(client: Client, **asked: Any) -> HttpResponse:
    return client.get(reverse("log_live"), asked, headers=ASKED)  # type: ignore[return-value]


def _rows(answer: HttpResponse) -> list[int]:
    assert answer.status_code == 200
    return [row.pk for row in answer.context["page"].rows]  # type: ignore[attr-defined]


def test_nothing_new_is_an_empty_answer(client: Client) -> None:
    shown = make_old()
    answer = _ask(client, since=shown.pk)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer[SINCE] == str(shown.pk)


def test_what_came_since_is_told_newest_first(client: Client) -> None:
    shown = make_old()
    new = [make_delivery(shown.store).pk for _ in range(3)]
    answer = _ask(client, since=shown.pk)
    assert _rows(answer) == new[::-1]
    assert f'<tr id="row-{new[0]}"' in answer.content.decode()


def test_what_the_page_has_is_not_told_again(client: Client) -> None:
    shown = make_old()
    first, second = make_delivery(shown.store), make_delivery(shown.store)
    assert _rows(_ask(client, since=shown.pk, seen=first.pk)) == [second.pk]
    assert _ask(client, since=shown.pk, seen=f"{first.pk}.{second.pk}").status_code == 204


def test_only_what_the_search_finds_is_told(client: Client) -> None:
    shown = make_old()
    lead, purchase = (make_delivery(shown.store, event_names=[name]) for name in ("Lead", "Purchase"))
    for delivery in (lead, purchase):
        search.index(delivery, read(f'{{"events": [{{"event_name": "{delivery.first_event_name}"}}]}}'))
    assert _rows(_ask(client, since=shown.pk, q="lead")) == [lead.pk]
    assert _rows(_ask(client, since=shown.pk, event="Purchase")) == [purchase.pk]


def test_a_row_that_was_open_is_told_with_its_ending(client: Client) -> None:
    waiting = make_open()
    asked = {"since": waiting.pk, "open": waiting.pk}
    assert _ask(client, **asked).status_code == 204
    Delivery.objects.filter(pk=waiting.pk).update(outcome="rejected", status_code=400)
    answer = _ask(client, **asked)
    assert _rows(answer) == [waiting.pk]
    assert "Refused" in answer.content.decode()


def test_an_ending_that_the_search_asks_for_is_not_missed(client: Client) -> None:
    """While it was open, the row did not match: the mark must not have gone past it meanwhile."""
    old = make_old()
    waiting = make_open()
    make_old(store=old.store)
    since = _ask(client, since=old.pk, outcome="rejected")[SINCE]
    Delivery.objects.filter(pk=waiting.pk).update(outcome="rejected")
    assert _rows(_ask(client, since=since, outcome="rejected")) == [waiting.pk]


def test_a_row_that_was_committed_after_its_successor_is_not_missed(client: Client) -> None:
    old = make_old()
    late = make_delivery(old.store).pk
    Delivery.objects.filter(pk=late).delete()
    quick = make_delivery(old.store)
    since = _ask(client, since=old.pk)[SINCE]
    make_delivery(old.store, pk=late)
    assert _rows(_ask(client, since=since, seen=quick.pk)) == [late]


def test_the_mark_moves_on_with_rows_that_the_search_does_not_find(client: Client) -> None:
    first = make_old()
    others = [make_old(store=first.store).pk for _ in range(3)]
    assert _ask(client, since=first.pk, q="tidakada")[SINCE] == str(others[-1])


def test_the_page_says_where_to_go_on_from(client: Client) -> None:
    shown = make_old()
    search.index(shown, None)
    make_delivery(shown.store)  # not settled yet
    page = client.get(reverse("log") + "?q=purchase&outcome=accepted").content.decode()
    assert f'data-live="{reverse("log_live")}?q=purchase+outcome%3Aaccepted"' in page
    assert f'data-since="{shown.pk}"' in page


def test_where_nothing_was_found_whatever_is_found_later_is_new(client: Client) -> None:
    """A row that was there already, and found its ending after the search was made, is none that she has seen."""
    waiting = make_open()
    page = client.get(reverse("log") + "?outcome=rejected").content.decode()
    since = re.findall(r'data-since="(\d+)"', page)
    Delivery.objects.filter(pk=waiting.pk).update(outcome="rejected")
    assert _rows(_ask(client, since=since[0], outcome="rejected")) == [waiting.pk]


def test_an_older_page_is_not_watched(client: Client) -> None:
    store = make_store()
    newest = [make_old(store=store).pk for _ in range(PAGE_SIZE + 1)][-1]
    older = client.get(f"{reverse('log')}?cursor=older.{newest}").content.decode()
    assert "data-live=" not in older


def test_more_than_a_page_is_cut_and_shows_it(client: Client) -> None:
    store = make_store()
    for _ in range(PAGE_SIZE + 5):
        make_delivery(store)
    assert len(_rows(_ask(client, since=0))) == PAGE_SIZE + 1


@pytest.mark.parametrize("asked", [{"since": "x"}, {"since": "9" * 30}, {"seen": "..a.\x00"}, {"open": "-1.1" * 900}])
def test_nonsense_is_answered_with_nothing(client: Client, asked: dict[str, str]) -> None:
    make_old()
    assert _ask(client, **{"since": Delivery.objects.latest("pk").pk, **asked}).status_code == 204


def test_a_call_whose_lease_has_passed_is_told_as_interrupted(client: Client) -> None:
    waiting = make_open()
    Delivery.objects.filter(pk=waiting.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert "Interrupted" in _ask(client, since=waiting.pk, open=waiting.pk).content.decode()


def test_a_look_is_a_handful_of_queries(client: Client) -> None:
    """Session, person, expired calls, the mark, and the index's own."""
    shown = make_old()
    client.get(reverse("log"))
    with CaptureQueriesContext(connection) as queries:
        assert _ask(client, since=shown.pk).status_code == 204
    assert len(queries) <= 5, [query["sql"] for query in queries]


def test_a_person_who_opens_the_address_finds_the_log(client: Client) -> None:
    assert client.get(reverse("log_live"))["Location"] == reverse("log")
