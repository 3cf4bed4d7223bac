"""What Scalev refused stands on its field, in its own words, with the way to that field in the form."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_person
from tests.views.exchanges import EMAIL, REFUSED, ZERO, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rani(client: Client) -> None:
    client.force_login(make_person("admin"))


def faults(client: Client, errors: Any, **more: Any) -> list[tuple[str, str]]:
    """Each of them as its text and the field that its button leads to."""
    delivery = make_exchange("rejected", 400, json.dumps({"errors": errors}).encode(), **more)
    page = client.get(f"/log/{delivery.pk}/").content.decode()
    block = page.partition('class="faults"')[2].partition("</form>")[0]
    return [
        (plain(each), (re.findall(r'name="at" value="([^"]*)"', each) or [""])[0]) for each in block.split("<li>")[1:]
    ]


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


@pytest.mark.parametrize(
    ("errors", "words", "at"),
    [
        ({"variants": [{"quantity": ["x"]}]}, "Line 1: Quantity variants[0].quantity", "in-variants-0-quantity"),
        ({"events": [{"event_id": ["x"]}]}, "Event 1: Event ID events[0].event_id", "in-events-0-event_id"),
        ({"user_data.ph": "x"}, "Phone user_data.ph", "in-user_data-ph"),
        ({"user_data": ["x"]}, "Who bought user_data", ""),
        ({"events": ["x"]}, "What happened events", ""),
        ({"variants": ["x"]}, "What was in the cart variants", ""),
        ({"event_source_url": ["x"]}, "Page event_source_url", "in-event_source_url"),
        ({"events": [{"parameters": {"value": "x"}}]}, "Event 1: Value", "in-events-0-parameters-value"),
        ({"events": [{"parameters": {"content_ids": "x"}}]}, "Event 1: Value", "in-events-0-rows-0-value"),
    ],
)
def test_a_place_is_called_as_in_the_composer_and_leads_there(client: Client, errors: Any, words: str, at: str) -> None:
    ((text, field),) = faults(client, errors)

    assert text.startswith(words)
    assert "Scalev: “x”" in text
    assert field == at


def test_what_was_known_before_sending_stands_beside_scalevs_words(client: Client) -> None:
    ((text, _field),) = faults(client, {"variants": [{"quantity": ["too small"]}]}, findings=(ZERO,))

    assert "“too small” Line 1 has quantity 0. Set it to 1, or remove the line." in text


def test_a_place_that_the_form_does_not_know_is_shown_as_it_came(client: Client) -> None:
    ((text, field),) = faults(client, {"variants": [{}, {}, {"colour": ["is unknown"]}], "events": []})

    assert text.startswith("Line 3, colour variants[2].colour")
    assert field == ""


def test_without_any_place_scalevs_words_are_quoted_and_no_list_is_made(client: Client) -> None:
    delivery = make_exchange("rejected", 400, b'{"error": ["Toko ditutup", 7]}')

    page = plain(client.get(f"/log/{delivery.pk}/").content.decode())

    assert "Scalev refused this request: “Toko ditutup”." in page
    assert "What Scalev refused" not in page


def test_of_very_many_a_few_are_shown_and_the_rest_counted(client: Client) -> None:
    delivery = make_exchange(
        "rejected", 400, json.dumps({"errors": {f"variants.{n}.quantity": "x" for n in range(15)}}).encode()
    )

    page = plain(client.get(f"/log/{delivery.pk}/").content.decode())

    assert "7 more stand in its response below." in page


def test_the_button_opens_the_form_at_that_field(client: Client) -> None:
    delivery = make_exchange("rejected", 400, REFUSED)

    answer = client.post(f"/log/{delivery.pk}/correct/", {"at": "in-variants-0-quantity"})

    assert re.fullmatch(r"/compose/[0-9a-f-]{36}/#in-variants-0-quantity", answer.headers["Location"])
    assert 'id="in-variants-0-quantity"' in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize("at", ["in-x y", "https://contoh.id", "in-<b>", "", "in-" + "x" * 300])
def test_an_address_takes_no_other_field(client: Client, at: str) -> None:
    answer = client.post(f"/log/{make_exchange('rejected', 400, REFUSED).pk}/correct/", {"at": at})

    assert "#" not in answer.headers["Location"]


def test_a_buyer_in_scalevs_words_stays_masked(client: Client) -> None:
    ((text, _field),) = faults(client, {"user_data.em": f"{EMAIL} is blocked"})

    assert EMAIL not in text
