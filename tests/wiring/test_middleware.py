"""What holds for every page, signed in or not."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from events.models import Person
from scalev_console.middleware import use_zone_of_person

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
PAGE = "/profile/"


@pytest.fixture
def maya(db: None) -> Person:
    return Person.objects.create_user("maya@contoh.id", "a long enough password", name="Maya Sari")


def test_every_page_tells_the_browser_what_it_may_not_do(client: Client, db: None) -> None:
    headers = client.get("/sign-in/").headers

    assert set(headers["Content-Security-Policy"].split("; ")) == set(POLICY.split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_no_page_behind_sign_in_is_kept_by_the_browser(client: Client, maya: Person) -> None:
    client.force_login(maya)

    assert "no-store" in client.get(PAGE).headers["Cache-Control"]


def test_a_page_is_sent_compressed_to_whoever_takes_it_so(client: Client, maya: Person) -> None:
    client.force_login(maya)
    plain, packed = client.get("/findings/"), client.get("/findings/", headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.content) < len(plain.content) / 5
    assert gzip.decompress(packed.content).startswith(b"<!doctype html>")
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_an_export_streams_as_it_is_written(client: Client, maya: Person) -> None:
    client.force_login(maya)
    export = client.get("/log/export/?format=csv", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in export.headers
    assert export.getvalue().decode("utf-8-sig").startswith('"id",')


def test_a_session_ends_after_two_idle_hours(client: Client, maya: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(maya)
        assert client.get(PAGE).status_code == 200
        clock.shift(timedelta(hours=2, minutes=1))

        assert client.get(PAGE).status_code == 302


def test_a_page_that_asks_by_itself_keeps_no_session_alive(client: Client, maya: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(maya)
        assert client.get(PAGE).status_code == 200
        clock.shift(timedelta(hours=1, minutes=50))
        assert client.get("/log/live/", headers={"HX-Request": "true", "X-Unattended": "yes"}).status_code == 204
        clock.shift(timedelta(minutes=11))

        assert client.get(PAGE).status_code == 302


def test_use_keeps_a_session_alive_beyond_two_hours(client: Client, maya: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(maya)
        for _ in range(4):
            assert client.get(PAGE).status_code == 200
            clock.shift(timedelta(hours=1))

        assert client.get(PAGE).status_code == 200


def test_a_session_ends_twelve_hours_after_sign_in_however_busy(client: Client, maya: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(maya)
        for _ in range(12):
            assert client.get(PAGE).status_code == 200
            clock.shift(timedelta(hours=1))

        assert client.get(PAGE).status_code == 302


def test_a_busy_minute_writes_the_session_once(client: Client, maya: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client.force_login(maya)
        client.get(PAGE)
        clock.shift(timedelta(seconds=30))

        assert settings.SESSION_COOKIE_NAME not in client.get(PAGE).cookies


@pytest.mark.parametrize(
    ("stood_on", "back"),
    [
        ("http://testserver/log/?q=refund", "/log/%3Fq%3Drefund"),
        ("", "/"),
        ("https://contoh.id/log/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_a_form_sent_after_the_session_leads_back_to_its_page(
    client: Client, db: None, stood_on: str, back: str
) -> None:
    response = client.post("/log/search/", headers={"Referer": stood_on})

    assert response.headers["Location"] == f"/sign-in/?next={back}"


@pytest.mark.parametrize("address", ["/log/search/", "/log/columns/", "/compose/paste/open/"])
def test_the_address_of_a_form_opened_like_a_page_leads_back(client: Client, maya: Person, address: str) -> None:
    client.force_login(maya)

    response = client.get(address)

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert 'href="/">Back to the console' in response.content.decode()


@pytest.mark.parametrize(
    ("zone", "shown"), [("Asia/Makassar", "Asia/Makassar"), ("Asia/Nowhere", "Asia/Jakarta"), ("", "Asia/Jakarta")]
)
def test_times_are_shown_in_the_persons_zone(maya: Person, zone: str, shown: str) -> None:
    maya.zone = zone
    request = RequestFactory().get(PAGE)
    request.user = maya
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    use_zone_of_person(view)(request)

    assert seen == [shown]
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"
