"""A pause in typing redraws remarks where they stand: htmx reports an error for each one that has no place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from events.domain.tree import Object, read
from events.views.drafts import start_draft
from tests.factories import make_delivery, make_person, make_store
from tests.views.form_data import inputs_of

pytestmark = pytest.mark.django_db
PAUSE = {"HX-Request": "true", "HX-Target": "pane"}
EVENT = '{"event_id":"ord-88213","event_name":"Purchase"'
PAYLOADS = [
    f'{{"user_data":{{"em":"wulan.pertiwi@contoh.id","usia":31}},"promo":"lebaran","events":[{EVENT},'
    '"parameters":{"value":189000,"num_items":2}}],"variants":[{"variant_unique_id":"variant_k3R9","quantity":0}]}',
    f'{{"user_data":"wulan","events":[{EVENT}}}]}}',
    f'{{"user_data":{{}},"events":[7,{EVENT},"parameters":[1]}}],"variants":["dua"]}}',
    '{"user_data":{},"events":"banyak","variants":7}',
]


def test_text_that_cannot_be_read_stands_for_nothing_and_is_not_judged(client: Client) -> None:
    person, tree = make_person(role="marketer"), read(PAYLOADS[0])
    assert isinstance(tree, Object)
    client.force_login(person)
    address = f"/compose/{start_draft(person, make_store(), tree, timezone.now()).token}/"
    data = inputs_of(client.post(address, inputs_of(client.get(address)).but({"do": "to-json"})))

    pane = client.post(address, data.but({"raw": "{"}), headers=PAUSE).content.decode().split('<a href="#pane"')[0]

    assert "Nothing yet: what you typed cannot be read as JSON." in pane
    assert "cannot be read as JSON" in pane.split('id="in-raw-remarks"')[1]
    assert "ord-88213" not in pane
    assert pane.count('<li class="finding"') == 1


def test_a_button_that_changes_nothing_says_why(client: Client) -> None:
    lines = ",".join('{"variant_unique_id":"variant_a","quantity":1}' for _ in range(201))
    person, tree = make_person(role="marketer"), read(f'{{"user_data":{{}},"events":[],"variants":[{lines}]}}')
    assert isinstance(tree, Object)
    client.force_login(person)
    address = f"/compose/{start_draft(person, make_store(), tree, timezone.now()).token}/"

    page = client.post(address, inputs_of(client.get(address)).but({"do": "to-form"})).content.decode()

    assert "This is too large for the form: edit it as JSON." in page


@pytest.mark.parametrize("act", ["", "to-json", "as-json:events.0"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_remark_of_a_pause_has_a_place_on_the_page(client: Client, payload: str, act: str) -> None:
    person, tree = make_person(role="marketer"), read(payload)
    assert isinstance(tree, Object)
    draft = start_draft(person, make_store(), tree, timezone.now())
    client.force_login(person)
    address = f"/compose/{draft.token}/"
    page = client.post(address, inputs_of(client.get(address)).but({"do": act}))
    places = set(re.findall(r'id="([^"]+)"', page.content.decode()))

    pause = client.post(address, inputs_of(page).but({"do": ""}), headers=PAUSE)

    moved = set(re.findall(r'id="([^"]+)"[^>]* hx-swap-oob', pause.content.decode()))
    assert "bar-counts" in moved
    assert moved - places == set()


def test_a_pause_that_the_send_overtakes_between_two_reads_is_told_nothing(client: Client) -> None:
    """The last pause in typing was asked after a composition that was on its way: it is neither gone nor an error."""
    person, tree = make_person(role="marketer"), read(PAYLOADS[0])
    assert isinstance(tree, Object)
    draft = start_draft(person, make_store(), tree, timezone.now())
    client.force_login(person)
    typed = inputs_of(client.get(f"/compose/{draft.token}/")).but({"do": ""})
    is_sent = False

    def send_lands_after_the_first_read(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal is_sent
        result = execute(sql, *rest)
        if not is_sent and sql.startswith("SELECT") and ("events_draft" in sql or "events_delivery" in sql):
            is_sent = True
            make_delivery(by=person, form_token=draft.token)
            draft.delete()
        return result

    with connection.execute_wrapper(send_lands_after_the_first_read):
        pause = client.post(f"/compose/{draft.token}/", typed, headers=PAUSE)

    assert is_sent
    assert pause.status_code == 204
