"""Any two deliveries: chosen on the page of one of them, and compared in everything that was sent and came back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Delivery, Person
from tests.factories import make_person
from tests.views.exchanges import EMAIL, GOOD, PHONE, REFUSED, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maya(client: Client) -> Person:
    person = make_person(role="support", name="Maya Lestari")
    client.force_login(person)
    return person


def choose(client: Client, delivery: Delivery, other: str) -> Any:
    return client.post(f"/log/{delivery.pk}/compare/", {"other": other})


def compared(client: Client, one: Delivery, two: Delivery) -> dict[str, dict[str, tuple[bool, list[str]]]]:
    """Of each part of the comparison the rows: whether one is marked, and its two cells."""
    html = client.get(f"/log/{one.pk}/beside/{two.pk}/").content.decode()
    parts: dict[str, dict[str, tuple[bool, list[str]]]] = {}
    for part in html.partition("<tbody>")[2].partition("</table>")[0].split("<tbody>"):
        title = re.findall(r'scope="rowgroup">([^<]+)<', part)[0]
        rows = re.findall(r'<tr( data-selected)?>\s*<th scope="row"[^>]*>([^<]+?)\s*<(.*?)</tr>', part, re.DOTALL)
        parts[title] = {
            name: (bool(mark), re.findall(r"<td.*?<span[^>]*>(.*?)</span>", cells, re.DOTALL))
            for mark, name, cells in rows
        }
    return parts


@pytest.mark.parametrize(
    "written", ["{}", " #{} ", "http://testserver/log/{}/", "/log/{}/?from=q%3Dx", "/log/?q=x&open={}"]
)
def test_another_is_chosen_by_its_number_or_by_a_link(client: Client, written: str) -> None:
    one, two = make_exchange(), make_exchange()

    response = choose(client, one, written.format(two.pk))

    assert response.headers["Location"] == f"/log/{one.pk}/beside/{two.pk}/"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "Write the number of a delivery, or paste its link."),
        (EMAIL, "Write the number of a delivery, or paste its link."),
        ("/log/errors/3/", "Write the number of a delivery, or paste its link."),
        ("4711999", "There is no delivery 4711999."),
        ("{here}", "This is the delivery that you look at."),
    ],
)
def test_what_names_no_other_delivery_is_said_beside_the_field(client: Client, written: str, words: str) -> None:
    one = make_exchange()

    response = choose(client, one, written.format(here=one.pk))
    form = response.content.decode().partition(f'id="compare-{one.pk}"')[2].partition("</details>")[0]

    assert response.status_code == 422
    assert words in form
    assert " open>" in form


def test_the_page_offers_it_in_a_form(client: Client) -> None:
    one = make_exchange()

    assert f'action="/log/{one.pk}/compare/"' in client.get(f"/log/{one.pk}/").content.decode()
    assert client.get(f"/log/{one.pk}/compare/").headers["Location"] == f"/log/{one.pk}/"
    assert choose(client, Delivery(pk=4711), "1").status_code == 404


def test_two_buyers_are_told_apart_under_masks_that_look_alike(client: Client) -> None:
    other = GOOD.replace(EMAIL.encode(), b"wati@contoh.id").replace(PHONE.encode(), b"6281290079543")
    one, two = make_exchange(request=GOOD), make_exchange(request=other)

    rows = compared(client, one, two)["Where the requests differ"]

    assert rows["user_data.em"] == (True, ["&quot;w•••@contoh.id&quot;"] * 2)
    assert rows["user_data.ph"] == (True, ["&quot;+62 812 ••• 543&quot;"] * 2)


def test_ids_are_compared_too(client: Client) -> None:
    one, two = make_exchange(request=GOOD), make_exchange(request=GOOD.replace(b"ord-88212", b"ord-88213"))

    assert "events[0].event_id" in compared(client, one, two)["Where the requests differ"]


def test_that_more_differs_than_is_shown_is_said(client: Client) -> None:
    keys = ",".join(f'"key{number}":{number}' for number in range(60))
    one, two = make_exchange(request=b"{}"), make_exchange(request=f"{{{keys}}}".encode())

    rows = compared(client, one, two)["Where the requests differ"]

    assert len(rows) == 31
    assert "and 30 more" in rows


def test_two_answers_are_compared_place_by_place(client: Client) -> None:
    one = make_exchange("rejected", 400, REFUSED)
    two = make_exchange("rejected", 400, REFUSED.replace(b"greater than 0", b"an integer"))

    rows = compared(client, one, two)["Where the responses differ"]

    assert list(rows) == ["errors.variants[0].quantity[0]"]


def test_two_texts_are_shown_as_they_are(client: Client) -> None:
    one, two = (make_exchange("server_error", 502, text) for text in (b"Bad gateway", f"{EMAIL} is odd".encode()))

    rows = compared(client, one, two)["Where the responses differ"]

    assert rows == {"The whole body": (True, ["&quot;Bad gateway&quot;", "&quot;w•••@contoh.id is odd&quot;"])}


def test_all_headers_that_were_sent_are_compared_with_the_key_hidden(client: Client) -> None:
    headers = [["Content-Type", "application/json"], ["X-Scalev-Storefront-Api-Key", "sfpk_TokoBatik88213"]]
    one = make_exchange(facts={"request_headers": [*headers, ["User-Agent", "A"]]})
    two = make_exchange(facts={"request_headers": [["Content-Type", "text/plain"], *headers[1:]]})

    rows = compared(client, one, two)["Headers of the request"]

    assert rows["content-type"] == (True, ["application/json", "text/plain"])
    assert rows["x-scalev-storefront-api-key"] == (False, ["sfpk_•••"] * 2)
    assert "user-agent" not in rows
