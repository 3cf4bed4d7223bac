"""A composition that was not sent yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models

from events.models import encryption

KEPT = timedelta(days=1)


class DraftQuerySet(models.QuerySet["Draft"]):
    def drop_old(self, now: datetime) -> int:
        return self.filter(updated_at__lt=now - KEPT).delete()[0]


class Draft(models.Model):
    """One composition by its form token, encrypted, kept a day. The token is unique on Delivery as well."""

    token = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    envelope = models.BinaryField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.token)

    @property
    def context(self) -> str:
        return f"draft.envelope:{self.token}:-"

    def keep(self, content: str, now: datetime) -> None:
        """Save what was typed, as the form's own encoding of it."""
        self.envelope = encryption.seal(content.encode("utf-8", "surrogatepass"), context=self.context)
        self.updated_at = now
        self.save()

    def content(self) -> str:
        """What was typed. Raises `encryption.Unreadable`."""
        return encryption.unseal(bytes(self.envelope), context=self.context).decode("utf-8", "surrogatepass")
