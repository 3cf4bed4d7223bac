"""Everybody who may sign in, and the invitations that are still open."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.domain.rights import Action
from events.forms.people import InviteForm
from events.models.audit import Act, record
from events.models.person import Invitation, Person
from events.views.access import PersonRequest, needs


@needs(Action.MANAGE_PEOPLE)
@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """Who works here, the deactivated last; below them the open links."""
    context = {
        "people": Person.objects.order_by("-is_active", "name", "email"),
        "invitations": Invitation.objects.open(timezone.now()).select_related("created_by", "person"),
    }
    return render(request, "events/people.html", context)


@needs(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person_invite(request: PersonRequest) -> HttpResponse:
    """Invite somebody. The answer to the POST is the only page that ever shows the link."""
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        return render(request, "events/person_invite.html", {"form": form}, status=422 if form.is_bound else 200)
    typed, now = form.cleaned_data, timezone.now()
    with transaction.atomic():
        # A second invitation corrects the first: two links with different roles for one address would surprise.
        replaced, _by_model = Invitation.objects.open(now).filter(email=typed["email"], person=None).delete()
        invitation, secret = Invitation.issue(**typed, now=now, by=request.user)
        record(Act.PERSON_INVITED, by=request.user, target=invitation.email, fields=["email", "name", "role"])
    return show_link(request, invitation, secret, replaces=replaced > 0)


@needs(Action.MANAGE_PEOPLE)
@require_POST
def invitation_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Make an open link worthless."""
    with transaction.atomic():
        invitation = get_object_or_404(Invitation.objects.open(timezone.now()), pk=pk)
        record(Act.INVITATION_WITHDRAWN, by=request.user, target=invitation.email)
        invitation.delete()
    messages.success(request, _("The link for %(email)s no longer works.") % {"email": invitation.email})
    return redirect("people")


def show_link(request: HttpRequest, invitation: Invitation, secret: str, *, replaces: bool = False) -> HttpResponse:
    """The page with a link that was just made. Nothing keeps the secret: reloading makes another link."""
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    context = {"link": link, "invitation": invitation, "replaces": replaces}
    return render(request, "events/invitation_link.html", context)
