"""What people see and change about themselves."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from events.domain.rights import Action
from events.forms.profile import ChangePasswordForm, ProfileForm
from events.models.audit import Act, record
from events.models.person import Person
from events.views.access import PersonRequest, needs


@needs(Action.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PersonRequest) -> HttpResponse:
    """One's own name and time zone."""
    form = ProfileForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if not (form.is_bound and form.is_valid()):
        return _page(request, profile_form=form)
    if form.has_changed():
        with transaction.atomic():
            form.instance.save(update_fields=form.changed_data)
            record(Act.PERSON_CHANGED, by=request.user, target=form.instance, fields=form.changed_data)
    messages.success(request, _("Your profile was saved."))
    return redirect("profile")


@sensitive_post_parameters()
@needs(Action.OWN_ACCOUNT)
@require_POST
def profile_password(request: PersonRequest) -> HttpResponse:
    """A new password of one's own: this browser stays signed in, every other is signed out."""
    form = ChangePasswordForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, password_form=form)
    person = request.user
    with transaction.atomic():
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        record(Act.PASSWORD_CHANGED, by=person, target=person, fields=["password"])
    update_session_auth_hash(request, person)
    messages.success(request, _("Your password was changed. Other browsers were signed out."))
    return redirect("profile")


def _page(
    request: PersonRequest,
    *,
    profile_form: ProfileForm | None = None,
    password_form: ChangePasswordForm | None = None,
) -> HttpResponse:
    """Both forms on one page, whichever of them was sent."""
    sent = profile_form or password_form
    context = {
        "profile_form": profile_form or ProfileForm(instance=request.user),
        "password_form": password_form or ChangePasswordForm(person=request.user),
    }
    return render(request, "events/profile.html", context, status=422 if sent and sent.errors else 200)
