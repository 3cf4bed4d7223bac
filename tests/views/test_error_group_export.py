"""One error group as a file: its sentence, how often, and two exact exchanges, masked unless there is a reason."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from events.models import AuditEntry, Body, ErrorGroup, Person
from tests.factories import make_delivery, make_person, make_store
from tests.groups import make_failure, make_group
from tests.views.exchanges import EMAIL, PHONE, ZERO
from tests.views.exports import REASON, make_found, names_buyer

pytestmark = pytest.mark.django_db

# Whatever a browser would fetch, follow or run by itself.
REACHES_OUT = re.compile(r"<(?:script|link|img|iframe|object|embed|form|base|a)\b|\son\w+=|url\(|@import|href=", re.I)


def signed_in(client: Client, role: str = "support") -> Person:
    person = make_person(role=role, name="Rani Anggraini")
    client.force_login(person)
    return person


def make_failing(role_of: Person | None = None) -> ErrorGroup:
    """A group with three deliveries, of which the store had one accepted before."""
    group = make_group(make_store())
    make_delivery(group.store)
    for event_id in ("ord-1-Purchase", "ord-2-Purchase", "ord-3-Purchase"):
        make_found(store=group.store, group=group, by=role_of, findings=(ZERO,), event_ids=[event_id])
    return group


def get(client: Client, group: ErrorGroup) -> Any:
    return client.get(f"/log/errors/{group.pk}/export/")


def ask(client: Client, group: ErrorGroup, reason: str = REASON) -> Any:
    return client.post(f"/log/errors/{group.pk}/export/clear/", {"format": "html", "reason": reason})


def test_the_file_tells_the_whole_story(client: Client) -> None:
    signed_in(client)
    group = make_failing()

    page = html.unescape(get(client, group).content.decode())

    for told in (
        "Scalev refused this request: line …, <code>quantity</code> “must be greater than …”.", "Correct what it names",
        "<strong>3</strong>", "Last accepted before the first", "Last 14 days", "Composed", "Answered 400",
        "The newest one", "ord-3-Purchase", "The first one", "ord-1-Purchase", "Line 1 has quantity 0.", "C036",
        group.store.store_id, "X-Scalev-Storefront-Api-Key", "sfpk_…9f2c", "curl --include", "values are masked.",
        "Exported by Rani Anggraini", f"http://testserver/log/errors/{group.pk}/",
    ):  # fmt: skip
        assert told in page, told
    assert "ord-2-Purchase" not in page


def test_the_file_needs_no_other_file_and_may_do_nothing(client: Client) -> None:
    signed_in(client)

    page = get(client, make_failing()).content.decode()

    assert not REACHES_OUT.findall(page)
    assert "default-src &#x27;none&#x27;; style-src &#x27;sha256-" in page
    assert page.count("<style>") == 1


@pytest.mark.parametrize("role", ["marketer", "support", "admin"])
def test_it_is_masked_for_everybody_and_recorded(client: Client, role: str) -> None:
    person = signed_in(client, role)
    group = make_failing(person)

    response = get(client, group)

    assert not names_buyer(response.content)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target_url) == ("exported", person, f"/log/errors/{group.pk}/")
    assert len(entry.fields) == 3


def test_with_a_reason_it_is_in_clear_and_recorded(client: Client) -> None:
    person, group = signed_in(client), make_failing()

    response = ask(client, group)

    assert EMAIL in response.content.decode()
    assert PHONE in response.content.decode()
    assert "values are in clear" in response.content.decode()
    assert response.headers["Content-Disposition"].endswith('-in-clear.html"')
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.reason) == ("exported_clear", person, REASON)


@pytest.mark.parametrize("reason", ["", " "])
def test_without_a_reason_there_is_no_file(client: Client, reason: str) -> None:
    signed_in(client, "admin")

    response = ask(client, make_failing(), reason)

    assert response.status_code == 422
    assert "Write down why" in response.content.decode()
    assert not names_buyer(response.content)
    assert not AuditEntry.objects.exists()


def test_a_marketer_gets_it_masked_only(client: Client) -> None:
    group = make_failing(signed_in(client, "marketer"))

    assert ask(client, group).status_code == 403
    page = client.get(f"/log/errors/{group.pk}/").content.decode()
    assert f"/log/errors/{group.pk}/export/" in page
    assert "export/clear" not in page


def test_one_delivery_is_told_once(client: Client) -> None:
    signed_in(client)
    group = make_group()
    make_found(store=group.store, group=group)

    page = get(client, group).content.decode()

    assert "The newest one" in page
    assert "The first one" not in page


def test_an_exchange_that_cannot_be_read_leaves_the_rest(client: Client) -> None:
    signed_in(client)
    group = make_failing()
    Body.objects.all().delete()
    make_failure(group, timedelta())

    page = get(client, group).content.decode()

    assert "no longer kept, or cannot be read" in page
    assert "How often" in page


def test_a_file_is_saved_and_never_shown_or_kept(client: Client) -> None:
    signed_in(client)
    group = make_failing()

    response = get(client, group)

    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="error-{group.pk}-')
    assert response.headers["Cache-Control"] == "no-store"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_what_there_is_not_is_not_found(client: Client) -> None:
    signed_in(client)

    assert client.get("/log/errors/999999/export/").status_code == 404
    assert client.get("/log/errors/999999/export/clear/").status_code == 404
