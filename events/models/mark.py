"""What people leave at a delivery: notes, tags and a pin, each with who and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.db import models

from events.models import encryption
from events.models.delivery import Delivery

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


def words_in_use() -> tuple[str, ...]:
    """The tags that were written lately, newest first."""
    newest = Tag.objects.order_by("-id").values_list("word", flat=True)[:_LOOKED_THROUGH]
    return tuple(dict.fromkeys(newest))


def marks_left_at(pks: Collection[int]) -> dict[int, MarksLeft]:
    """Which of these deliveries are marked, in one query."""
    empty = models.Value("", models.CharField())
    pins = Pin.objects.filter(delivery__in=pks).order_by().values_list("delivery_id", models.Value("pin"), empty)
    notes = Note.objects.filter(delivery__in=pks).order_by().values_list("delivery_id", models.Value("note"), empty)
    tags = Tag.objects.filter(delivery__in=pks).order_by().values_list("delivery_id", models.Value("tag"), "word")
    found: dict[int, MarksLeft] = {}
    for pk, kind, word in pins.union(notes, tags, all=True):
        left = found.setdefault(pk, MarksLeft())
        left.is_pinned |= kind == "pin"
        left.note_count += kind == "note"
        left.tags += [word] * (kind == "tag")
    return found
