"""What people left at deliveries, and the runs these belong to, in the log's list and its search."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery, Note, Pin, Run, Tag
from tests.factories import make_delivery, make_person
from tests.views.exchanges import ZERO, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(make_person())


def page(client: Client, query: str = "") -> str:
    return client.get(f"/log/{query}").content.decode()


def row(client: Client, delivery: Delivery) -> str:
    found = re.search(rf'<tr id="row-{delivery.pk}".*?</tr>', page(client), re.DOTALL)
    assert found
    return found[0]


def marked() -> Delivery:
    delivery, now = make_delivery(), timezone.now()
    Pin.objects.create(delivery=delivery, at=now)
    for word in ("lebaran", "cod"):
        Tag.objects.create(delivery=delivery, word=word, at=now)
    note = Note(delivery=delivery, at=now)
    note.keep("Bu Wulan menelepon.")
    note.save()
    return delivery


def test_a_row_says_in_shape_and_word_that_it_is_marked(client: Client) -> None:
    shown = row(client, marked())

    for symbol, word in (("pin", "pinned"), ("tag", "tags: "), ("note", "1 note")):
        assert f'#{symbol}"/>' in shown
        assert f'<span class="visually-hidden">{word}' in shown
    assert {"lebaran", "cod"} <= set(re.findall(r"\w+", shown))
    assert "menelepon" not in shown


def test_a_row_without_marks_says_nothing_of_them(client: Client) -> None:
    assert "row-marks" not in row(client, make_delivery())


def test_a_delivery_of_a_run_names_it_and_leads_to_all_of_it(client: Client) -> None:
    run = Run.objects.create(started_at=timezone.now())

    shown = row(client, make_delivery(run=run))

    assert f'<a class="row-own" href="/log/?q=run:{run.pk}">run {run.pk}</a>' in shown
    assert f'title="command, run {run.pk}"' in shown


def test_the_menu_of_filters_narrows_to_what_is_marked(client: Client) -> None:
    pinned, other = marked(), make_delivery()

    for query in ("?is=pinned", "?is=noted", "?tag=lebaran", "?tag=%23COD&is=pinned"):
        html = page(client, query)
        assert f'id="row-{pinned.pk}"' in html
        assert f'id="row-{other.pk}"' not in html
    assert '<option value="pinned" selected>' in page(client, "?is=pinned")


def test_a_buyers_address_in_the_menus_goes_no_further(client: Client) -> None:
    response = client.get("/log/?tag=wulan.pertiwi%40contoh.id")

    assert "wulan" not in response.headers["Location"]


@pytest.mark.parametrize(
    "entry", ["is:pinned", "is:noted", "is:erased", "tag:", "run:", "group:", "finding:", "tag:lebaran"]
)
def test_the_box_completes_the_filters_and_the_tags_in_use(client: Client, entry: str) -> None:
    marked()

    assert f'<option value="{entry}">' in page(client)


def test_a_finding_leads_to_all_that_have_it(client: Client) -> None:
    delivery = make_exchange("rejected", 400, b"{}", findings=(ZERO,))

    assert 'href="/log/?q=finding:C036"' in client.get(f"/log/{delivery.pk}/").content.decode()


def test_the_page_of_a_delivery_names_its_run(client: Client) -> None:
    run = Run.objects.create(name="Uji Lebaran", started_at=timezone.now())

    html = client.get(f"/log/{make_delivery(run=run).pk}/").content.decode()

    assert f'<a href="/log/?q=run:{run.pk}">run {run.pk}</a> Uji Lebaran' in html
