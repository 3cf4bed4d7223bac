"""Who sees a buyer's values in clear: the sender freely, support and admins with a reason, nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from events.domain.diagnosis import review
from events.domain.payload import Payload
from events.models import AuditEntry, Delivery, Person
from tests.factories import make_person
from tests.views.exchanges import EMAIL, NAME, ORDER, PHONE, make_exchange

pytestmark = pytest.mark.django_db

ECHO = f'{{"error":"no buyer {EMAIL}","errors":{{"{PHONE}":["{NAME} is unknown"]}}}}'.encode()
REASON = "The buyer asks why her order was not counted"


def echoing(by: Person | None = None) -> Delivery:
    """The worst answer: it repeats the buyer in keys, texts, headers and its status line."""
    facts = {
        "headers": [["Content-Type", "application/json"], ["X-Buyer", EMAIL]],
        "reason": f"No {PHONE}",
        "failure_detail": EMAIL,
    }
    finding = {"code": "S1", "severity": "hint", "path": ["user_data", "em"], "message": f"{EMAIL}?", "hint": PHONE}
    return make_exchange("rejected", 400, ECHO, by=by, facts=facts, findings=(finding,))


NAMED_BY_KEYS = (
    f'{{"{EMAIL}":1,"{PHONE}":1,"Pertiwi":1,"user_data":{{"ln":"Pertiwi","em":"{EMAIL}","ph":"{PHONE}","Pertiwi":1}},'
    f'"events":[{{"event_id":"e1","event_name":"Purchase","Pertiwi":1}}],'
    f'"variants":[{{"variant_unique_id":"variant_a","quantity":1,"{EMAIL}":1,"{PHONE}":1}}]}}'
).encode()


def signed_in(client: Client, role: str) -> Person:
    person = make_person(role=role)
    client.force_login(person)
    return person


def names_buyer(response: Any) -> bool:
    html = response.content.decode()
    return any(value in html for value in (EMAIL, PHONE, NAME, "wulan.pertiwi", "Pertiwi"))


@pytest.mark.parametrize("role", ["marketer", "support", "admin"])
def test_the_page_is_masked_for_everybody_at_first(client: Client, role: str) -> None:
    person = signed_in(client, role)

    for delivery in (echoing(), echoing(by=person)):
        assert not names_buyer(client.get(f"/log/{delivery.pk}/"))


def test_keys_that_name_the_buyer_are_masked_with_the_findings_on_them(client: Client) -> None:
    signed_in(client, "marketer")
    found = tuple(each.facts() for each in review(Payload.from_json(NAMED_BY_KEYS)))
    delivery = make_exchange("rejected", 400, b"", request=NAMED_BY_KEYS, findings=found)

    for address in (f"/log/{delivery.pk}/", f"/log/{delivery.pk}/export/?format=html"):
        assert not names_buyer(client.get(address))


@pytest.mark.parametrize(
    "place", [f"user_data.{PHONE}", f"variants.0.{EMAIL}", "events/0/Pertiwi", [EMAIL], ["events", PHONE]]
)
def test_places_that_scalev_names_by_the_buyer_are_masked(client: Client, place: Any) -> None:
    signed_in(client, "marketer")
    answer = json.dumps({"errors": [{"field": place, "message": "is invalid"}]}).encode()

    assert not names_buyer(client.get(f"/log/{make_exchange('rejected', 400, answer).pk}/"))


def test_headers_that_are_named_by_the_buyer_are_masked(client: Client) -> None:
    signed_in(client, "marketer")
    delivery = make_exchange("rejected", 400, b"{}", facts={"headers": [[f"X-{EMAIL}", "1"]]})

    assert not names_buyer(client.get(f"/log/{delivery.pk}/"))


def test_what_the_command_line_sent_names_no_sender_who_could_be_asked(client: Client) -> None:
    signed_in(client, "marketer")
    page = client.get(f"/log/{echoing().pk}/").content.decode()

    assert "Buyer's values are masked. Support and admins can see them" in page
    assert "somebody else" not in page


def test_where_there_is_no_buyer_none_is_said_to_be_masked(client: Client) -> None:
    signed_in(client, "marketer")
    nobody = make_exchange(request=b'{"user_data":{"country":"id"},"events":[]}')

    assert "values are masked. Support" not in client.get(f"/log/{nobody.pk}/").content.decode()


def test_the_sender_sees_clear_values_without_a_reason(client: Client) -> None:
    delivery = echoing(by=signed_in(client, "marketer"))

    response = client.post(f"/log/{delivery.pk}/show/", {"what": "page"})

    assert response.status_code == 200
    assert EMAIL in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert not AuditEntry.objects.exists()


def test_a_reload_shows_it_masked_again(client: Client) -> None:
    delivery = echoing(by=signed_in(client, "marketer"))
    client.post(f"/log/{delivery.pk}/show/", {"what": "page"})

    response = client.get(f"/log/{delivery.pk}/show/", follow=True)

    assert response.redirect_chain == [(f"/log/{delivery.pk}/", 302)]
    assert not names_buyer(response)


@pytest.mark.parametrize("role", ["support", "admin"])
def test_somebody_elses_buyer_is_shown_with_a_reason_and_recorded(client: Client, role: str) -> None:
    person, delivery = signed_in(client, role), echoing()

    response = client.post(f"/log/{delivery.pk}/show/", {"what": "page", "reason": f"  {REASON}  "})

    assert EMAIL in response.content.decode()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.reason) == ("buyer_shown", person, REASON)
    assert entry.target_url == f"/log/{delivery.pk}/"
    assert EMAIL not in str(vars(entry))


def test_to_resend_somebody_elses_bytes_makes_the_buyer_nobodys_own(client: Client) -> None:
    first = echoing(by=make_person(role="marketer"))
    again = make_exchange(by=signed_in(client, "support"), store=first.store, resend_of=first)

    shown = client.post(f"/log/{again.pk}/show/", {"what": "page"})
    duplicated = client.post(f"/log/{again.pk}/duplicate/", follow=True)

    assert shown.status_code == 422
    assert not names_buyer(shown)
    assert f'value="{EMAIL}"' not in duplicated.content.decode()
    assert not AuditEntry.objects.exists()


def test_a_resend_of_ones_own_stays_ones_own(client: Client) -> None:
    maya = signed_in(client, "marketer")
    first = echoing(by=maya)
    again = make_exchange(by=maya, store=first.store, resend_of=first)

    assert EMAIL in client.post(f"/log/{again.pk}/show/", {"what": "page"}).content.decode()


def test_what_support_resent_is_not_the_first_senders_again(client: Client) -> None:
    first = echoing(by=signed_in(client, "marketer"))
    again = make_exchange(by=make_person(role="support"), store=first.store, resend_of=first)

    assert client.post(f"/log/{again.pk}/show/", {"what": "page"}).status_code == 403


@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize("what", ["page", "request", "response"])
def test_without_a_reason_nothing_is_shown(client: Client, what: str, reason: str) -> None:
    signed_in(client, "support")
    delivery = echoing()

    response = client.post(f"/log/{delivery.pk}/show/", {"what": what, "reason": reason})

    assert response.status_code == 422
    assert "Write down why" in response.content.decode()
    assert not names_buyer(response)
    assert not AuditEntry.objects.exists()


def test_a_marketer_is_told_whom_to_ask_and_refused(client: Client) -> None:
    signed_in(client, "marketer")
    delivery = echoing(by=make_person(role="marketer", name="Dimas Saputra"))

    html = client.get(f"/log/{delivery.pk}/").content.decode()
    response = client.post(f"/log/{delivery.pk}/show/", {"what": "page", "reason": REASON})

    assert "Dimas Saputra sent this and can see them" in html
    assert "Show them" not in html
    assert response.status_code == 403
    assert not names_buyer(response)


def test_the_exact_bytes_are_a_file_that_no_browser_runs(client: Client) -> None:
    delivery = echoing(by=signed_in(client, "marketer"))

    for what, expected in (("request", ORDER), ("response", ECHO)):
        response = client.post(f"/log/{delivery.pk}/show/", {"what": what})

        assert response.content == expected
        assert response.headers["Content-Type"] == "text/plain"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"


def test_a_download_of_somebody_elses_bytes_is_recorded(client: Client) -> None:
    signed_in(client, "support")

    client.post(f"/log/{echoing().pk}/show/", {"what": "response", "reason": REASON})

    assert AuditEntry.objects.get().fields == ["response bytes"]


def test_a_key_that_an_answer_repeats_is_never_shown_nor_handed_out(client: Client) -> None:
    person = signed_in(client, "admin")
    delivery = make_exchange("rejected", 400, b'{"error":"bad key sfpk_TokoBatik123456"} \xff', by=person)

    for what in ("page", "response"):
        response = client.post(f"/log/{delivery.pk}/show/", {"what": what})

        assert response.status_code == 200
        assert b"TokoBatik123456" not in response.content


def test_a_request_that_is_no_json_is_shown_in_clear_only(client: Client) -> None:
    delivery = make_exchange("rejected", 400, b"", request=b"Wulan; 0812", by=signed_in(client, "marketer"))

    assert "Wulan" not in client.get(f"/log/{delivery.pk}/").content.decode()
    assert "Wulan; 0812" in client.post(f"/log/{delivery.pk}/show/", {"what": "page"}).content.decode()


def test_a_body_spelled_by_somebody_else_is_masked_too(client: Client) -> None:
    signed_in(client, "support")
    spelled = f'{{ "user_data" : {{ "em": "wulan.pertiwi\\u0040contoh.id", "fn": "{NAME}" }},\n "events": [] }}'

    html = client.get(f"/log/{make_exchange(request=spelled.encode()).pk}/").content.decode()

    assert "wulan.pertiwi" not in html
    assert "as this console writes them" in html
