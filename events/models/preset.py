"""Compositions to start from, saved under a name and shared by all who compose for their store."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models

from events.domain.tree import Object, read, write
from events.models import encryption
from events.models.person import Person
from events.models.store import Store

NAME_LENGTH = 80
# A menu of more is no shorter than composing anew.
MOST_PRESETS = 50


class Preset(models.Model):
    """A payload with placeholders and nobody in it. Encrypted all the same: parameters can hold anything."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="presets")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=NAME_LENGTH)
    envelope = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint("store", "name", name="one_preset_of_a_name"),)

    def __str__(self) -> str:
        return self.name

    @property
    def context(self) -> str:
        return f"preset.envelope:{self.uuid}:{self.store_id}"

    @classmethod
    def of(cls, store: Store, name: str, tree: Object, *, by: Person, now: datetime) -> Preset:
        """A new one, not saved yet."""
        preset = cls(store=store, name=name, by=by, created_at=now)
        preset.envelope = encryption.seal(write(tree), context=preset.context)
        return preset

    def content(self) -> str:
        """The payload as JSON. Raises `encryption.Unreadable`."""
        return encryption.unseal(bytes(self.envelope), context=self.context).decode()

    def tree(self) -> Object:
        """The payload with its placeholders. Raises `encryption.Unreadable`."""
        tree = read(self.content())
        return tree if isinstance(tree, Object) else Object()

    def is_of(self, person: Person) -> bool:
        return self.by_id == person.pk
