"""The list of error groups: who needs somebody first, narrowed by state, store and owner."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.triage import Step
from events.models import ErrorGroup, Person
from tests.factories import make_person, make_store
from tests.groups import make_failure, make_group

pytestmark = pytest.mark.django_db

LIST = "/log/errors/"
HOUR = timedelta(hours=1)


@pytest.fixture
def dimas(client: Client) -> Person:
    person = make_person("support", name="Dimas Surya")
    client.force_login(person)
    return person


def make(error: str, ago: timedelta = HOUR, step: Step | None = None, by: Person | None = None) -> ErrorGroup:
    """A group that failed so long ago, and then was moved by a step."""
    group = make_group(error=error)
    make_failure(group, ago)
    if step:
        until = timezone.now() + HOUR
        group.work(step, by=by or make_person("support"), now=timezone.now(), until=until)
    return group


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{LIST}?{query}").content.decode()
    return re.findall(r'class="row-link" href="[^"]*">([^<]*)</a>', page)


def text(client: Client, query: str = "") -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", client.get(f"{LIST}?{query}").content.decode()).split())


def test_what_needs_somebody_comes_first(client: Client, dimas: Person) -> None:
    make("ignored", timedelta(), Step.IGNORE)
    make("muted", timedelta(), Step.MUTE)
    make("resolved", HOUR, Step.RESOLVE)
    make("known", timedelta(), Step.ACKNOWLEDGE)
    make("open, somebody's", HOUR, Step.TAKE)
    make("open, longer ago", 3 * HOUR)
    make("open", 2 * HOUR)
    back = make("came back", HOUR, Step.RESOLVE)
    ErrorGroup.objects.filter(pk=back.pk).update(changed_at=timezone.now() - 2 * HOUR)

    assert [each.lower() for each in shown(client)] == [
        "came back", "open", "open, longer ago", "open, somebody&#x27;s", "known", "muted", "resolved", "ignored",
    ]  # fmt: skip


def test_a_state_is_chosen_and_each_says_how_many_there_are(client: Client, dimas: Person) -> None:
    make("open")
    make("known", step=Step.ACKNOWLEDGE)
    make("resolved", step=Step.RESOLVE)

    assert shown(client, "show=acknowledged") == ["Known"]
    assert shown(client, "show=needed") == ["Open"]
    assert "All 3 Needs somebody 1 Mine 0 Acknowledged 1 Muted 0 Resolved 1 Ignored 0" in text(client)


def test_mine_are_those_that_i_have(client: Client, dimas: Person) -> None:
    make("mine", step=Step.TAKE, by=dimas)
    make("theirs", step=Step.TAKE)
    make("nobody's")

    assert shown(client, "show=mine") == ["Mine"]


def test_a_store_is_chosen_and_the_state_stays(client: Client, dimas: Person) -> None:
    one, other = make_store("Batik Nusantara"), make_store("Kopi Senja")
    for store in (one, other):
        make_failure(make_group(store))

    page = client.get(f"{LIST}?show=needed&store={other.pk}").content.decode()

    assert page.count("row-link") == 1
    assert f'<option value="{other.pk}" selected>Kopi Senja</option>' in page
    assert 'name="show" value="needed"' in page


def test_a_line_says_what_where_and_how_often(client: Client, dimas: Person) -> None:
    group = make_group(make_store("Batik Nusantara"))
    for _ in range(3):
        make_failure(group, 2 * HOUR)

    page = text(client)

    assert "Line …, quantity “must be greater than …” Refused 400 Batik Nusantara" in page
    assert "Open nobody 3" in page
    assert "2 h ago" in page


def test_foreign_words_are_text(client: Client, dimas: Person) -> None:
    make("<script>alert()</script> is odd")

    page = client.get(LIST).content.decode()

    assert "&lt;script&gt;alert()&lt;/script&gt; is odd" in page
    assert "<script>alert" not in page


def test_more_than_a_page_has_a_next_one(client: Client, dimas: Person) -> None:
    store = make_store()
    for number in range(31):
        make_failure(make_group(store, f"fault {'abcdefghijklmnopqrstuvwxyz'[number % 26] * (number // 26 + 1)}"))

    assert len(shown(client)) == 30
    assert 'href="/log/errors/?page=2"' in client.get(LIST).content.decode()
    assert len(shown(client, "page=2")) == 1


def test_nothing_yet_and_nothing_here_are_two_things(client: Client, dimas: Person) -> None:
    assert "No errors" in text(client)
    make("open")
    assert "No error group is in this state." in text(client, "show=ignored")


@pytest.mark.parametrize("query", ["show=nonsense", "store=x", "store=999999999999", "page=0", "page=99", "page=²"])
def test_an_address_that_says_nothing_is_no_error(client: Client, dimas: Person, query: str) -> None:
    make("open")

    assert client.get(f"{LIST}?{query}").status_code == 200


def test_the_list_takes_the_same_few_queries_for_any_number_of_groups(
    client: Client, dimas: Person, django_assert_max_num_queries: Any
) -> None:
    for word in ("one", "two", "three", "four"):
        make(f"fault {word}")

    client.get(LIST)  # a session's first page writes to it

    with django_assert_max_num_queries(12):
        client.get(LIST)
