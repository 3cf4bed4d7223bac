"""The audit page: newest first, filtered by the URL, paged by key."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.domain.rights import Role
from events.models import AuditEntry, Person
from events.models.audit import Act, record
from events.views.audit import PAGE_SIZE
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rani(client: Client) -> Person:
    person = make_person(name="Rani Anggraini")
    client.force_login(person)
    return person


def _page(client: Client, **asked: Any) -> str:
    response = client.get(reverse("audit"), asked)
    assert response.status_code == 200
    return response.content.decode()


def _targets(page: str) -> list[str]:
    return re.findall(r"Store \d+", page)


def _link(page: str, relation: str) -> dict[str, str]:
    found = re.search(rf'href="\?([^"]*)" rel="{relation}"', page)
    assert found
    return dict(pair.split("=") for pair in found[1].replace("&amp;", "&").split("&"))


def test_an_act_says_who_what_to_what_and_which_fields(client: Client, rani: Person) -> None:
    record(Act.STORE_CHANGED, by=rani, target="Batik Nusantara", url="/stores/1/", fields=["name", "currency"])

    page = _page(client)

    for words in ("Rani Anggraini", "changed a store", "Batik Nusantara", "name, currency", 'href="/stores/1/"'):
        assert words in page


def test_the_newest_comes_first(client: Client, rani: Person) -> None:
    for number in range(3):
        record(Act.STORE_ADDED, by=rani, target=f"Store {number}")

    assert _targets(_page(client)) == ["Store 2", "Store 1", "Store 0"]


def test_what_a_command_did_was_done_by_the_server(client: Client, rani: Person) -> None:
    record(Act.MASTER_KEY_ROTATED, by=None, target="Store 1")

    assert _targets(_page(client, by="server")) == ["Store 1"]
    assert _targets(_page(client, by=rani.pk)) == []


def test_it_is_filtered_by_person_and_act(client: Client, rani: Person) -> None:
    dimas = make_person(Role.ADMIN, name="Dimas Surya")
    record(Act.STORE_ADDED, by=rani, target="Store 1")
    record(Act.STORE_ADDED, by=dimas, target="Store 2")
    record(Act.STORE_CHANGED, by=dimas, target="Store 3")

    assert _targets(_page(client, by=dimas.pk, act=Act.STORE_ADDED)) == ["Store 2"]


@pytest.mark.parametrize("asked", [{"by": "x"}, {"by": "9" * 40}, {"act": "sang"}, {"before": "1'", "act": "sang"}])
def test_a_filter_that_matches_nothing_says_so(client: Client, rani: Person, asked: dict[str, str]) -> None:
    record(Act.STORE_ADDED, by=rani, target="Store 1")

    assert "Nothing like that was done" in _page(client, **asked)


def test_an_empty_record_says_what_will_stand_there(client: Client, rani: Person) -> None:
    assert "Nothing was done yet" in _page(client)


def test_times_stand_in_the_viewers_zone(client: Client, rani: Person) -> None:
    Person.objects.filter(pk=rani.pk).update(zone="Asia/Jayapura")
    entry = record(Act.STORE_ADDED, by=rani, target="Store 1")
    AuditEntry.objects.filter(pk=entry.pk).update(at=datetime(2026, 3, 2, 3, 4, 5, tzinfo=UTC))

    assert "2026-03-02 12:04:05.000 WIT" in _page(client)


def test_pages_lead_to_older_entries_and_back(client: Client, rani: Person) -> None:
    for number in range(PAGE_SIZE * 2 + 5):
        record(Act.STORE_ADDED, by=rani, target=f"Store {number}")

    first = _page(client)
    second = _page(client, **_link(first, "next"))
    third = _page(client, **_link(second, "next"))
    back = _page(client, **_link(third, "prev"))

    seen = _targets(first) + _targets(second) + _targets(third)
    assert seen == [f"Store {number}" for number in reversed(range(PAGE_SIZE * 2 + 5))]
    assert _targets(back) == _targets(second)
    assert 'rel="next"' not in third
    assert 'rel="prev"' not in first


def test_paging_keeps_the_filter(client: Client, rani: Person) -> None:
    for number in range(PAGE_SIZE + 1):
        record(Act.STORE_ADDED, by=rani, target=f"Store {number}")
        record(Act.STORE_CHANGED, by=rani)

    older = _link(_page(client, act=Act.STORE_ADDED), "next")

    assert older["act"] == "store_added"
    assert _targets(_page(client, **older)) == ["Store 0"]


def test_what_stands_in_an_entry_is_shown_as_text(client: Client, rani: Person) -> None:
    record(Act.STORE_ADDED, by=rani, target="<script>alert(1)</script>", reason="<b>why</b>")

    page = _page(client)

    assert "<script>alert" not in page
    assert "<b>why" not in page


def test_the_number_of_queries_does_not_grow(client: Client, rani: Person, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        record(Act.STORE_ADDED, by=make_person(Role.ADMIN), target=f"Store {number}")

    with django_assert_max_num_queries(12):
        _page(client)
