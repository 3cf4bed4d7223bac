"""Exports in clear: for support and admins, with a reason, and written down before the first byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from events.models import AuditEntry, Person
from tests.factories import make_person
from tests.views.exchanges import EMAIL, NAME, PHONE
from tests.views.exports import FORMATS, REASON, content_of, export, ids_of, make_found, names_buyer, table_of

pytestmark = pytest.mark.django_db


def signed_in(client: Client, role: str) -> Person:
    person = make_person(role=role)
    client.force_login(person)
    return person


def ask(client: Client, kind: str = "csv", reason: str = REASON, query: str = "") -> Any:
    return client.post(f"{reverse('log_export_clear')}?{query}", {"format": kind, "reason": reason})


@pytest.mark.parametrize("role", ["support", "admin"])
def test_a_table_in_clear_has_the_buyers_values(client: Client, role: str) -> None:
    signed_in(client, role)
    delivery = make_found()

    (row,) = table_of(content_of(ask(client)))

    assert row["id"] == str(delivery.pk)
    assert (row["buyer_email"], row["buyer_phone"], row["buyer_first_name"]) == (EMAIL, PHONE, NAME)


def test_an_exchange_in_clear_is_what_was_sent_and_came_back(client: Client) -> None:
    signed_in(client, "support")
    make_found()

    (entry,) = json.loads(content_of(ask(client, "har")))["log"]["entries"]
    (line,) = content_of(ask(client, "jsonl-full")).splitlines()

    assert f'"em":"{EMAIL}"' in entry["request"]["postData"]["text"]
    assert entry["response"]["statusText"] == f"No {PHONE}"
    assert json.loads(line)["exchange"]["request"]["user_data"]["em"] == EMAIL
    assert json.loads(line)["buyer_in_clear"]["phone"] == PHONE


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_there_is_no_file(client: Client, kind: str, reason: str) -> None:
    signed_in(client, "admin")
    make_found()

    response = ask(client, kind, reason)

    assert response.status_code == 422
    assert "Write down why" in response.content.decode()
    assert "Content-Disposition" not in response.headers
    assert not names_buyer(response.content)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("own", [True, False])
def test_a_marketer_gets_none_not_even_of_her_own(client: Client, own: bool) -> None:
    person = signed_in(client, "marketer")
    make_found(by=person if own else None)

    for response in (client.get(reverse("log_export_clear")), ask(client)):
        assert response.status_code == 403
        assert "export buyers&#x27; values in clear" in response.content.decode()
    assert not AuditEntry.objects.exists()


def test_no_address_alone_gives_values_in_clear(client: Client) -> None:
    signed_in(client, "admin")
    make_found()

    assert not names_buyer(export(client, "jsonl-full", f"reason={REASON}&clear=1"))
    assert not names_buyer(client.get(f"{reverse('log_export_clear')}?reason={REASON}&format=csv").content)


def test_its_beginning_and_its_end_are_recorded(client: Client) -> None:
    person = signed_in(client, "support")
    make_found()

    response = ask(client, reason=f" {REASON} ", query=f"q={EMAIL}&outcome=rejected")
    begun = AuditEntry.objects.get()
    assert (begun.act, begun.by, begun.fields, begun.reason) == ("exported_clear", person, ["csv", "begun"], REASON)

    assert len(ids_of("csv", content_of(response))) == 1
    ended = AuditEntry.objects.first()
    assert ended is not None
    assert (ended.act, ended.fields, ended.reason) == ("exported_clear", ["csv", "1 deliveries"], REASON)
    for entry in (begun, ended):
        assert EMAIL not in str(vars(entry))
        assert "hash:email." in entry.target
        assert "outcome:refused" in entry.target


def test_what_cannot_be_recorded_does_not_begin(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(client, "admin")
    make_found()

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr("events.views.export.record", refuse)

    with pytest.raises(DatabaseError):
        ask(client)


def test_the_form_says_what_was_searched_and_leads_back(client: Client) -> None:
    signed_in(client, "admin")
    hidden = client.post(reverse("log_search"), {"q": f"{EMAIL} lunas"})["Location"].partition("?")[2]

    page = client.get(f"{reverse('log_export_clear')}?{hidden}&cursor=older.5").content.decode()

    assert "lunas, buyer: hidden e-mail" in page
    assert EMAIL not in page
    assert f'href="{reverse("log")}?{hidden}"' in page


def test_the_menu_offers_it_to_whoever_may(client: Client) -> None:
    signed_in(client, "support")
    make_found()

    assert (
        f"{reverse('log_export_clear')}?q=outcome%3Arefused"
        in client.get(reverse("log") + "?outcome=rejected").content.decode()
    )


def test_a_file_in_clear_says_so_in_its_name(client: Client) -> None:
    signed_in(client, "support")

    assert ask(client).headers["Content-Disposition"].endswith('-in-clear.csv"')
