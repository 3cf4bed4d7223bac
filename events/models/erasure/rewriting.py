"""After the rows, the database's own files: what was erased must not lie in them as waste."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from events.models import engine, search
from events.models.audit import Act, AuditEntry
from events.models.chore import Chore

CHORE = "rewrite"


def done_until() -> datetime | None:
    """What was erased up to then is in no file any more."""
    return Chore.objects.filter(name=CHORE).values_list("done_until", flat=True).first()


def pending_since() -> datetime | None:
    """When the first buyer was erased of whom the files may still hold something; None where there is none."""
    erased, moment = AuditEntry.objects.filter(act=Act.BUYER_ERASED).order_by("pk"), done_until()
    erased = erased.filter(at__gt=moment) if moment else erased
    return erased.values_list("at", flat=True).first()


def rewrite(now: datetime) -> Iterator[None]:
    """Merge the indexes in small steps, then rewrite the files in a single one, for which every send waits.

    Not within a transaction.
    """
    yield from search.compact()
    engine.rewrite()
    Chore.objects.get_or_create(name=CHORE, defaults={"due_at": now})
    Chore.objects.filter(name=CHORE).update(done_until=now)
    yield
