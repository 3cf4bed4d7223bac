"""One person, as an admin sees and changes them."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.domain.rights import Action
from events.forms.people import PersonForm
from events.models.audit import Act, record
from events.models.person import Invitation, LastAdmin, Person
from events.views.access import PersonRequest, needs
from events.views.people import show_link


@needs(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: PersonRequest, pk: int) -> HttpResponse:
    """A person's name, role and time zone, and whether they may sign in."""
    shown = get_object_or_404(Person, pk=pk)
    form = PersonForm(request.POST or None, instance=get_object_or_404(Person, pk=pk))
    if form.is_bound and form.is_valid() and _saved(form, by=request.user):
        messages.success(request, _("%(name)s was changed.") % {"name": form.instance.name})
        # An admin who gave the role up may no longer look here.
        stays = request.user.pk != pk or form.instance.may(Action.MANAGE_PEOPLE)
        return redirect("people" if stays else "profile")
    context = {"person": shown, "form": form, "is_self": request.user.pk == pk}
    return render(request, "events/person.html", context, status=422 if form.errors else 200)


@needs(Action.MANAGE_PEOPLE)
@require_POST
def person_deactivate(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep somebody out: sessions, and links that this person made or was given, end at once."""
    shown = get_object_or_404(Person, pk=pk)
    if shown.pk == request.user.pk:
        messages.error(request, _("You cannot deactivate yourself. Ask another admin to do it."))
        return redirect("person", pk)
    try:
        with Person.objects.keeping_an_admin():
            # Before: of somebody deactivated no link counts as open, and reactivated she would find it so again.
            _withdraw_links(shown)
            Person.objects.filter(pk=pk).update(is_active=False)
            shown.end_sessions()
            record(Act.PERSON_DEACTIVATED, by=request.user, target=shown, url=_address(shown), fields=["is_active"])
    except LastAdmin:
        messages.error(request, _only_admin(shown))
        return redirect("person", pk)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": shown.name})
    return redirect("people")


@needs(Action.MANAGE_PEOPLE)
@require_POST
def person_reactivate(request: PersonRequest, pk: int) -> HttpResponse:
    """Let somebody in again; the password is the old one."""
    shown = get_object_or_404(Person, pk=pk)
    with transaction.atomic():
        Person.objects.filter(pk=pk).update(is_active=True)
        record(Act.PERSON_REACTIVATED, by=request.user, target=shown, url=_address(shown), fields=["is_active"])
    messages.success(request, _("%(name)s can sign in again, with the password from before.") % {"name": shown.name})
    return redirect("person", pk)


@needs(Action.MANAGE_PEOPLE)
@require_POST
def person_password_link(request: PersonRequest, pk: int) -> HttpResponse:
    """A link by which somebody sets a new password; an earlier one for them stops working."""
    shown = get_object_or_404(Person, pk=pk, is_active=True)
    now = timezone.now()
    with transaction.atomic():
        replaced, _by_model = Invitation.objects.open(now).filter(person=shown).delete()
        invitation, secret = Invitation.issue(
            email=shown.email, name=shown.name, role=shown.role, person=shown, now=now, by=request.user
        )
        record(Act.PASSWORD_LINK_MADE, by=request.user, target=shown, url=_address(shown))
    return show_link(request, invitation, secret, replaces=replaced > 0)


def _saved(form: PersonForm, *, by: Person) -> bool:
    """Whether what was typed is stored now; else the form says why it must not be."""
    changed = form.instance
    if not form.has_changed():
        return True
    try:
        with Person.objects.keeping_an_admin():
            # Only what was typed: the row may have got a new password since it was read.
            changed.save(update_fields=form.changed_data)
            if not changed.may(Action.MANAGE_PEOPLE):
                _withdraw_links(changed, received=False)
            record(Act.PERSON_CHANGED, by=by, target=changed, url=_address(changed), fields=form.changed_data)
    except LastAdmin:
        form.add_error("role", _only_admin(changed))
        return False
    return True


def _withdraw_links(person: Person, *, received: bool = True) -> None:
    """A link made by somebody who may not invite any more must not let anybody in."""
    whose = Q(created_by=person) | Q(person=person) if received else Q(created_by=person)
    Invitation.objects.open(timezone.now()).filter(whose).delete()


def _only_admin(person: Person) -> str:
    return _("%(name)s is the only admin. Make somebody else an admin first.") % {"name": person.name}


def _address(person: Person) -> str:
    return reverse("person", args=[person.pk])
