"""What people leave at a delivery: a pin, tags and notes. Each answers with the page, or for htmx with that part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from events.domain.rights import Action
from events.forms.marks import NoteForm, TagForm
from events.models import Delivery, Note, Pin, Tag
from events.views.access import PersonRequest, demand, needs
from events.views.delivery_page import show
from events.views.fragment import wants_fragment
from events.views.marks_page import Refused, marks_of, values_of_buyer
from events.views.on_delivery import find, on_delivery
from events.views.whereabouts import address, came_from

# Changes the marks of a delivery, or says which form could not be read.
Change = Callable[[PersonRequest, Delivery], Refused | None]


@needs(Action.SEE_LOG)
@on_delivery
def delivery_pin(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Pin it for everybody, or take the pin away."""
    return _changed(request, found, _pin, "pin")


@needs(Action.SEE_LOG)
@on_delivery
def delivery_tag(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Add tags."""
    return _changed(request, found, _tag, "tags")


@needs(Action.SEE_LOG)
@on_delivery
def delivery_untag(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Remove a tag."""
    return _changed(request, found, _untag, "tag")


@needs(Action.SEE_LOG)
@on_delivery
def delivery_note(request: PersonRequest, found: Delivery) -> HttpResponse:
    """Write one more note."""
    return _changed(request, found, _note, "note")


@needs(Action.SEE_LOG)
@on_delivery
def delivery_note_change(request: PersonRequest, found: Delivery, note: int) -> HttpResponse:
    """Write one's own note anew; that it was changed, and when, is kept with it."""
    return _changed(request, found, partial(_change_note, pk=note), note)


@needs(Action.SEE_LOG)
@on_delivery
def delivery_note_remove(request: PersonRequest, found: Delivery, note: int) -> HttpResponse:
    """Remove one's own note; an admin any."""
    return _changed(request, found, partial(_remove_note, pk=note), note)


def _changed(request: PersonRequest, found: Delivery, change: Change, acted: str | int) -> HttpResponse:
    """Make the change for whoever may mark this delivery, and by POST only; `acted` is the form, for a note its pk."""
    demand(request, Action.MARK, own=found.was_sent_by(request.user))
    if request.method != "POST":
        return redirect(address(request, found))
    refused = change(request, found)
    # Read anew: what it knows of its pin may be over.
    return _answer(request, find(found.pk, timezone.now()) or found, refused, acted)


def _pin(request: PersonRequest, delivery: Delivery) -> None:
    if request.POST.get("pinned") == "no":
        Pin.objects.filter(delivery=delivery).delete()
    else:
        Pin.objects.get_or_create(delivery=delivery, defaults={"by": request.user, "at": timezone.now()})


def _tag(request: PersonRequest, delivery: Delivery) -> Refused | None:
    there = set(delivery.tags.values_list("word", flat=True))
    form = TagForm(request.POST, there=there, hidden=values_of_buyer(delivery))
    if not form.is_valid():
        return Refused(tags=form)
    now = timezone.now()
    new = [Tag(delivery=delivery, word=word, by=request.user, at=now) for word in form.cleaned_data["words"]]
    # Somebody else may add the same word at this moment.
    Tag.objects.bulk_create(new, ignore_conflicts=True)
    return None


def _untag(request: PersonRequest, delivery: Delivery) -> None:
    delivery.tags.filter(word=request.POST.get("word", "")).delete()


def _note(request: PersonRequest, delivery: Delivery) -> Refused | None:
    form = NoteForm(request.POST, hidden=values_of_buyer(delivery))
    if not form.is_valid():
        return Refused(note=form)
    note = Note(delivery=delivery, by=request.user, at=timezone.now())
    note.keep(form.cleaned_data["text"])
    note.save()
    return None


def _change_note(request: PersonRequest, delivery: Delivery, *, pk: int) -> Refused | None:
    found = get_object_or_404(delivery.notes, pk=pk)
    demand(request, Action.CHANGE_NOTE, own=found.by_id == request.user.pk)
    form = NoteForm(request.POST, hidden=values_of_buyer(delivery), name=f"note-{found.pk}")
    if not form.is_valid():
        return Refused(note=form, note_pk=found.pk)
    found.keep(form.cleaned_data["text"])
    found.edited_at = timezone.now()
    found.save()
    return None


def _remove_note(request: PersonRequest, delivery: Delivery, *, pk: int) -> None:
    found = get_object_or_404(delivery.notes, pk=pk)
    demand(request, Action.REMOVE_NOTE, own=found.by_id == request.user.pk)
    found.delete()


def _answer(request: PersonRequest, delivery: Delivery, refused: Refused | None, acted: str | int) -> HttpResponse:
    here = address(request, delivery)
    if not (refused or wants_fragment(request)):
        return redirect(f"{here}#marks")
    marks, status = marks_of(request.user, delivery, refused), 422 if refused else 200
    if not wants_fragment(request):
        return show(request, delivery, timezone.now(), status=status, marks=marks)
    context = {"delivery": delivery, "marks": marks, "came_from": came_from(request), "acted": acted}
    return render(request, "events/_marks.html", context, status=status)
