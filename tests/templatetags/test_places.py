"""The header lists where a person may go, and nothing else."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.test import RequestFactory
from django.urls import path, resolve

from events.domain.rights import Role
from events.models import Person
from events.templatetags.console import may, places

pytestmark = pytest.mark.urls(__name__)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


PLACES = ("compose", "log", "recording", "stores", "people", "data", "audit")
urlpatterns = [path(f"{name}/", nothing, name=name) for name in PLACES]
urlpatterns.append(path("delivery/", nothing, name="delivery"))


def page(role: str, address: str = "/log/") -> Context:
    request = RequestFactory().get(address)
    request.user = Person(role=role)
    request.resolver_match = resolve(address)
    return Context({"request": request})


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (Role.MARKETER, ["Compose", "Log", "Check a visit"]),
        (Role.SUPPORT, ["Compose", "Log", "Check a visit"]),
        (Role.ADMIN, ["Compose", "Log", "Check a visit", "Stores", "People", "Data", "Audit"]),
    ],
)
def test_a_role_sees_the_places_it_may_open(role: str, labels: list[str]) -> None:
    assert [place.label for place in places(page(role))] == labels


def test_a_delivery_belongs_to_the_log() -> None:
    assert [place.label for place in places(page(Role.ADMIN, "/delivery/")) if place.is_here] == ["Log"]


def test_a_template_can_ask_for_a_right() -> None:
    assert may(page(Role.ADMIN), "manage_stores")
    assert not may(page(Role.MARKETER), "manage_stores")
    assert may(page(Role.MARKETER), "see_clear", own=True)
