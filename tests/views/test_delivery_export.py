"""One delivery as a file: it tells everything that its page tells, needs nothing else, and hides what it must."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import AuditEntry, Delivery, Person
from tests.factories import make_delivery, make_person, make_storefront_key
from tests.views.exchanges import EMAIL, PHONE, ZERO, make_exchange
from tests.views.exports import REASON, make_found, names_buyer

pytestmark = pytest.mark.django_db

KINDS = ["html", "har"]
# Whatever a browser would fetch, follow or run by itself.
REACHES_OUT = re.compile(r"<(?:script|link|img|iframe|object|embed|form|base|a)\b|\son\w+=|url\(|@import|href=", re.I)


def signed_in(client: Client, role: str) -> Person:
    person = make_person(role=role, name="Rani Anggraini")
    client.force_login(person)
    return person


def get(client: Client, delivery: Delivery, kind: str = "html") -> Any:
    return client.get(f"{reverse('delivery_export', args=[delivery.pk])}?format={kind}")


def ask(client: Client, delivery: Delivery, kind: str = "html", reason: str = REASON) -> Any:
    return client.post(reverse("delivery_export_clear", args=[delivery.pk]), {"format": kind, "reason": reason})


def test_the_page_tells_the_whole_story(client: Client) -> None:
    signed_in(client, "marketer")
    delivery = make_found(findings=(ZERO,))

    page = html.unescape(get(client, delivery).content.decode())

    for told in (
        "Scalev refused this request", "Correct what it names", "Composed", "Answered 400", "Line 1 has quantity 0.",
        "Scalev's published API description", "variants[0].quantity", "C036", "ord-88212-Purchase", "189000.00",
        "X-Scalev-Storefront-Api-Key", "sfpk_…9f2c", "Where the time went", "Exported by Rani Anggraini",
        delivery.store.store_id, "curl --include", "The buyer's values are masked.",
        f"{delivery.created_at:%Y-%m-%dT%H:%M:%S}", f"http://testserver/log/{delivery.pk}/",
    ):  # fmt: skip
        assert told in page, told


@pytest.mark.parametrize("outcome", ["unreachable", "timed_out", "interrupted", "accepted", "pending"])
def test_every_ending_has_a_page(client: Client, outcome: str) -> None:
    signed_in(client, "marketer")
    response = None if outcome == "pending" else b""
    facts = {"failure": "timed_out", "failure_detail": "no answer in time"} if outcome == "timed_out" else {}
    delivery = make_exchange(outcome, 204 if outcome == "accepted" else None, response, facts=facts)

    assert get(client, delivery).status_code == 200


def test_the_page_needs_no_other_file_and_may_do_nothing(client: Client) -> None:
    signed_in(client, "marketer")

    page = get(client, make_found(findings=(ZERO,))).content.decode()
    policy = re.search('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)

    assert not REACHES_OUT.findall(page)
    assert policy
    assert html.unescape(policy[1]).startswith("default-src 'none'; style-src 'sha256-")
    assert page.count("<style>") == 1


def test_foreign_text_is_text(client: Client) -> None:
    signed_in(client, "marketer")
    evil = '</pre></style><script>alert(1)</script><img src=x onerror="alert(2)">'
    answer = json.dumps({"error": evil}).encode()
    delivery = make_exchange(
        "rejected", 400, answer, request=answer, event_ids=[evil],
        facts={"reason": evil, "headers": [["X-Evil", evil]]}, findings=({**ZERO, "message": evil, "hint": evil},),
    )  # fmt: skip

    page = get(client, delivery).content.decode()

    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;alert(1)") >= 5


@pytest.mark.parametrize("role", ["marketer", "support", "admin"])
@pytest.mark.parametrize("kind", KINDS)
def test_both_files_are_masked_for_everybody(client: Client, kind: str, role: str) -> None:
    person = signed_in(client, role)

    for by in (None, person):
        response = get(client, make_found(by=by), kind)
        assert not names_buyer(response.content)
        assert "w•••@contoh.id" in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_with_a_reason_they_are_in_clear_and_recorded(client: Client, kind: str) -> None:
    person, delivery = signed_in(client, "support"), make_found()

    response = ask(client, delivery, kind)

    assert EMAIL in response.content.decode()
    assert PHONE in response.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.reason, entry.fields) == ("exported_clear", person, REASON, [kind])
    assert (entry.target, entry.target_url) == (f"#{delivery.pk}", f"/log/{delivery.pk}/")


def test_a_page_in_clear_says_so(client: Client) -> None:
    signed_in(client, "admin")

    response = ask(client, make_found())

    assert "values are in clear" in response.content.decode()
    assert response.headers["Content-Disposition"].endswith('-in-clear.html"')


@pytest.mark.parametrize("reason", ["", " "])
def test_without_a_reason_there_is_no_file(client: Client, reason: str) -> None:
    signed_in(client, "admin")

    response = ask(client, make_found(), reason=reason)

    assert response.status_code == 422
    assert "Write down why" in response.content.decode()
    assert not names_buyer(response.content)
    assert not AuditEntry.objects.exists()


def test_a_marketer_gets_her_own_masked_only(client: Client) -> None:
    delivery = make_found(by=signed_in(client, "marketer"))

    assert ask(client, delivery).status_code == 403
    assert client.get(reverse("delivery_export_clear", args=[delivery.pk])).status_code == 403
    page = client.get(reverse("delivery", args=[delivery.pk])).content.decode()
    assert reverse("delivery_export", args=[delivery.pk]) in page
    assert reverse("delivery_export_clear", args=[delivery.pk]) not in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_saved_and_never_shown_or_kept(client: Client, kind: str) -> None:
    signed_in(client, "marketer")
    delivery = make_found()

    response = get(client, delivery, kind)

    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="delivery-{delivery.pk}-')
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert AuditEntry.objects.get().act == "exported"


def test_har_holds_the_one(client: Client) -> None:
    signed_in(client, "marketer")
    delivery = make_found()

    (entry,) = json.loads(get(client, delivery, "har").content)["log"]["entries"]

    assert entry["_scalev_console"]["delivery"] == delivery.pk
    assert entry["request"]["postData"]["text"].startswith("{")


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_holds_a_storefront_key(client: Client, kind: str) -> None:
    signed_in(client, "admin")
    answer = b'{"error":"bad key sfpk_TokoBatikRahasia1"}'
    key = make_storefront_key(value="sfpk_TokoBatikRahasia1")
    delivery = make_exchange("rejected", 400, answer, request=answer, storefront_key=key)

    for response in (get(client, delivery, kind), ask(client, delivery, kind)):
        assert b"TokoBatikRahasia" not in response.content


def test_what_is_no_longer_kept_leads_to_the_page_that_says_so(client: Client) -> None:
    signed_in(client, "admin")
    delivery = make_delivery()

    for response in (get(client, delivery), ask(client, delivery)):
        assert response.status_code == 409
        assert "no longer kept" in response.content.decode()
    assert not AuditEntry.objects.exists()


def test_what_there_is_not_is_not_found(client: Client) -> None:
    signed_in(client, "admin")
    delivery = make_found()

    assert client.get("/log/999999/export/?format=html").status_code == 404
    assert client.get("/log/999999/export/clear/").status_code == 404
    assert client.get(f"/log/{delivery.pk}/export/?format=exe").status_code == 404


def test_without_a_format_it_leads_to_the_menu_of_files(client: Client) -> None:
    client.force_login(make_person())
    delivery = make_exchange()

    response = client.get(f"/log/{delivery.pk}/export/?from=q%3DPurchase")

    assert response.headers["Location"] == f"/log/{delivery.pk}/?from=q%3DPurchase#export-files"
    assert 'id="export-files"' in client.get(f"/log/{delivery.pk}/").content.decode()
