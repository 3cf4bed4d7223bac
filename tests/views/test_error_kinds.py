"""What fails alike in several stores is one line of the list, which opens to them; each keeps its own standing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.triage import Step
from events.models import ErrorGroup, Person
from events.views.overview_page import _needing
from tests.factories import make_person, make_store
from tests.groups import make_failure, make_group

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def dimas(client: Client) -> Person:
    person = make_person("support", name="Dimas Surya")
    client.force_login(person)
    return person


def failing(*stores: str, error: str = "Bad gateway") -> list[ErrorGroup]:
    """The same failure in each of these stores, in the first of them last."""
    groups = [make_group(make_store(store), error, outcome="server_error", status=502) for store in stores]
    for number, group in enumerate(groups, start=1):
        make_failure(group, number * HOUR)
    return groups


def lines(client: Client, query: str = "") -> list[str]:
    """The text of each line of the list."""
    body = client.get(f"/log/errors/?{query}").content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", line).split()) for line in body.split("</tr>")[:-1]]


def work(client: Client, step: str, groups: list[ErrorGroup], **more: str) -> Any:
    data = {"step": step, "group": [str(group.pk) for group in groups], **more}
    return client.post("/log/errors/work/", data, follow=True)


def statuses() -> list[str]:
    return list(ErrorGroup.objects.order_by("id").values_list("status", flat=True))


def test_one_failure_in_three_stores_is_one_line_that_counts_them_all(client: Client) -> None:
    groups = failing("Batik", "Kopi", "Herbal")
    make_failure(groups[2], 3 * HOUR)

    (line,) = lines(client)

    assert "3 stores Batik (sandbox) 1 · 1 h ago Kopi (sandbox) 1 · 2 h ago Herbal (sandbox) 2 · 3 h ago" in line
    assert "Open nobody 4" in line
    assert line.endswith("1 h ago")


def test_what_stands_differently_in_a_store_is_a_line_of_its_own(client: Client, dimas: Person) -> None:
    first, *_rest = failing("Batik", "Kopi", "Herbal")
    first.work(Step.ACKNOWLEDGE, by=dimas, now=timezone.now())

    assert ["2 stores" in line for line in lines(client)] == [True, False]
    assert "Batik" in lines(client, "show=acknowledged")[0]


def test_the_chips_and_the_log_count_kinds(client: Client) -> None:
    failing("Batik", "Kopi")
    failing("Herbal", error="Not allowed")

    page = " ".join(re.sub(r"<[^>]*>", " ", client.get("/log/errors/").content.decode()).split())

    assert "All 2 Needs somebody 2" in page
    assert _needing(timezone.now()) == 2


def test_of_one_store_each_line_leads_to_its_group(client: Client) -> None:
    first, _second = failing("Batik", "Kopi")

    page = client.get(f"/log/errors/?store={first.store_id}").content.decode()

    assert f'class="row-link" href="/log/errors/{first.pk}/"' in page
    assert "group-stores" not in page


def test_a_step_is_taken_in_all_of_them_and_written_into_each_history(client: Client, dimas: Person) -> None:
    groups = failing("Batik", "Kopi")

    page = work(client, "resolve", groups, show="needed")

    assert page.redirect_chain == [("/log/errors/?show=needed", 302)]
    assert "Resolved in 2 stores." in page.content.decode()
    assert statuses() == ["resolved", "resolved"]
    assert [group.changes.get().by for group in groups] == [dimas, dimas]


@pytest.mark.parametrize(("step", "number"), [("mute", 0), ("nonsense", 0), ("resolve", 999)])
def test_a_step_that_is_none_changes_nothing(client: Client, step: str, number: int) -> None:
    groups = failing("Batik", "Kopi")

    work(client, step, [*groups, ErrorGroup(pk=number)] if number else groups)

    assert statuses() == ["open", "open"]


def test_who_may_not_work_one_of_them_works_none(client: Client, dimas: Person) -> None:
    maya = make_person("marketer", name="Maya Lestari")
    groups = failing("Batik", "Kopi")
    groups[0].work(Step.TAKE, by=dimas, now=timezone.now())
    client.force_login(maya)

    assert 'value="take"' not in client.get("/log/errors/").content.decode()
    assert work(client, "take", groups).status_code == 403
    assert ErrorGroup.objects.filter(owner=maya).count() == 0
