"""When a page could not be made: what is wrong where the database refused, and what was typed, not lost."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import server_error

from events.models.storage import StorageTrouble, trouble_of

# What whoever runs the console has to look at.
STEPS: dict[StorageTrouble, tuple[Promise, ...]] = {
    StorageTrouble.BUSY: (_("Something holds the database: a backup, a long command, another program. Let it end."),),
    StorageTrouble.FULL: (
        _("Make room on the disk that holds the database: nothing can be written until there is some."),
    ),
    StorageTrouble.READ_ONLY: (
        _("The database may be read and not written: give its file and folder back to the user that runs the console."),
        _("On PostgreSQL: the server is read-only, perhaps a standby. Point the console to the one that takes writes."),
    ),
    StorageTrouble.DAMAGED: (
        _("Stop the console, and keep a copy of its data folder as it is."),
        _("Put the newest backup of the database in place; secrets and master keys stay as they are."),
        _("Run “manage.py prepare”, start the console, and look into the log for what the backup does not have."),
    ),
    StorageTrouble.FAILING: (
        _("The disk reports errors: check its room and its health before anything else."),
        _("If the database does not come back by itself: stop the console and put the newest backup in place."),
    ),
    StorageTrouble.AWAY: (_("Check that the database runs and that the console reaches it."),),
}
# Whose forms are long enough to be kept over an error. Never those of sign-in: they hold passwords.
_KEPT = ("composition", "composition_send", "composition_paste", "compose_paste")


def broken(request: HttpRequest) -> HttpResponseBase:
    """The page for an error that nobody caught: 503 where the database is the reason, else 500."""
    trouble = trouble_of(sys.exception())
    if trouble is None:
        return server_error(request)
    context = {"steps": STEPS[trouble], "typed": _typed(request), "address": request.path}
    if context["typed"]:
        context["csrf_token"] = get_token(request)
    # Drawn without the request: its session and its person are in the database.
    return HttpResponse(get_template("503.html").render(context), status=503, headers={"Retry-After": "10"})


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 page; a form that was too large is told from one that makes no sense."""
    context = {"is_too_large": isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))}
    return HttpResponse(get_template("400.html").render(context), status=400)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a composition, to be sent once more by one button; none where the form may be a forged one."""
    if request.method != "POST" or not _is_composition(request) or _is_forged(request):
        return []
    pairs = ((name, value) for name, values in request.POST.lists() for value in values)
    return [(name, str(value)) for name, value in pairs if name != "csrfmiddlewaretoken"]


def _is_composition(request: HttpRequest) -> bool:
    try:
        # The error may have come before the address was resolved.
        return resolve(request.path_info).url_name in _KEPT
    except Resolver404:
        return False


def _is_forged(request: HttpRequest) -> bool:
    """The error may have come before the check of the form's token: what failed it would pass by our button."""
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    return check.process_view(request, server_error, (), {}) is not None
