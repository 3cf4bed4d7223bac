"""Invitations, roles and accounts, from both sides."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.visitor import Visitor

PASSWORD = "kerupuk-sepeda-hujan-42"


def test_somebody_who_is_invited_joins_by_the_link_once(console: Console, admin: Visitor) -> None:
    email = new_email()
    invited = Visitor(console.origin)
    link = invitation(admin, email, "support")

    page = invited.open(link)
    assert page.heading == "Welcome: choose a password"
    page = invited.press(page, "Join and sign in", {"New password": PASSWORD, "The same password again": PASSWORD})
    assert page.heading == "Compose"
    assert "Support" in page.by_id("person-menu").text

    assert Visitor(console.origin).open(link).heading == "This link no longer works"
    assert Visitor(console.origin).sign_in(email, PASSWORD).heading == "Compose"


def test_whoever_is_deactivated_is_out_at_once(console: Console, admin: Visitor) -> None:
    email = new_email()
    joined = Visitor(console.origin)
    page = joined.open(invitation(admin, email, "marketer"))
    joined.press(page, "Join and sign in", {"New password": PASSWORD, "The same password again": PASSWORD})

    admin.press(person_page(admin, email), "Deactivate the account")

    assert joined.open("/log/").heading == "Sign in"
    assert joined.sign_in(email, PASSWORD).heading != "Compose"


@pytest.mark.parametrize("role", ["marketer", "support"])
@pytest.mark.parametrize(
    "address", ["/stores/", "/stores/add/", "/stores/1/", "/people/", "/people/invite/", "/audit/"]
)
def test_a_page_beyond_ones_role_names_whom_to_ask(console: Console, role: str, address: str) -> None:
    page = console.visitor(role).open(address)

    assert page.status == 403
    assert page.heading == "Your role does not reach this far"
    assert "you need the role Admin" in page.text
    assert "admin@console.test" in page.text
    assert page.link("Back to the console") == "/"


def test_no_page_offers_a_role_what_it_may_not_do(console: Console) -> None:
    for role in ("marketer", "support"):
        navigation = console.visitor(role).open("/log/").by_id("site-nav")
        assert [each.text for each in navigation.all("a")] == ["Compose", "Log", "Check a visit"]


def test_the_only_admin_stays_one(console: Console, admin: Visitor) -> None:
    page = person_page(admin, "admin@console.test")
    assert "Deactivate the account" not in page.buttons()

    refused = admin.press(page, "Save", {"role": "marketer"})

    assert refused.status == 422
    assert "is the only admin. Make somebody else an admin first." in refused.text
    assert admin.open("/people/").status == 200


def invitation(admin: Visitor, email: str, role: str) -> str:
    """A fresh link, as the admin would copy it."""
    page = admin.press(admin.open("/people/invite/"), "Make the link", {"E-mail": email, "Name": "Budi", "role": role})
    return page.value("Link")


def new_email() -> str:
    return f"budi.{uuid4().hex[:10]}@contoh.id"


def person_page(admin: Visitor, email: str) -> Page:
    people = admin.open("/people/")
    row = next(each for each in people.root.all("tr") if email in each.text)
    return admin.open(row.all("a")[0].attrs["href"])
