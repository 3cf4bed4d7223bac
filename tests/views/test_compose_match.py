"""The composer shows by what Meta will look for the buyer, and each value as Meta will compare it."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from tests.factories import make_person, make_store
from tests.views.form_data import FormData, inputs_of

pytestmark = pytest.mark.django_db
PAUSE = {"HX-Request": "true", "HX-Target": "pane"}


@pytest.fixture
def form(client: Client) -> tuple[str, FormData]:
    make_store("Toko Batik Nusantara")
    client.force_login(make_person(role="marketer", name="Maya Marketer"))
    response = client.get("/compose/", follow=True)
    return response.redirect_chain[-1][0], inputs_of(response)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_an_empty_form_names_the_first_key_to_add(client: Client, form: tuple[str, FormData]) -> None:
    page = client.get(form[0]).content.decode()

    assert "Add the buyer&#x27;s e-mail: Meta names it first." in page
    assert "An estimate: Meta publishes no weights." in page
    assert "EMQ" not in page


def test_a_pause_in_typing_redraws_picture_and_hashes(client: Client, form: tuple[str, FormData]) -> None:
    url, data = form
    data["user_data.em"] = " Wulan.Pertiwi@contoh.id "

    pause = client.post(url, data, headers=PAUSE).content.decode()

    moved = set(re.findall(r'id="(match-bar|match-next|match-keys|compared)" hx-swap-oob|id="[^"]*"', pause)) - {""}
    assert moved == {"match-bar", "match-next", "match-keys", "compared"}
    assert "E-mail: there" in pause
    assert sha256("wulan.pertiwi@contoh.id") in pause


def test_where_metas_libraries_disagree_both_hashes_stand_with_a_reason(
    client: Client, form: tuple[str, FormData]
) -> None:
    url, data = form

    page = client.post(url, data.but({"user_data.fn": "Siti Aminah", "do": "check"})).content.decode()

    assert sha256("siti aminah") in page
    assert sha256("sitiaminah") in page
    assert "They disagree." in page


def test_a_value_with_a_remark_is_doubtful_in_both(client: Client, form: tuple[str, FormData]) -> None:
    url, data = form

    page = client.post(url, data.but({"user_data.ph": "081290076543", "do": "check"})).content.decode()

    assert "Phone: there, but doubtful" in page
    assert "There is a remark on this value" in page.split('id="compared"')[1]


def test_the_picture_stands_beside_raw_json_too(client: Client, form: tuple[str, FormData]) -> None:
    url, data = form

    page = client.post(url, data.but({"user_data.em": "wulan.pertiwi@contoh.id", "do": "to-json"})).content.decode()

    assert "E-mail: there" in page
    assert sha256("wulan.pertiwi@contoh.id") in page
