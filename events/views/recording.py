"""A recorded visit to the shop, judged event by event. What is dropped here is read as it comes, and kept nowhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from events.domain.recording import Unreadable, audit, entries
from events.domain.rights import Action
from events.forms.recording import RecordingForm
from events.models.recorded import RecordedStores
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.compose import chosen_store
from events.views.recording_page import Report, report_of

# A packed file may hold a far larger one; somebody waits for its last byte, and a thread with her.
MOST_BYTES = 400_000_000


@needs(Action.COMPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def recording(request: PersonRequest) -> HttpResponse:
    """The field for a recording; a POST says of each event in it whether both halves reach Meta as one."""
    form = RecordingForm(request.POST, request.FILES) if request.method == "POST" else RecordingForm()
    report = _read(request, form) if form.is_bound and form.is_valid() else None
    context = {"form": form, "report": report}
    return render(request, "events/recording.html", context, status=422 if form.errors else 200)


def _read(request: PersonRequest, form: RecordingForm) -> Report | None:
    stores = RecordedStores(timezone.now())
    try:
        found = audit(entries(form.cleaned_data["file"], MOST_BYTES), stores.known)
    except Unreadable as refused:
        form.add_error("file", words(refused.text))
        return None
    return report_of(found, stores, chosen_store(request))
