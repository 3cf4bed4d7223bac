"""What people leave at a delivery: notes, tags and a pin, each with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, models

from events.models import encryption, prepared
from events.models.delivery import Delivery
from events.models.person import Person
from events.models.prepared import Place

# Of so many tags the newest stand for the words in use: to look through all would cost more than it helps.
_LOOKED_THROUGH = 500


class Note(models.Model):
    """A remark in somebody's own words. Encrypted: support writes down what a buyer said."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="notes")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    envelope = models.BinaryField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"note at {self.delivery_id}"

    @property
    def context(self) -> str:
        return f"note.envelope:{self.uuid}:{self.delivery_id}"

    def keep(self, text: str) -> None:
        """Take the text in, encrypted. The row is not saved yet."""
        self.envelope = encryption.seal(text.encode("utf-8", "surrogatepass"), context=self.context)

    def text(self) -> str:
        """What was written. Raises `encryption.Unreadable`."""
        return encryption.unseal(bytes(self.envelope), context=self.context).decode("utf-8", "surrogatepass")


class Tag(models.Model):
    """A word that gathers deliveries: lower case, without blanks."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("word",)
        constraints = (models.UniqueConstraint("delivery", "word", name="one_tag_of_a_word"),)
        indexes = (models.Index(fields=("word", "-delivery"), name="tag_word"),)

    def __str__(self) -> str:
        return self.word


class Pin(models.Model):
    """Kept at hand for everybody."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.CASCADE, related_name="pin")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"pin at {self.delivery_id}"


@dataclass(slots=True)
class MarksLeft:
    """That a delivery is marked, in short, as a list shows it."""

    is_pinned: bool = False
    tags: list[str] = field(default_factory=list)
    note_count: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """What was left at one delivery, the oldest first; of who left it only the name and e-mail are read.

    `words` are the tags that were written lately at any delivery, newest first; () where nobody asked for them.
    """

    tags: list[Tag] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    words: tuple[str, ...] = ()


def newest_words() -> models.QuerySet[Any]:
    """The words of the tags that were written lately, each with the number of its newest: rows of `word`, `newest`."""
    newest = Tag.objects.order_by("-id").values("pk")[:_LOOKED_THROUGH]
    return Tag.objects.filter(pk__in=newest).order_by().values("word").annotate(newest=models.Max("pk"))


def left_at(delivery: Delivery, *, with_words: bool = False) -> Left:
    """Tags, notes, and the words that tags are offered from, in one query: a page shows them together."""
    found = prepared.rows(_left_with_words if with_words else _left, delivery=delivery.pk)
    left, words = Left(), list[str]()
    # In the order of their numbers: that of a word is its newest tag's.
    for kind, *row in sorted(found, key=lambda row: row[1]):
        pk, at, word, edited_at, uuid, envelope, by, name, email = row
        person = Person(pk=by, name=name, email=email) if by else None
        if kind == "note":
            note = Note(pk=pk, delivery=delivery, at=at, by=person, edited_at=edited_at, uuid=uuid, envelope=envelope)
            left.notes.append(note)
        elif kind == "tag":
            left.tags.append(Tag(pk=pk, delivery=delivery, at=at, by=person, word=word))
        else:
            words.append(word)
    return replace(left, words=tuple(reversed(words)))


def _left() -> models.QuerySet[Any]:
    # A note first: it has every column, and tells the database the types of those that the others lack.
    sealed = {"edited_at": "edited_at", "uuid": "uuid", "envelope": "envelope"}
    notes, tags = (model.objects.filter(delivery=Place("delivery")) for model in (Note, Tag))
    found = _part("note", notes, pk="pk", at="at", **sealed, **_WHO)
    return found.union(_part("tag", tags, pk="pk", at="at", word="word", **_WHO), all=True)


def _left_with_words() -> models.QuerySet[Any]:
    return _left().union(_part("word", newest_words(), pk="newest", word="word"), all=True)


# The columns of `left_at`, as they are where a kind of mark lacks them.
_LACKING = {
    "pk": models.Value(0),
    "at": models.Value(None, models.DateTimeField()),
    "word": models.Value("", models.CharField()),
    "edited_at": models.Value(None, models.DateTimeField()),
    "uuid": models.Value(None, models.UUIDField()),
    "envelope": models.Value(None, models.BinaryField()),
    "by": models.Value(None, models.IntegerField()),
    "name": models.Value(None, models.CharField()),
    "email": models.Value(None, models.CharField()),
}
_WHO = {"by": "by", "name": "by__name", "email": "by__email"}


def _part(kind: str, rows: models.QuerySet[Any], **columns: str) -> models.QuerySet[Any]:
    return rows.order_by().values_list(models.Value(kind), *(_LACKING | columns).values())


def marks_left_at(pks: Sequence[int]) -> dict[int, MarksLeft]:
    """Which of these deliveries are marked, in one query. Every page of the log waits for it, and the ORM takes five
    times as long to put it together as the database to answer.
    """
    found: dict[int, MarksLeft] = {}
    if not pks:
        return found
    places = ", ".join(["%s"] * len(pks))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part.format(places) for part in _MARKED]), [*pks] * len(_MARKED))
        for pk, kind, word in cursor.fetchall():
            left = found.setdefault(pk, MarksLeft())
            left.is_pinned |= kind == "pin"
            left.note_count += kind == "note"
            left.tags += [word] * (kind == "tag")
    return found


def _marked(kind: str, model: type[models.Model], word: str = "''") -> str:
    # Nothing but the models' own names.
    return f"SELECT delivery_id, '{kind}', {word} FROM {model._meta.db_table} WHERE delivery_id IN ({{}})"  # nosec B608


_MARKED = (_marked("pin", Pin), _marked("note", Note), _marked("tag", Tag, "word"))
