"""What was left at a delivery, as one viewer sees it: pin, tags and notes, each with who and when."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.export.entry import buyer_of
from events.domain.rights import Action
from events.domain.text import Text
from events.forms.marks import NoteForm, TagForm
from events.models import Delivery, Note, Person, Pin, Tag
from events.models.body import payload_of
from events.models.encryption import Unreadable
from events.models.mark import left_at

_SHORTEST_HIDDEN = 3


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One note; where it cannot be read `text` is "" and `trouble` says why. `form` is there for whoever wrote it."""

    note: Note
    text: str
    trouble: Text | None
    form: NoteForm | None
    may_remove: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All of it. Without `may_mark` there are no forms."""

    pin: Pin | None
    tags: list[Tag]
    notes: list[ShownNote]
    may_mark: bool
    tag_form: TagForm | None = None
    note_form: NoteForm | None = None
    words_in_use: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Forms that said no, to be shown as they were filled in; `note_pk` is the note that one was to change."""

    tags: TagForm | None = None
    note: NoteForm | None = None
    note_pk: int | None = None


def marks_of(
    person: Person, delivery: Delivery, refused: Refused | None = None, in_use: tuple[str, ...] | None = None
) -> Marks:
    """`in_use` are the words that tags are offered from, where the page has asked for them already."""
    refused = refused or Refused()
    may_mark = person.may(Action.MARK, own=delivery.was_sent_by(person))
    left = left_at(delivery, with_words=may_mark and in_use is None)
    return Marks(
        pin=getattr(delivery, "pin", None),
        tags=left.tags,
        notes=[_shown(note, person, refused, may_mark) for note in left.notes],
        may_mark=may_mark,
        tag_form=(refused.tags or TagForm()) if may_mark else None,
        note_form=(refused.note if refused.note and not refused.note_pk else NoteForm()) if may_mark else None,
        words_in_use=(in_use or left.words) if may_mark else (),
    )


def values_of_buyer(delivery: Delivery) -> tuple[str, ...]:
    """What the payload says of who its buyer is, as far as it can be read."""
    known = buyer_of(payload_of(delivery)).values()
    return tuple(value for value in known if len(value) >= _SHORTEST_HIDDEN)


def _shown(note: Note, person: Person, refused: Refused, may_mark: bool) -> ShownNote:
    is_own = note.by_id == person.pk
    text, trouble = "", None
    try:
        text = note.text()
    except Unreadable as unreadable:
        trouble = unreadable.words
    may_change = may_mark and person.may(Action.CHANGE_NOTE, own=is_own)
    form = refused.note if refused.note_pk == note.pk else None
    if form is None and may_change:
        form = NoteForm(initial={"text": text}, name=f"note-{note.pk}")
    return ShownNote(note, text, trouble, form, may_mark and person.may(Action.REMOVE_NOTE, own=is_own))
