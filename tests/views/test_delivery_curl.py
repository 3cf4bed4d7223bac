"""The command on a delivery's page: what its reader may see, and a key that only her own shell knows."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.test import Client

from events.models import Delivery
from tests.factories import make_person
from tests.views.exchanges import EMAIL, ORDER, make_exchange
from tests.views.exports import names_buyer

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(client: Client) -> Delivery:
    person = make_person("marketer")
    client.force_login(person)
    return make_exchange(by=person)


def command_of(page: bytes) -> str:
    found = re.search(r'<pre class="code" id="copy-curl"[^>]*>(.*?)</pre>', page.decode(), re.DOTALL)
    return html.unescape(found[1]) if found else ""


def test_it_is_masked_at_first(client: Client, delivery: Delivery) -> None:
    page = client.get(f"/log/{delivery.pk}/").content

    assert "w•••@contoh.id" in command_of(page)
    assert not names_buyer(page)
    assert "for showing, not for sending" in page.decode()


def test_in_clear_it_sends_the_same_bytes(client: Client, delivery: Delivery) -> None:
    command = command_of(client.post(f"/log/{delivery.pk}/show/", {"what": "page"}).content)

    assert f"--data-raw '{ORDER.decode()}'" in command
    assert EMAIL in command


def test_the_key_is_the_readers(client: Client, delivery: Delivery) -> None:
    command = command_of(client.get(f"/log/{delivery.pk}/").content)

    assert '"X-Scalev-Storefront-Api-Key: $SCALEV_STOREFRONT_KEY"' in command
    assert "sfpk_" not in command


def test_a_body_that_is_no_json_has_none_while_it_is_masked(client: Client) -> None:
    client.force_login(make_person("support"))
    page = client.get(f"/log/{make_exchange(request=f'pembeli={EMAIL}'.encode()).pk}/").content

    assert command_of(page) == ""
    assert "the command is there in clear only" in page.decode()


def test_a_long_body_is_downloaded_instead(client: Client) -> None:
    client.force_login(make_person("support"))
    long = json.dumps({"events": [], "user_data": {}, "catatan": "batik " * 20_000}).encode()
    page = client.get(f"/log/{make_exchange(request=long).pk}/").content

    assert command_of(page) == ""
    assert "too long to paste" in page.decode()
