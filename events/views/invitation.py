"""Coming in by a link: a new colleague, or somebody who sets a new password. Public pages."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from events.forms.invitation import JoinForm
from events.forms.passwords import NewPasswordForm
from events.models.audit import Act, record
from events.models.person import Invitation, Person

OPENED = "opened_invitation"


@login_not_required
@require_safe
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The link itself. It leads on to an address without the secret, which no Referer or history can give away.

    Looking uses nothing up: chat programs open links to draw a preview of them.
    """
    found = Invitation.open_for(secret, timezone.now())
    if found is None:
        return _closed(request)
    request.session[OPENED] = found.pk
    return redirect("invitation_accept")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Set a name and a password, and be signed in."""
    opened = request.session.get(OPENED, 0)
    found = Invitation.objects.open(timezone.now()).select_related("person").filter(pk=opened).first()
    if found is None:
        return _closed(request)
    if request.user.is_authenticated and request.user != found.person:
        return render(request, "events/invitation_signed_in.html", {"invitation": found}, status=409)
    form = _form(request, found)
    if not form.is_valid():
        context = {"form": form, "invitation": found}
        return render(request, "events/invitation.html", context, status=422 if form.is_bound else 200)
    person = _accepted(found, form)
    if person is None:
        return _closed(request)
    del request.session[OPENED]
    response: HttpResponse = perform_login(request, person)
    return response


def _form(request: HttpRequest, found: Invitation) -> NewPasswordForm:
    if found.person is not None:
        return NewPasswordForm(request.POST or None, person=found.person)
    initial = {"name": found.name}
    return JoinForm(request.POST or None, person=Person(email=found.email), initial=initial)


def _accepted(found: Invitation, form: NewPasswordForm) -> Person | None:
    """The person who may sign in now, or None when somebody else was quicker with the link or the address."""
    try:
        with transaction.atomic():
            if not found.claim(timezone.now()):
                return None
            return _joined(found, form) if found.person is None else _with_new_password(found.person, form)
    except IntegrityError:
        return None


def _joined(found: Invitation, form: NewPasswordForm) -> Person:
    typed = form.cleaned_data
    person = Person.objects.create_user(found.email, typed["password"], name=typed["name"], role=found.role)
    record(Act.PERSON_JOINED, by=person, target=person, fields=["name", "password"])
    return person


def _with_new_password(person: Person, form: NewPasswordForm) -> Person:
    """Sessions hang on the password: those that were open elsewhere end with the old one."""
    person.set_password(form.cleaned_data["password"])
    person.save(update_fields=["password"])
    record(Act.PASSWORD_CHANGED, by=person, target=person, fields=["password"])
    return person


def _closed(request: HttpRequest) -> HttpResponse:
    """Used, withdrawn, too old or never made: the page is the same, since a stranger need not know which."""
    return render(request, "events/invitation_closed.html", status=410)
