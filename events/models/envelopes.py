"""Every encrypted column there is: which master keys they need, and how they move to the primary one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Length, Substr

from events.models import encryption
from events.models.body import Body, request_context, response_context
from events.models.delivery import Delivery
from events.models.draft import Draft
from events.models.key import StorefrontKey
from events.models.mark import Note
from events.models.preset import Preset
from events.models.secret import ConsoleSecret

HEAD_BYTES = 2


@dataclass(frozen=True)
class Column:
    """A column of envelopes. `context` gives a row's associated data and `needs` what of the row that takes."""

    model: type[models.Model]
    field: str
    context: Callable[[Any], str]
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.model._meta.verbose_name} {self.field}"

    def rows(self) -> models.QuerySet[Any]:
        """The rows that hold an envelope; canaries stay under the key that they stand for."""
        found: models.QuerySet[Any] = self.model._default_manager.annotate(size=Length(self.field)).filter(size__gt=0)
        if self.model is ConsoleSecret:
            found = found.exclude(name__startswith=encryption.CANARY_PREFIX)
        return found

    def starting(self, length: int) -> models.QuerySet[Any]:
        """The rows with their envelope's first bytes as `start`: enough to see the key without reading the rest."""
        start = Substr(self.field, 1, length, output_field=models.BinaryField())
        found: models.QuerySet[Any] = self.rows().annotate(start=start)
        return found


COLUMNS = (
    Column(ConsoleSecret, "envelope", lambda row: encryption.secret_context(row.name)),
    Column(StorefrontKey, "envelope", lambda row: row.context, ("uuid", "store_id")),
    Column(Draft, "envelope", lambda row: row.context),
    Column(Preset, "envelope", lambda row: row.context, ("uuid", "store_id")),
    Column(Delivery, "buyer", lambda row: row.buyer_context, ("uuid", "store_id")),
    Column(Note, "envelope", lambda row: row.context, ("uuid", "delivery_id")),
    Column(
        Body, "request", lambda row: request_context(row.delivery), ("delivery__uuid", "delivery__store_id")
    ),
    Column(
        Body, "response", lambda row: response_context(row.delivery), ("delivery__uuid", "delivery__store_id")
    ),
)  # fmt: skip


class KeyStillNeeded(encryption.KeyMissing):
    """A master key was dropped from the list while `envelopes` stored ones need it."""

    def __init__(self, key_id: str, envelopes: int) -> None:
        super().__init__(key_id)
        self.envelopes = envelopes


def count_by_key(columns: tuple[Column, ...] = COLUMNS) -> Counter[str]:
    """How many envelopes need which master key; under "" those that no version of this program wrote."""
    counts: Counter[str] = Counter()
    for column in columns:
        for head, number in _grouped(column.starting(HEAD_BYTES)):
            if len(head) < HEAD_BYTES or head[0] != encryption.VERSION:
                counts[""] += number
                continue
            # IDs differ in length, and a byte too many would be a nonce's: one group a row.
            alike = column.starting(HEAD_BYTES).filter(start=head).values("pk")
            for start, count in _grouped(column.starting(HEAD_BYTES + head[1]).filter(pk__in=alike)):
                counts[start[HEAD_BYTES:].decode("ascii", "replace")] += count
    return counts


def _grouped(rows: models.QuerySet[Any]) -> Iterator[tuple[bytes, int]]:
    for start, number in rows.order_by().values_list("start").annotate(number=models.Count("pk")):
        yield bytes(start), number


def prove_master_keys() -> None:
    """Raise unless today's list opens all that is stored. Meant for every start: it reads a handful of rows.

    Only a key that has left the list makes it count through everything, once: what nothing needs is forgotten.
    Raises `KeyStillNeeded`, `encryption.Unreadable`.
    """
    listed = encryption.master_keys().ciphers
    marked = {name.removeprefix(encryption.CANARY_PREFIX) for name in encryption.canaries()}
    # A command may have written under a key that no start ever saw: small tables are counted each time.
    if dropped := {*marked, *count_by_key(COLUMNS[:4])} - {"", *listed}:
        needed = count_by_key()
        for key_id in sorted(dropped):
            if needed[key_id]:
                raise KeyStillNeeded(key_id, needed[key_id])
            ConsoleSecret.objects.filter(name=encryption.CANARY_PREFIX + key_id).delete()
    encryption.check_canaries()


@dataclass
class Progress:
    """What one batch of a rotation did to a column; `stuck` counts by the reason why an envelope stayed as it was."""

    column: Column
    moved: int
    stuck: Counter[str]


def move_to_primary(batch_size: int) -> Iterator[Progress]:
    """Encrypt again, batch by batch, what is not under the primary master key; ending early loses nothing.

    A row that changes meanwhile is left as it is: whoever changed it wrote under the primary key, or the next run
    finds it.
    """
    for column in COLUMNS:
        last: object = None
        while rows := _not_primary(column, after=last, limit=batch_size):
            last = rows[-1].pk
            progress = Progress(column, 0, Counter())
            with transaction.atomic():
                for row in rows:
                    _move(column, row, progress)
            yield progress


def _not_primary(column: Column, *, after: object, limit: int) -> list[Any]:
    prefix = encryption.prefix_of(encryption.master_keys().primary)
    rows = column.starting(len(prefix)).exclude(start=prefix).order_by("pk")
    if column.model is Body:
        rows = rows.select_related("delivery")
    rows = rows.only("pk", column.field, *column.needs)
    return list((rows if after is None else rows.filter(pk__gt=after))[:limit])


def _move(column: Column, row: models.Model, progress: Progress) -> None:
    old = bytes(getattr(row, column.field))
    context = column.context(row)
    try:
        fresh = encryption.seal(encryption.unseal(old, context=context), context=context)
    except encryption.Unreadable as error:
        progress.stuck[str(error)] += 1
        return
    unchanged = column.model._default_manager.filter(pk=row.pk, **{column.field: old})
    if unchanged.update(**{column.field: fresh}):
        progress.moved += 1
    else:
        progress.stuck["changed meanwhile"] += 1
