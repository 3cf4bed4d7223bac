"""Who may open which page: `needs` in front of every view, and the page that says no.

The table itself is `events.domain.rights`; here it is asked, and its answer is put into words.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain.rights import Action, Role, may
from events.models.person import Person, RoleChoices

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)

# Each completes the sentence "Your role does not allow you to …".
WORDS: dict[Action, Promise] = {
    Action.COMPOSE: _("compose and send events"),
    Action.SEE_LOG: _("see the log"),
    Action.SEE_CLEAR: _("see the buyer's values of an event that somebody else sent"),
    Action.RESEND: _("resend what somebody else sent"),
    Action.EXPORT_CLEAR: _("export buyers' values in clear"),
    Action.MARK: _("mark what somebody else sent"),
    Action.CHANGE_NOTE: _("change a note that somebody else wrote"),
    Action.REMOVE_NOTE: _("remove a note that somebody else wrote"),
    Action.CHANGE_SEARCH: _("change a search that somebody else saved"),
    Action.REMOVE_SEARCH: _("delete a search that somebody else saved"),
    Action.CHANGE_PRESET: _("change a preset that somebody else saved"),
    Action.KEEP_CATALOGUE: _("change what is known of a store's products"),
    Action.MANAGE_STORES: _("manage stores and storefront keys"),
    Action.MANAGE_PEOPLE: _("manage people"),
    Action.MANAGE_DATA: _("decide how long deliveries are kept, or erase a buyer"),
    Action.SEE_AUDIT: _("see who did what"),
    Action.OWN_ACCOUNT: _("change your own account"),
}


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in, as every view behind `needs` gets it."""

    user: Person


View = Callable[Concatenate[HttpRequest, P], Answer]
PersonView = Callable[Concatenate[PersonRequest, P], Answer]


class NotAllowed(PermissionDenied):
    """The signed-in person's role does not reach this far; answered by `forbidden`."""

    def __init__(self, action: Action) -> None:
        super().__init__(str(WORDS[action]))
        self.action = action


def needs(action: Action) -> Callable[[PersonView[P, Answer]], View[P, Answer]]:
    """Open a view only to roles that may do this to anything. The view keeps `action`, so that a test can walk them.

    Where the answer hangs on the row ("own sends only"), let the view need the wider action and `demand` the rest.
    """

    def decorate(view: PersonView[P, Answer]) -> View[P, Answer]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            demand(request, action)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # demand saw who it is

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def demand(request: HttpRequest, action: Action, *, own: bool = False) -> None:
    """Raise `NotAllowed` unless the signed-in person may do this; `own` where it concerns her own delivery."""
    person = request.user
    # Strangers were sent to sign-in before any view: whoever is none here came past the middleware.
    if not isinstance(person, Person) or not person.may(action, own=own):
        raise NotAllowed(action)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 403 page: what is not allowed, which roles may, and whom to ask."""
    action = exception.action if isinstance(exception, NotAllowed) else None
    context = {
        "what": WORDS[action] if action else "",
        "roles": [RoleChoices(role).label for role in Role if may(role, action)] if action else [],
    }
    return render(request, "403.html", context, status=403)
