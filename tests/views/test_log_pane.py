"""A delivery beside the list it was found in: one address for both, with and without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.domain.rights import Role
from events.domain.tree import read
from events.models import Delivery, search
from events.views.log_page import PAGE_SIZE
from tests.factories import make_delivery, make_person, make_store
from tests.views.exchanges import EMAIL, make_exchange

pytestmark = pytest.mark.django_db

PANE = {"HX-Request": "true", "HX-Target": "log-pane"}


@pytest.fixture(autouse=True)
def _dimas(client: Client) -> None:
    client.force_login(make_person(Role.SUPPORT, name="Dimas Surya"))


def make_found(name: str = "Purchase") -> Delivery:
    delivery = make_exchange()
    search.index(delivery, read(f'{{"user_data": {{"em": "{EMAIL}"}}, "events": [{{"event_name": "{name}"}}]}}'))
    return delivery


def _page(client: Client, query: str, **headers: str) -> str:
    return client.get(f"{reverse('log')}?{query}", headers=headers).content.decode()


def test_the_page_holds_the_list_and_the_delivery(client: Client) -> None:
    older, opened = make_found(), make_found()
    page = _page(client, f"open={opened.pk}")
    assert f'data-pane="{opened.pk}"' in page
    assert f'<tr id="row-{opened.pk}" data-row="accepted" data-selected>' in page
    assert f'<tr id="row-{older.pk}" data-row="accepted">' in page
    assert page.count("<h1") == 1


def test_rows_and_neighbours_open_beside_the_same_search(client: Client) -> None:
    older, opened = make_found(), make_found()
    make_found("PageView")
    page = _page(client, f"q=purchase&outcome=accepted&open={opened.pk}")
    beside = f"{reverse('log')}?q=purchase+outcome%3Aaccepted&amp;open={older.pk}"
    assert f'class="row-link" href="{beside}"' in page
    assert f'id="older-delivery" href="{beside}" rel="next"' in page
    assert "The newest of this search" in page


def test_the_pane_leads_to_the_whole_page_and_back_to_the_list(client: Client) -> None:
    opened = make_found()
    page = _page(client, f"q=purchase&open={opened.pk}")
    assert f'href="{reverse("delivery", args=[opened.pk])}?from=q%3Dpurchase"' in page
    assert f'href="{reverse("log")}?q=purchase&amp;row={opened.pk}#row-{opened.pk}"' in page


def test_list_and_page_lead_beside_the_list(client: Client) -> None:
    make_found()
    newest = make_found()
    beside = f'href="{reverse("log")}?q=purchase&amp;open={newest.pk}"'
    assert beside in _page(client, "q=purchase")
    assert beside in client.get(f"{reverse('delivery', args=[newest.pk])}?from=q%3Dpurchase").content.decode()


def test_htmx_gets_the_pane_alone_and_the_windows_address(client: Client) -> None:
    opened = make_found()
    answer = client.get(f"{reverse('log')}?q=purchase&open={opened.pk}", headers=PANE)
    assert answer.content.decode().strip().startswith('<section id="log-pane"')
    assert "data-row" not in answer.content.decode()
    assert answer["HX-Push-Url"] == f"{reverse('log')}?q=purchase&open={opened.pk}"


def test_an_address_that_names_a_buyer_is_hidden_here_too(client: Client) -> None:
    opened = make_found()
    answer = client.get(reverse("log"), {"q": EMAIL, "open": str(opened.pk)}, headers=PANE)
    assert answer.status_code == 303
    assert EMAIL.partition("@")[0] not in answer["Location"]


def test_the_buyer_is_masked_and_shown_on_the_whole_page_only(client: Client) -> None:
    opened = make_found()
    page = _page(client, f"open={opened.pk}")
    assert EMAIL not in page
    assert f'action="{reverse("delivery_reveal", args=[opened.pk])}"' in page


def test_an_open_call_is_asked_for_again_within_the_pane(client: Client) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    opened = make_exchange("pending", None, None, lease_until=soon, finished_at=None)
    here = f"{reverse('log')}?open={opened.pk}"
    assert f'hx-get="{here}" hx-trigger="every 2s"' in _page(client, f"open={opened.pk}")
    asking = {**PANE, "HX-Trigger": "delivery"}
    assert client.get(here, headers=asking).status_code == 204
    Delivery.objects.filter(pk=opened.pk).update(outcome="accepted")
    answer = client.get(here, headers=asking)
    assert "Scalev took this event" in answer.content.decode()
    assert "HX-Push-Url" not in answer


def test_a_delivery_on_another_page_of_the_list_brings_that_page(client: Client) -> None:
    store = make_store()
    ids = [make_delivery(store).pk for _ in range(PAGE_SIZE + 5)]
    page = client.get(f"{reverse('log')}?open={ids[2]}").context["page"]
    assert [row.pk for row in page.rows] == [ids[2], ids[1], ids[0]]
    assert page.newer


@pytest.mark.parametrize("written", ["0", "-1", "x", "", "9" * 30, "%00"])
def test_what_is_no_number_opens_nothing(client: Client, written: str) -> None:
    make_found()
    page = client.get(f"{reverse('log')}?open={written}", follow=True)
    assert page.status_code == 200
    assert "log-pane" not in page.content.decode()


def test_a_delivery_that_is_not_there_says_so_beside_the_list(client: Client) -> None:
    make_found()
    page = _page(client, "open=999999")
    assert "There is no delivery with this number" in page
    assert "data-row" in page


def test_choosing_columns_leaves_the_delivery_open(client: Client) -> None:
    opened = make_found()
    assert f'name="from" value="q=purchase&amp;open={opened.pk}"' in _page(client, f"q=purchase&open={opened.pk}")


def test_what_changes_alone_stays_within_its_budget(client: Client) -> None:
    opened = make_found()
    client.get(reverse("log"))  # writes when the session was seen
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{reverse('log')}?open={opened.pk}", headers=PANE)
    assert len(queries) <= 12, "\n".join(made["sql"][:160] for made in queries)
