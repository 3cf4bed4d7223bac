"""The list of findings: each code that a page names leads here."""

from __future__ import annotations

import pytest
from django.test import Client

from events.domain.rights import Role
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def page(client: Client, question: str = "", **headers: str) -> str:
    return client.get("/findings/", {"q": question} if question else {}, headers=headers).content.decode()


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_every_code_with_cause_cure_evidence_and_example(client: Client, role: Role) -> None:
    client.force_login(make_person(role))

    found = page(client)

    entry = found.split('id="M001"')[1].split("</li>")[0]
    assert "The phone has no country code" in entry
    assert "Write 62812… instead of 0812…" in entry
    assert "Meta&#x27;s documentation" in entry
    assert "081290076543" in entry
    assert "/log/?q=finding:M001" in entry


@pytest.mark.parametrize("question", ["m001", "country code phone", "  M001 "])
def test_a_search_finds_by_code_and_by_words(client: Client, question: str) -> None:
    client.force_login(make_person())

    found = page(client, question)

    assert 'id="M001"' in found
    assert 'id="M022"' not in found


def test_a_search_without_a_find_says_so_and_leads_back(client: Client) -> None:
    client.force_login(make_person())

    found = page(client, "<b>tidak ada</b>")

    assert "No finding says this" in found
    assert "<b>tidak" not in found
    assert 'href="/findings/"' in found


def test_while_typing_only_the_list_is_asked_for(client: Client) -> None:
    client.force_login(make_person())

    found = page(client, "phone", **{"HX-Request": "true"})

    assert found.lstrip().startswith('<div class="stack" id="findings">')
