"""A failed delivery's page says how many failed alike, and leads to them."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import make_delivery, make_person, make_store
from tests.groups import make_failure, make_group
from tests.views.exchanges import REFUSED, make_exchange

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _somebody(client: Client) -> None:
    client.force_login(make_person("support"))


def page_of(client: Client, pk: int) -> tuple[str, str]:
    """The page, and its text."""
    page = client.get(f"/log/{pk}/").content.decode()
    return page, " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_it_says_how_many_since_when_and_what_went_through_before(client: Client) -> None:
    group = make_group(make_store())
    accepted = make_delivery(group.store)
    make_failure(group, timedelta(hours=1))
    delivery = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    page, text = page_of(client, delivery.pk)

    assert "2 like this since" in text
    assert "Before the first of them, Scalev last took an event of this store" in text
    assert "Open Nobody has it." in text
    assert f'<a href="/log/{accepted.pk}/">' in page
    assert f'<a href="/log/errors/{group.pk}/">See this error</a>' in page
    assert f'<a href="/log/?q=group%3A{group.pk}">' in page


def test_the_only_one_says_so(client: Client) -> None:
    group = make_group()
    delivery = make_exchange("rejected", 400, REFUSED, store=group.store, group=group)

    page, text = page_of(client, delivery.pk)

    assert "The only one like this" in text
    assert "All of them in the log" not in page


def test_what_was_accepted_has_none(client: Client) -> None:
    page, _text = page_of(client, make_exchange().pk)

    assert "kindred" not in page
