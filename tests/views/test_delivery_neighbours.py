"""From one delivery to the next of the same search, newer and older, without going back to the list."""

from __future__ import annotations

import itertools
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.urls import reverse

from events.domain.query import parse
from events.domain.rights import Role
from events.domain.tree import read
from events.forms.log import Address
from events.models import Delivery, search
from events.models.log_column import FIRST_COLUMNS
from events.views import log_page
from tests.factories import make_delivery, make_person, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _dimas(client: Client) -> None:
    client.force_login(make_person(Role.SUPPORT, name="Dimas Surya"))


def make_found(name: str = "Purchase", email: str = "wulan@contoh.id", **fields: object) -> Delivery:
    delivery = make_delivery(**fields)  # type: ignore[arg-type]
    search.index(delivery, read(f'{{"user_data": {{"em": "{email}"}}, "events": [{{"event_name": "{name}"}}]}}'))
    return delivery


def _page(client: Client, delivery: Delivery, query: str = "") -> dict[str, str]:
    """Where the links to its neighbours lead, and which end of the search it says this is."""
    found = client.get(f"{reverse('delivery', args=[delivery.pk])}?from={quote(query)}").context["neighbours"]
    return {"newer": found.newer, "older": found.older, "place": found.place}


def _url(delivery: Delivery, query: str) -> str:
    return f"{reverse('delivery', args=[delivery.pk])}?from={quote(query)}"


def test_the_neighbours_are_those_of_the_search(client: Client) -> None:
    store = make_store()
    oldest, _other, middle, newest = (
        make_found(name, store=store) for name in ("Purchase", "PageView", "Purchase", "Purchase")
    )
    found = _page(client, middle, "q=purchase")
    assert (found["newer"], found["older"]) == (_url(newest, "q=purchase"), _url(oldest, "q=purchase"))
    page = client.get(_url(middle, "q=purchase")).content.decode()
    assert f'href="{_url(newest, "q=purchase")}" rel="prev"' in page
    assert f'href="{_url(oldest, "q=purchase")}" rel="next"' in page


@pytest.mark.parametrize(
    ("query", "words"), [("q=purchase", "of this search"), ("", "in the log"), ("cursor=older.7", "in the log")]
)
def test_the_ends_say_so(client: Client, query: str, words: str) -> None:
    only = make_found()
    assert _page(client, only, query) == {"newer": "", "older": "", "place": f"The only one {words}"}
    newest = make_found()
    assert _page(client, newest, query)["place"] == f"The newest {words}"
    assert _page(client, only, query)["place"] == f"The oldest {words}"
    page = client.get(f"{reverse('delivery', args=[newest.pk])}?from={quote(query)}").content.decode()
    assert f"The newest {words}" in page
    assert 'id="newer-delivery" role="link" aria-disabled="true"' in page


def test_between_the_ends_nothing_is_said(client: Client) -> None:
    _older, middle, _newer = (make_found() for _ in range(3))
    assert _page(client, middle)["place"] == ""


def test_filters_and_the_page_of_the_list_come_along(client: Client) -> None:
    refused, _accepted, middle = (make_found(outcome=each) for each in ("rejected", "accepted", "rejected"))
    query = "outcome=rejected&cursor=older.99"
    assert _page(client, middle, query)["older"] == _url(refused, query)


def test_a_search_for_a_buyer_is_walked_by_her_hidden_value(client: Client) -> None:
    first, _other, last = (
        make_found(email=email) for email in ("wulan@contoh.id", "sekar@contoh.id", "wulan@contoh.id")
    )
    address = client.post(reverse("log_search"), {"q": "wulan@contoh.id"})["Location"]
    found = _page(client, last, address.partition("?")[2])
    assert f"/{first.pk}/" in found["older"]
    assert "wulan" not in unquote(found["older"])


def test_a_delivery_that_the_search_does_not_find_has_neighbours_all_the_same(client: Client) -> None:
    older, other, newer = (make_found(name) for name in ("Purchase", "PageView", "Purchase"))
    assert search.neighbours(parse("purchase"), other.pk) == (newer.pk, older.pk)


def test_both_sides_are_one_query(django_assert_num_queries: Any) -> None:
    older, newer = make_found(), make_found()
    with django_assert_num_queries(1):
        assert search.neighbours(parse(""), newer.pk) == (None, older.pk)


def test_what_a_list_says_of_neighbours_is_what_the_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_page, "PAGE_SIZE", 3)
    pks, asked = [make_found(name).pk for name in ("Purchase", "PageView") * 5], parse("purchase")

    for cursor in ("", *(f"{side}.{pk}" for side in ("older", "newer") for pk in pks)):
        page = log_page.page_with(Address(asked, cursor), FIRST_COLUMNS)
        for row in page.rows:
            assert page.around(row.pk) in (None, search.neighbours(asked, row.pk))
        assert None not in [page.around(row.pk) for row in page.rows[1:-1]]
        assert page.around(pks[1]) is None


@pytest.mark.parametrize("query", ["", "q=purchase", "q=store:tidakada", "outcome=accepted", "q=last:1h", "q=hash:x"])
def test_the_walk_finds_what_the_list_finds(client: Client, query: str) -> None:
    for name in ("Purchase", "PageView") * 3:
        make_found(name)
    asked = parse(query.removeprefix("q=").replace("=", ":"))
    listed = list(search.matching(Delivery.objects.all(), asked).values_list("pk", flat=True))
    walked, at = [], search.neighbours(asked, 10**17)[1]
    while at is not None:
        walked.append(at)
        at = search.neighbours(asked, at)[1]
    assert walked == listed
    for newer, older in itertools.pairwise(listed):
        assert search.neighbours(asked, older)[0] == newer


@pytest.mark.parametrize("written", ["q=%00", "q=%ED%A0%80", "outcome=baik&store=x", "open=7&row=8", "q=" + "a" * 5000])
def test_a_search_that_nobody_wrote_breaks_no_page(client: Client, written: str) -> None:
    delivery = make_found()
    assert client.get(f"{reverse('delivery', args=[delivery.pk])}?from={quote(written)}").status_code == 200


def test_the_address_to_hand_on_is_the_deliverys_own(client: Client) -> None:
    delivery = make_found()
    page = client.get(_url(delivery, "q=purchase")).content.decode()
    own = reverse("delivery", args=[delivery.pk])
    assert f'id="permalink" href="{own}">http://testserver{own}</a>' in page
    assert 'data-copy="#permalink"' in page
