"""The columns of the log: each person's own choice and order, kept with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.models import Delivery, Person, Run, Tag
from events.models.log_column import FIRST_COLUMNS, MOST_COLUMNS, LogColumn, log_columns
from tests.factories import make_body, make_delivery, make_person

pytestmark = pytest.mark.django_db

FIRST = [column.value for column in FIRST_COLUMNS]


@pytest.fixture
def rani(client: Client) -> Person:
    person = make_person(Role.SUPPORT)
    client.force_login(person)
    return person


def _press(client: Client, columns: list[str], **pressed: str) -> str:
    return str(client.post(reverse("log_columns"), {"column": columns, **pressed})["Location"])


def _kept(person: Person) -> list[str]:
    return list(Person.objects.get(pk=person.pk).log_columns)


def _heads(client: Client) -> list[str]:
    return re.findall(r'<th scope="col" class="log-(\w+)', client.get(reverse("log")).content.decode())


def _see(client: Client, person: Person, columns: Sequence[str]) -> str:
    Person.objects.filter(pk=person.pk).update(log_columns=columns)
    return client.get(reverse("log")).content.decode()


@pytest.mark.usefixtures("rani")
def test_the_first_ten_are_what_nobody_chose(client: Client) -> None:
    make_delivery()
    assert _heads(client) == FIRST


def test_what_is_ticked_is_shown_in_its_order(client: Client, rani: Person) -> None:
    make_delivery()
    _press(client, ["time", "error", "store", "number"])
    assert _kept(rani) == ["time", "error", "store", "number"]
    assert _heads(client) == ["time", "error", "store", "number"]


def test_a_button_moves_a_column_past_its_neighbour(client: Client, rani: Person) -> None:
    _press(client, ["time", "store", "error"], up="error")
    assert _kept(rani) == ["time", "error", "store"]
    _press(client, ["time", "error", "store"], down="time")
    assert _kept(rani) == ["error", "time", "store"]


@pytest.mark.parametrize("pressed", [{"up": "time"}, {"down": "store"}, {"up": "tidakada"}])
def test_at_an_end_a_button_moves_nothing(client: Client, rani: Person, pressed: dict[str, str]) -> None:
    _press(client, ["time", "store"], **pressed)
    assert _kept(rani) == ["time", "store"]


def test_the_time_stays_since_it_leads_to_the_delivery(client: Client, rani: Person) -> None:
    delivery = make_delivery()
    _press(client, ["store", "error"])
    assert _kept(rani) == ["time", "store", "error"]
    assert f'href="{reverse("delivery", args=[delivery.pk])}"' in client.get(reverse("log")).content.decode()


def test_no_tick_at_all_and_the_reset_are_the_first_ten(client: Client, rani: Person) -> None:
    for columns, pressed in (([], {}), (["time", "error"], {"do": "reset"}), (FIRST, {})):
        _press(client, ["time", "error"])
        _press(client, columns, **pressed)
        assert _kept(rani) == []


def test_no_more_columns_are_kept_than_can_be_read(client: Client, rani: Person) -> None:
    make_delivery()
    _press(client, LogColumn.values)
    assert len(_kept(rani)) == MOST_COLUMNS
    menu = client.get(reverse("log")).context["column_menu"]
    assert [entry.is_fixed for entry in menu.entries if not entry.is_chosen] == [True] * (len(LogColumn) - MOST_COLUMNS)


def test_columns_that_this_version_does_not_know_are_left_out(client: Client, rani: Person) -> None:
    make_delivery()
    _press(client, ["time", "weather", "store", "\x00"])
    assert _kept(rani) == ["time", "store"]
    assert log_columns(["weather", 7, None]) == FIRST_COLUMNS


@pytest.mark.usefixtures("rani")
def test_the_choice_leads_back_to_the_same_search_with_the_menu_open(client: Client) -> None:
    address = _press(client, ["time", "error"], **{"from": "q=lunas&outcome=rejected&cursor=older.7"})
    assert address == reverse("log") + "?q=lunas&outcome=rejected&cursor=older.7&menu=columns"
    assert 'id="columns-menu" open' in client.get(address).content.decode()
    assert 'id="columns-menu" open' not in client.get(reverse("log")).content.decode()


@pytest.mark.usefixtures("rani")
@pytest.mark.parametrize("written", ["https://jahat.example/?q=x", "//jahat.example", "q=%00\r\nX: y"])
def test_the_way_back_never_leaves_the_log(client: Client, written: str) -> None:
    assert _press(client, ["time"], **{"from": written}).startswith(reverse("log") + "?")


def test_a_choice_is_nobody_elses(client: Client, rani: Person) -> None:
    dimas = make_person(name="Dimas Surya")
    _press(client, ["time", "error"])
    assert _kept(dimas) == []


def test_every_column_says_what_it_is_called(client: Client, rani: Person) -> None:
    maya = make_person(name="Maya Lestari")
    delivery = make_delivery(
        by=maya, run=Run.objects.create(name="Rilis kebaya", started_at=timezone.now()), error="quantity: must be 1",
        error_count=2, warning_count=1, request_bytes=1536, event_count=3, environment="sandbox",
    )  # fmt: skip
    Tag.objects.create(delivery=delivery, word="harbolnas", at=timezone.now())
    more = [column for column in LogColumn if column not in FIRST_COLUMNS]
    page = _see(client, rani, more)
    for shown in (
        f">{delivery.pk}<", "quantity: must be 1", "2 errors", "1 warning", "1.5\xa0KB", ">3<", "#harbolnas",
        "Rilis kebaya", '<span class="env-label" data-kind="other">sandbox</span>', f"{delivery.created_at:%Y}, ",
    ):  # fmt: skip
        assert shown in page, shown


@pytest.mark.parametrize("columns", [FIRST, ["time"], ["time", "status"], LogColumn.values[:MOST_COLUMNS], ["store"]])
def test_the_widths_make_a_whole_in_which_the_time_can_be_read(
    client: Client, rani: Person, columns: list[LogColumn]
) -> None:
    make_delivery()
    page = _see(client, rani, columns)
    widths = _widths(page)
    assert list(widths) == [column.value for column in log_columns(columns)]
    assert widths["time"] > 9.5
    assert 99 < sum(widths.values()) < 101


def test_what_is_short_is_cut_for_no_other_column(client: Client, rani: Person) -> None:
    make_delivery()
    more = [*FIRST, "error", "findings"]
    first, many = (_widths(_see(client, rani, columns)) for columns in (FIRST, more))
    for column in ("time", "outcome", "status", "took", "channel"):
        assert many[column] == first[column] >= 5.6
    assert many["store"] < first["store"]


def _widths(page: str) -> dict[str, float]:
    """In percent, by column."""
    return {name: float(width) for name, width in re.findall(r'class="log-(\w+)[^"]*" width="([\d.]+)%"', page)}


def test_a_card_can_tell_what_holds_nothing(client: Client, rani: Person) -> None:
    make_delivery(status_code=None)
    page = _see(client, rani, [LogColumn.STATUS, LogColumn.TAGS])
    assert '<td class="log-status" data-label="Status" data-none>' in page
    assert '<td class="log-tags" data-label="Tags" data-none>' in page


def test_foreign_text_is_text_in_any_column(client: Client, rani: Person) -> None:
    run = Run.objects.create(name="<b>Rilis</b>", started_at=timezone.now())
    delivery = make_delivery(run=run, error='"><script>alert(1)</script>', environment="<i>")
    delivery.keep_buyer("<img src=x>")
    delivery.save()
    page = _see(client, rani, [LogColumn.RUN, LogColumn.ERROR, LogColumn.ENVIRONMENT, LogColumn.BUYER, LogColumn.STORE])
    for raw in ("<b>Rilis", "<script>alert", "<i>", "<img src=x"):
        assert raw not in page


def test_the_buyer_stays_masked_in_every_column(client: Client, rani: Person) -> None:
    delivery = make_delivery()
    make_body(delivery, b'{"user_data": {"em": "sekar.ayu@contoh.id", "ph": "6281355501928"}}', b"ok")
    delivery.keep_buyer("s•••@contoh.id")
    delivery.save()
    page = _see(client, rani, [LogColumn.BUYER, *(column for column in LogColumn if column not in FIRST_COLUMNS)])
    assert "s•••@contoh.id" in page
    assert "sekar" not in page
    assert "5501928" not in page


def test_any_choice_reads_no_body_and_asks_no_more_often_for_more_rows(client: Client, rani: Person) -> None:
    run = Run.objects.create(name="Rilis", started_at=timezone.now())
    client.get(reverse("log"))  # writes when the session was seen
    for columns in ([*FIRST_COLUMNS[:3], *list(LogColumn)[10:]], list(FIRST_COLUMNS)):
        Person.objects.filter(pk=rani.pk).update(log_columns=columns)
        counts = []
        for _ in range(2):
            for row in [make_delivery(by=make_person(), run=run) for _ in range(4)]:
                make_body(row, b'{"user_data": {}}', b"ok")
                Tag.objects.create(delivery=row, word="kebaya", at=timezone.now())
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("log"))
            counts.append(len(queries))
            assert not [made for made in queries if "events_body" in made["sql"]]
        assert counts[0] == counts[1] <= 12


def test_an_export_has_columns_of_its_own(client: Client, rani: Person) -> None:
    make_delivery()
    exported = [b"".join(client.get(f"{reverse('log_export')}?format=csv")) for _ in range(1)]
    Person.objects.filter(pk=rani.pk).update(log_columns=["time", "store"])
    exported.append(b"".join(client.get(f"{reverse('log_export')}?format=csv")))
    assert exported[0] == exported[1]
    assert Delivery.objects.count() == 1
