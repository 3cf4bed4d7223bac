"""What tells of a buyer beside her deliveries: notes, drafts, presets, tags, saved searches, words in records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from django.db import models, transaction

from events.domain.redaction import Blotter
from events.models.audit import AuditEntry
from events.models.draft import Draft
from events.models.encryption import HASH_LENGTH, Unreadable
from events.models.group import ErrorGroup
from events.models.mark import Note, Tag
from events.models.preset import Preset
from events.models.run import Run
from events.models.saved_search import SavedSearch


@dataclass(frozen=True)
class _Kept:
    """A table with free text. `read` gives a row's text; `columns` are blotted, or the row is removed without any."""

    model: type[models.Model]
    read: Callable[[Any], str]
    columns: tuple[str, ...] = ()


_AUDITED = ("target", "target_url", "reason")
# What was written by hand about her is removed; a record of what was done stays, without her in it.
_TABLES = (
    _Kept(Note, lambda note: str(note.text())),
    _Kept(Draft, lambda draft: str(draft.content())),
    _Kept(Preset, lambda preset: f"{preset.name} {preset.content()}"),
    _Kept(Tag, lambda tag: str(tag.word)),
    _Kept(SavedSearch, lambda saved: f"{saved.name} {unquote_plus(saved.query)}"),
    _Kept(AuditEntry, lambda entry: _texts(entry, _AUDITED), _AUDITED),
    _Kept(ErrorGroup, lambda group: str(group.sentence), ("sentence",)),
    _Kept(Run, lambda run: str(run.name), ("name",)),
)


class Traces:
    """Looks through the small tables for a buyer's values, and for the keyed hashes of them.

    What hangs on the deliveries `besides` is not looked at: it goes with them.
    """

    def __init__(self, values: Iterable[str], tokens: Iterable[str], besides: Collection[int] = ()) -> None:
        hashes = (token.lstrip(":") for token in tokens)
        self._hashes = frozenset(each for each in hashes if len(each) == HASH_LENGTH)
        self._clean = Blotter(values)
        self._besides = besides

    def count(self) -> int:
        """How many rows tell of her."""
        return sum(1 for table in _TABLES for _row in self._rows(table))

    def remove(self) -> int:
        """Remove or blot them; returns how many."""
        number = 0
        for table in _TABLES:
            for row in list(self._rows(table)):
                with transaction.atomic():
                    self._remove(table, row)
                number += 1
        return number

    def _rows(self, table: _Kept) -> Iterator[Any]:
        for row in table.model._default_manager.order_by("pk").iterator():
            if getattr(row, "delivery_id", None) in self._besides:
                continue
            try:
                text = table.read(row)
            except Unreadable:
                continue  # nobody reads it any more
            if self._blotted(text) != text:
                yield row

    def _remove(self, table: _Kept, row: Any) -> None:
        mine = table.model._default_manager.filter(pk=row.pk)
        if table.columns:
            # What was cut to fit may lead nowhere: an address that was blotted is no address.
            mine.update(**{name: self._kept(name, getattr(row, name)) for name in table.columns})
        else:
            mine.delete()

    def _kept(self, name: str, text: str) -> str:
        blotted = self._blotted(text)
        return blotted if blotted == text or not name.endswith("_url") else ""

    def _blotted(self, text: str) -> str:
        for found in self._hashes:
            text = text.replace(found, "•••")
        return self._clean(text)


def _texts(row: Any, names: tuple[str, ...]) -> str:
    return "\n".join(getattr(row, name) for name in names)
