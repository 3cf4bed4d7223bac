"""When something cannot be shown, the page says why and where to go on."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.views import defaults

from events.domain.rights import Role
from events.models import Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def request_of(person: Person) -> HttpRequest:
    request = RequestFactory().get("/stores/")
    request.user = person
    request.resolver_match = None
    return request


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def test_a_missing_right_says_whom_to_ask() -> None:
    make_person(Role.ADMIN, name="Dimas Prakoso", email="dimas@contoh.id")
    make_person(Role.ADMIN, name="Sari Melati", email="sari@contoh.id", is_active=False)
    page = text(defaults.permission_denied(request_of(make_person(Role.MARKETER)), PermissionDenied()))
    assert "Dimas Prakoso" in page
    assert "dimas@contoh.id" in page
    assert "Sari Melati" not in page
    assert "Marketer" in page


def test_an_unknown_address_leads_back(client: Client) -> None:
    client.force_login(make_person())
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "There is nothing at this address" in text(response)


def test_a_page_that_broke_is_drawn_without_anything_that_may_have_broken() -> None:
    page = get_template("500.html").render()
    assert "Something broke on our side" in page
    assert "site-nav" not in page


def test_a_request_that_makes_no_sense_changes_nothing() -> None:
    page = text(defaults.bad_request(RequestFactory().get("/"), SuspiciousOperation()))
    assert "Nothing was changed." in page


def test_a_form_that_is_too_large_is_told_so(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    client.force_login(make_person())
    response = client.post("/log/search/", "q=" + "a" * 20, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert "This is too large for one form" in text(response)


def test_an_old_form_says_that_it_is_to_be_opened_anew() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"login": "wulan.pertiwi@contoh.id"})
    assert response.status_code == 403
    assert "This form is too old to be sent" in text(response)
