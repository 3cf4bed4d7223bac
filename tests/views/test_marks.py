"""What people leave at a delivery: a pin and tags, kept with who and when, by whoever may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery, Person, Pin, Tag
from tests.factories import make_delivery, make_person
from tests.views.exchanges import EMAIL, NAME, PHONE, make_exchange

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def dimas(client: Client) -> Person:
    person = make_person(role="support", name="Dimas Surya")
    client.force_login(person)
    return person


@pytest.fixture
def delivery() -> Delivery:
    return make_exchange(by=make_person(role="marketer", name="Maya Lestari"))


def words_of(delivery: Delivery) -> list[str]:
    return list(delivery.tags.values_list("word", flat=True))


def test_a_pin_stays_with_who_and_when_until_it_is_taken_away(
    client: Client, dimas: Person, delivery: Delivery
) -> None:
    before = timezone.now()
    response = client.post(f"/log/{delivery.pk}/pin/", {"pinned": "yes", "from": "q=Purchase"})
    client.post(f"/log/{delivery.pk}/pin/", {"pinned": "yes"})

    assert response.headers["Location"] == f"/log/{delivery.pk}/?from=q%3DPurchase#marks"
    pin = Pin.objects.get(delivery=delivery)
    assert (pin.by, before <= pin.at) == (dimas, True)
    assert "Dimas Surya" in client.get(f"/log/{delivery.pk}/").content.decode()
    client.post(f"/log/{delivery.pk}/pin/", {"pinned": "no"})
    assert not Pin.objects.exists()


def test_for_htmx_each_act_answers_with_its_own_part(client: Client, dimas: Person, delivery: Delivery) -> None:
    pinned = client.post(f"/log/{delivery.pk}/pin/", {"pinned": "yes"}, headers=HTMX).content.decode()
    tagged = client.post(f"/log/{delivery.pk}/tags/", {"words": "lebaran"}, headers=HTMX).content.decode()

    for html in (pinned, tagged):
        assert html.startswith('<section class="marks" id="marks"')
        assert "<html" not in html
    assert "take the pin away" in pinned
    assert '<a href="/log/?q=tag:lebaran">' in tagged


def test_several_words_become_tags_in_their_one_form_and_none_twice(
    client: Client, dimas: Person, delivery: Delivery
) -> None:
    client.post(f"/log/{delivery.pk}/tags/", {"words": "lebaran"})

    client.post(f"/log/{delivery.pk}/tags/", {"words": " #Lebaran, Tindak-Lanjut;COD  cod "})

    assert words_of(delivery) == ["cod", "lebaran", "tindak-lanjut"]
    assert {tag.by for tag in Tag.objects.all()} == {dimas}


def test_a_tag_goes_by_its_button(client: Client, dimas: Person, delivery: Delivery) -> None:
    client.post(f"/log/{delivery.pk}/tags/", {"words": "lebaran cod"})

    client.post(f"/log/{delivery.pk}/tags/remove/", {"word": "cod"})

    assert words_of(delivery) == ["lebaran"]


@pytest.mark.parametrize(
    "typed",
    [EMAIL, "telepon 0812 9007 6543", PHONE, "+6281290076543", f"lebaran,{NAME}", "081290076543"],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_nothing_of_a_buyer_becomes_a_tag_and_nothing_typed_is_lost(
    client: Client, dimas: Person, delivery: Delivery, typed: str, headers: dict[str, str]
) -> None:
    response = client.post(f"/log/{delivery.pk}/tags/", {"words": typed}, headers=headers)

    assert response.status_code == 422
    assert "holds nothing of a buyer" in response.content.decode()
    assert f'value="{typed}"' in response.content.decode()
    assert words_of(delivery) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "Write a word"), ("!!", "no letter"), ("x" * 41, "40 letters"), (" ".join(map(str, range(100, 121))), "20")],
)
def test_what_is_no_tag_is_refused_beside_the_field(
    client: Client, dimas: Person, delivery: Delivery, typed: str, said: str
) -> None:
    response = client.post(f"/log/{delivery.pk}/tags/", {"words": typed})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert words_of(delivery) == []


def test_the_tags_in_use_are_offered(client: Client, dimas: Person, delivery: Delivery) -> None:
    Tag.objects.create(delivery=make_delivery(), word="menunggu-stok", at=timezone.now())

    assert '<option value="menunggu-stok">' in client.get(f"/log/{delivery.pk}/").content.decode()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("pin/", {"pinned": "yes"}),
        ("pin/", {"pinned": "no"}),
        ("tags/", {"words": "cod"}),
        ("tags/remove/", {"word": "lebaran"}),
        ("notes/", {"text": "Dibalas"}),
    ],
)
def test_a_marketer_marks_only_what_she_sent_herself(
    client: Client, delivery: Delivery, address: str, data: dict[str, str]
) -> None:
    now, admin = timezone.now(), make_person(name="Rani Anggraini")
    Pin.objects.create(delivery=delivery, by=admin, at=now)
    Tag.objects.create(delivery=delivery, word="lebaran", by=admin, at=now)

    client.force_login(make_person(role="marketer"))
    refused = client.post(f"/log/{delivery.pk}/{address}", data)
    assert refused.status_code == 403
    assert "To mark what somebody else sent you need the role Support or Admin." in " ".join(
        refused.content.decode().split()
    )
    assert admin.email in refused.content.decode()
    assert (Pin.objects.count(), words_of(delivery), delivery.notes.count()) == (1, ["lebaran"], 0)

    client.force_login(delivery.by or admin)
    assert client.post(f"/log/{delivery.pk}/{address}", data).status_code == 302


def test_who_may_not_mark_sees_the_marks_and_no_dead_button(client: Client, delivery: Delivery) -> None:
    Pin.objects.create(delivery=delivery, at=timezone.now())
    Tag.objects.create(delivery=delivery, word="lebaran", at=timezone.now())
    client.force_login(make_person(role="marketer"))

    html = client.get(f"/log/{delivery.pk}/").content.decode()

    assert "Pinned" in html
    assert "tag:lebaran" in html
    for address in ("pin/", "tags/", "notes/"):
        assert f"/log/{delivery.pk}/{address}" not in html


@pytest.mark.parametrize("address", ["pin/", "tags/", "tags/remove/", "notes/", "notes/1/", "notes/1/remove/"])
def test_an_address_that_only_takes_forms_leads_to_the_page(
    client: Client, dimas: Person, delivery: Delivery, address: str
) -> None:
    assert client.get(f"/log/{delivery.pk}/{address}").headers["Location"] == f"/log/{delivery.pk}/"
    assert client.post(f"/log/987654/{address}").status_code == 404


def test_while_the_page_looks_again_the_marks_stay_as_they_are(client: Client, dimas: Person) -> None:
    """A note may be half written when the answer comes."""
    lease = timezone.now() + timedelta(minutes=1)
    html = client.get(f"/log/{make_delivery(outcome='pending', lease_until=lease).pk}/").content.decode()

    assert 'hx-preserve="true"><section class="marks"' in html
