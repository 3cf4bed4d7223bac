"""A delivery's page shows by what Meta can find the buyer; what would tell her, only to whoever may see her."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from tests.factories import make_person
from tests.views.exchanges import EMAIL, make_exchange

pytestmark = pytest.mark.django_db
DIGEST = hashlib.sha256(EMAIL.encode()).hexdigest()
COUNTRY = hashlib.sha256(b"id").hexdigest()


@pytest.mark.parametrize("role", ["marketer", "support", "admin"])
def test_everybody_sees_which_keys_are_there_and_nobody_a_hash_at_first(client: Client, role: str) -> None:
    client.force_login(make_person(role=role))

    page = client.get(f"/log/{make_exchange().pk}/").content.decode()

    assert "E-mail: there; Address and browser of the caller: filled by Scalev from the caller" in page
    assert "Click ID: missing" in page
    assert DIGEST not in page
    assert COUNTRY not in page


def test_who_sees_the_buyer_in_clear_sees_how_meta_compares_her(client: Client) -> None:
    person = make_person(role="marketer")
    client.force_login(person)
    delivery = make_exchange(by=person)

    page = client.post(f"/log/{delivery.pk}/show/", {"what": "page"}).content.decode()

    assert DIGEST in page
    assert "By the rules of Meta’s own libraries" in page


def test_a_doubted_value_stays_doubtful_in_the_log(client: Client) -> None:
    client.force_login(make_person(role="support"))
    finding = {"code": "M001", "severity": "warning", "path": ["user_data", "ph"], "message": "No country code."}

    page = client.get(f"/log/{make_exchange(findings=(finding,)).pk}/").content.decode()

    assert "Phone: there, but doubtful" in page


def test_what_is_no_json_has_no_picture(client: Client) -> None:
    client.force_login(make_person(role="support"))

    page = client.get(f"/log/{make_exchange(request=b'em=wulan').pk}/")

    assert page.status_code == 200
    assert "match-bar" not in page.content.decode()
