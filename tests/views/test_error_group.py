"""A group's page: the sentence first, what to do, how often, and the steps of those who may take them."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.triage import State, Step
from events.models import ErrorGroup, Person
from tests.factories import make_delivery, make_person, make_store
from tests.groups import make_failure, make_group
from tests.views.exchanges import EMAIL, PHONE, REFUSED, ZERO, make_exchange

pytestmark = pytest.mark.django_db


def signed_in(client: Client, role: str = "support", name: str = "Dimas Surya") -> Person:
    person = make_person(role, name=name)
    client.force_login(person)
    return person


def address(group: ErrorGroup) -> str:
    return f"/log/errors/{group.pk}/"


def text(client: Client, group: ErrorGroup) -> str:
    page = client.get(address(group)).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def work(client: Client, group: ErrorGroup, step: str, **more: str) -> Any:
    return client.post(f"{address(group)}work/", {"step": step, **more})


def offered(client: Client, group: ErrorGroup) -> set[str]:
    return set(re.findall(r'name="step" value="(\w+)"', client.get(address(group)).content.decode()))


def test_the_page_says_what_happened_and_what_to_do(client: Client) -> None:
    signed_in(client)
    group = make_group()
    make_exchange("rejected", 400, REFUSED, findings=(ZERO,), store=group.store, group=group)

    page = text(client, group)

    assert "Scalev refused this request: line …, quantity “must be greater than …”." in page
    assert "Correct what it names and send again with the same event ID." in page
    assert "Open Nobody has it." in page


def test_a_name_of_the_wire_is_code_on_the_page_and_plain_in_its_title(client: Client) -> None:
    signed_in(client)

    page = client.get(address(make_group())).content.decode()

    assert "`" not in page.split("</nav>")[0] + page.split('id="facts-title"')[1]
    assert "<dd>line …, <code>quantity</code>" in page
    assert re.search(r"<title>[^<]*line …, quantity “must be", page)


def test_it_says_how_often_since_when_and_what_went_through_before(client: Client) -> None:
    signed_in(client)
    group = make_group(make_store())
    accepted = make_delivery(group.store)
    for _ in range(2):
        make_failure(group)

    page = client.get(address(group)).content.decode()

    assert '<strong class="group-figure">2</strong> since' in page
    assert f'Scalev took an event of this store <a href="/log/{accepted.pk}/">' in page


def test_its_newest_deliveries_are_listed_with_the_buyer_masked(client: Client) -> None:
    signed_in(client)
    group = make_group()
    delivery = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    page = client.get(address(group)).content.decode()

    assert f'href="/log/{delivery.pk}/?from=q%3Dgroup%253A{group.pk}"' in page
    assert "ord-88212-Purchase" in page
    assert EMAIL not in page
    assert PHONE not in page


@pytest.mark.parametrize("failures", [2, 11])
def test_the_page_asks_the_database_little(client: Client, django_assert_max_num_queries: Any, failures: int) -> None:
    signed_in(client)
    group = make_group()
    for _ in range(failures):
        make_exchange("rejected", 400, REFUSED, store=group.store, group=group)
    client.get("/log/")  # writes when the session was seen

    with django_assert_max_num_queries(12):
        client.get(address(group))


def test_the_log_and_each_bar_lead_to_its_deliveries(client: Client) -> None:
    signed_in(client)
    group = make_group()
    failure = make_failure(group)
    make_failure(make_group())

    links = re.findall(r'href="(/log/\?q=group[^"]*)"', client.get(address(group)).content.decode())

    assert {unquote(link).partition("+")[0] for link in links} == {f"/log/?q=group:{group.pk}"}
    assert len(links) == 3
    for link in links:
        assert f'id="row-{failure.pk}"' in client.get(html.unescape(link)).content.decode()


def test_each_step_is_taken_and_told(client: Client) -> None:
    dimas, group = signed_in(client), make_group()
    make_failure(group)

    for step in ("take", "acknowledge", "resolve"):
        assert work(client, group, step).headers["Location"] == address(group)

    page = text(client, group)
    group.refresh_from_db()
    assert (group.owner, group.status) == (dimas, "resolved")
    assert "Resolved Dimas Surya has it." in page
    assert page.index("resolved it") < page.index("acknowledged it") < page.index("took it")
    assert offered(client, group) == {"reopen", "let_go"}


@pytest.mark.parametrize(("span", "least", "most"), [("hour", 1, 1), ("tomorrow", 1, 33), ("week", 168, 168)])
def test_a_mute_lasts_as_long_as_it_says(client: Client, span: str, least: int, most: int) -> None:
    signed_in(client)
    group = make_group()
    make_failure(group)

    work(client, group, "mute", span=span)

    group.refresh_from_db()
    assert group.muted_until
    hours = (group.muted_until - timezone.now()) / timedelta(hours=1)
    assert least - 0.1 < hours < most + 0.1
    assert group.state(timezone.now(), timezone.now()) is State.MUTED


def test_a_mute_until_a_day_ends_on_its_morning(client: Client) -> None:
    signed_in(client)
    group = make_group()
    make_failure(group)
    day = timezone.localdate() + timedelta(days=3)

    work(client, group, "mute", span="date", day=day.isoformat())

    group.refresh_from_db()
    assert group.muted_until
    assert f"{timezone.localtime(group.muted_until):%Y-%m-%d %H:%M}" == f"{day} 08:00"


@pytest.mark.parametrize("day", ["", "2020-01-01", "2990-01-01", "tomorrow"])
def test_a_day_that_will_not_do_is_said_beside_the_field(client: Client, day: str) -> None:
    signed_in(client)
    group = make_group()

    response = work(client, group, "mute", span="date", day=day)

    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in page
    assert f'value="{day}"' in page or not day
    assert not group.changes.exists()


def test_what_was_resolved_and_failed_again_says_that_it_came_back(client: Client) -> None:
    dimas, group = signed_in(client), make_group()
    group.work(Step.RESOLVE, by=dimas, now=timezone.now() - timedelta(hours=1))

    make_failure(group)

    assert "Came back" in text(client, group)
    assert "has failed again since" in text(client, group)
    assert {"acknowledge", "resolve", "mute"} < offered(client, group)


def test_a_marketer_takes_what_nobody_has_and_works_what_is_hers(client: Client) -> None:
    maya, group = signed_in(client, "marketer"), make_group()
    make_failure(group)
    assert offered(client, group) == {"take"}
    assert work(client, group, "resolve").status_code == 403

    work(client, group, "take")

    assert "resolve" in offered(client, group)
    assert work(client, group, "resolve").status_code == 302
    group.refresh_from_db()
    assert (group.owner, group.status) == (maya, "resolved")


def test_a_marketer_leaves_alone_what_somebody_else_has(client: Client) -> None:
    group = make_group()
    make_failure(group)
    group.work(Step.TAKE, by=make_person("support"), now=timezone.now())
    signed_in(client, "marketer")

    assert offered(client, group) == set()
    for step in Step:
        assert work(client, group, step).status_code == 403
    assert group.changes.count() == 1


@pytest.mark.parametrize("step", ["", "explode"])
def test_a_step_that_there_is_not_changes_nothing(client: Client, step: str) -> None:
    signed_in(client)
    group = make_group()

    assert work(client, group, step).status_code == 422
    assert not group.changes.exists()


def test_a_group_whose_deliveries_are_gone_still_has_its_page(client: Client) -> None:
    signed_in(client)

    assert "None of its deliveries is kept any more." in text(client, make_group())


def test_what_there_is_not_is_not_found(client: Client) -> None:
    signed_in(client)

    for response in (client.get("/log/errors/999999/"), client.post("/log/errors/999999/work/", {"step": "take"})):
        assert response.status_code == 404
        assert "No such error" in response.content.decode()
