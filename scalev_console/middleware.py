"""What holds for every page: headers, sign-in, the life of a session, the viewer's time zone, and no blank answer."""

from __future__ import annotations

import time
import zoneinfo
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[[HttpRequest], HttpResponse]

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
# What a page sends with what it asks by itself, while nobody may be sitting there.
UNATTENDED = "X-Unattended"
# How precisely idleness is counted: a session is written at most this often.
SEEN_EVERY_SECONDS = 60

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


class CompressPages(GZipMiddleware):
    """Send a page as an eighth of its bytes, which takes less than a millisecond.

    What streams stays as it is: an export of a whole log would be compressed row by row, slowly and badly.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.streaming else super().process_response(request, response)


def guard_response(get_response: View) -> View:
    """Let no page be kept by a browser or proxy, and no page use the machine's devices."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        if "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


class SignInFirst(LoginRequiredMiddleware):
    """Sign-in before every page, and from there back to one: where a form was sent, to the page on which it stood."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        sign_in, name = self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        return redirect_to_login(_page_before(request), sign_in, name)


def _page_before(request: HttpRequest) -> str:
    """The page of this console from which a request came, or the one to begin with."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()


def explain_wrong_method(get_response: View) -> View:
    """An address that only takes a form, opened like a page, says so: Django's answer is a blank one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response

    return middleware


def limit_session(get_response: View) -> View:
    """End a session 12 h after sign-in, however busy it is; idleness is what SESSION_COOKIE_AGE ends.

    A page that watches the log asks every few seconds: that is no sign of anybody.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _count_session_time(request, int(time.time()))
        return get_response(request)

    return middleware


def _count_session_time(request: HttpRequest, now: int) -> None:
    session = request.session
    if now - session.setdefault(SIGNED_IN_AT, now) >= settings.CONSOLE_SESSION_LIFETIME_SECONDS:
        logout(request)
    elif now - session.get(SEEN_AT, 0) >= SEEN_EVERY_SECONDS and UNATTENDED not in request.headers:
        # Writing the session moves its expiry: Django does so only when something in it changed.
        session[SEEN_AT] = now
        _save(session)


def _save(session: SessionBase) -> None:
    """Write it now, and not on the way out: a database that takes nothing would undo a good answer there."""
    # Django's UpdateError says "deleted meanwhile" for a locked database, too. The next request tries again.
    with suppress(Error, UpdateError):
        session.save()
    session.modified = False


def use_zone_of_person(get_response: View) -> View:
    """Show times in the zone that the signed-in person chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = request.user.zone if request.user.is_authenticated else settings.TIME_ZONE
        with timezone.override(_zone(name)):
            return get_response(request)

    return middleware


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        # A zone that this machine's tables lack must not lock its owner out of the page that changes it.
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)
