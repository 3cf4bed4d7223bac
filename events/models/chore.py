"""What the console does by itself from time to time, and how far it is; one process at a time does it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models


class Chore(models.Model):
    """A recurring task. `due_at` is when it may be begun again; `done_until` is the moment it has dealt with."""

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField()
    done_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def claim(cls, name: str, now: datetime, every: timedelta) -> bool:
        """Whether the task is due and this process is the one to do it: of several that ask, one is told so."""
        chore, _made = cls.objects.get_or_create(name=name, defaults={"due_at": now})
        # A clock that was set back leaves it due in a future that nobody meant.
        if now < chore.due_at <= now + every:
            return False
        # Only where it was still as seen: somebody else may have been quicker.
        return bool(cls.objects.filter(name=name, due_at=chore.due_at).update(due_at=now + every))
