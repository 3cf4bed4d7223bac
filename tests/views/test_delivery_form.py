"""From a delivery back to the form: *correct* keeps the event ID, *duplicate* takes a new one."""

from __future__ import annotations

import pytest
from django.test import Client

from events.domain.tree import Json, Object, at, read, write
from events.models import AuditEntry, Delivery, Draft, Person
from events.views.drafts import kept
from tests.factories import make_person
from tests.views.exchanges import EMAIL, ORDER, make_exchange

pytestmark = pytest.mark.django_db

REASON = "The buyer asks why her order was not counted"


def signed_in(client: Client, role: str) -> Person:
    person = make_person(role=role)
    client.force_login(person)
    return person


def opened(client: Client, delivery: Delivery, act: str, **data: str) -> tuple[Json, str]:
    """The payload and the notice with which the form opens."""
    response = client.post(f"/log/{delivery.pk}/{act}/", data)
    draft = Draft.objects.get()
    assert response.headers["Location"] == f"/compose/{draft.token}/"
    found = kept(draft)
    return found.composition.base, found.notice


def refused(by: Person | None = None, request: bytes = ORDER) -> Delivery:
    return make_exchange("rejected", 400, b"{}", by=by, request=request)


def test_correct_opens_ones_own_send_unchanged(client: Client) -> None:
    delivery = refused(by=signed_in(client, "marketer"))

    payload, notice = opened(client, delivery, "correct")

    assert write(payload) == ORDER
    assert "stays the same" in notice


def test_duplicate_takes_a_new_event_id_and_keeps_the_rest(client: Client) -> None:
    delivery = make_exchange(by=signed_in(client, "marketer"))

    payload, notice = opened(client, delivery, "duplicate")

    new_id = at(payload, ("events", 0, "event_id"))
    assert isinstance(new_id, str)
    assert new_id != "ord-88212-Purchase"
    assert write(payload) == ORDER.replace(b"ord-88212-Purchase", new_id.encode())
    assert "new event" in notice


def test_a_duplicate_of_several_odd_events_keeps_no_old_event_id(client: Client) -> None:
    request = b'{"user_data":{},"events":[null,{"event_id":"a-1"},{"event_id":"a-2"}]}'
    delivery = make_exchange(by=signed_in(client, "marketer"), request=request)

    payload, _notice = opened(client, delivery, "duplicate")

    assert not {"a-1", "a-2"} & {at(payload, ("events", place, "event_id")) for place in (1, 2)}


@pytest.mark.parametrize("role", ["marketer", "support", "admin"])
@pytest.mark.parametrize("act", ["correct", "duplicate"])
def test_the_values_of_somebody_elses_buyer_are_left_out_and_said_so(client: Client, role: str, act: str) -> None:
    signed_in(client, role)

    payload, notice = opened(client, refused(), act)

    assert at(payload, ("user_data",)) == Object((("country", "id"),))
    assert EMAIL not in write(payload).decode()
    assert "left out" in notice
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", ["correct", "duplicate"])
def test_with_a_reason_support_takes_them_along_and_it_is_recorded(client: Client, act: str) -> None:
    signed_in(client, "support")

    payload, notice = opened(client, refused(), act, reason=REASON)

    assert at(payload, ("user_data", "em")) == EMAIL
    assert "left out" not in notice
    entry = AuditEntry.objects.get()
    assert (entry.fields, entry.reason) == ([act], REASON)


def test_a_marketers_reason_opens_nothing(client: Client) -> None:
    signed_in(client, "marketer")

    payload, _notice = opened(client, refused(), "duplicate", reason=REASON)

    assert EMAIL not in write(payload).decode()


@pytest.mark.parametrize("outcome", ["accepted", "timed_out", "interrupted", "server_error", "unexpected"])
def test_what_may_have_counted_is_not_corrected(client: Client, outcome: str) -> None:
    delivery = make_exchange(outcome, 500, b"", by=signed_in(client, "marketer"))

    html = client.post(f"/log/{delivery.pk}/correct/", follow=True).content.decode()

    assert "duplicate it instead" in html
    assert "Correct and send" not in html
    assert not Draft.objects.exists()


def test_an_event_id_made_of_the_buyers_value_is_not_carried_past_the_mask(client: Client) -> None:
    signed_in(client, "support")
    delivery = refused(request=ORDER.replace(b"ord-88212-Purchase", EMAIL.encode()))

    html = client.post(f"/log/{delivery.pk}/correct/", follow=True).content.decode()

    assert "event ID holds one of the buyer" in html
    assert not Draft.objects.exists()


def test_bytes_that_are_no_json_object_are_not_opened(client: Client) -> None:
    delivery = refused(by=signed_in(client, "marketer"), request=b"[1]")

    html = client.post(f"/log/{delivery.pk}/duplicate/", follow=True).content.decode()

    assert "cannot be opened in the form" in html
    assert read(b"[1]") != Object()


@pytest.mark.parametrize("act", ["correct", "duplicate", "resend", "show"])
def test_an_unknown_delivery_has_no_form(client: Client, act: str) -> None:
    signed_in(client, "admin")

    assert client.post(f"/log/987654/{act}/").status_code == 404
