"""Words that say something of a buyer are offered as what they are: only where that finds her, and hidden."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from events.domain.rights import Role
from events.models import Person
from tests.factories import make_person
from tests.views.test_log_search import found, make_found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rani(client: Client) -> Person:
    person = make_person(Role.SUPPORT, name="Rani Anggraini")
    client.force_login(person)
    return person


def test_a_word_that_finds_nothing_is_offered_as_a_name(client: Client) -> None:
    delivery = make_found()
    chips = client.get(reverse("log") + "?q=wulan").context["page"].offers
    assert [chip.label for chip in chips] == ["name:wulan", "email:wulan"]
    chip = chips[0]
    assert "wulan" not in chip.url
    assert found(client, chip.url) == [delivery.pk]


@pytest.mark.parametrize(("typed", "label"), [("6543", "phone:6543"), ("contoh.id", "email:contoh.id")])
def test_digits_and_domains_are_offered_as_what_they_are(client: Client, typed: str, label: str) -> None:
    hers = make_found()
    others = [make_found(f'{{"events": [{{"event_id": "ord-{typed}-{n}", "event_name": "Lead"}}]}}') for n in range(4)]
    answer = client.get(reverse("log"), {"q": typed})
    (chip,) = answer.context["page"].offers
    assert chip.label == label
    assert typed not in unquote(chip.url)
    assert found(client, chip.url) == [hers.pk]
    assert label in answer.content.decode()
    assert len(found(client, f"{reverse('log')}?q={typed}")) == len(others)


def test_what_no_buyer_has_is_not_offered(client: Client) -> None:
    make_found()
    for typed in ("lunas", "4593", "-wulan", "purchase"):
        assert client.get(reverse("log"), {"q": typed}).context["page"].offers == []
