"""The menu of the log's columns: ticks, and buttons that move one of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from events.models.log_column import FIRST_COLUMNS, MOST_COLUMNS, LogColumn, log_columns

RESET = "reset"


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One line of the menu."""

    column: LogColumn
    is_chosen: bool
    is_fixed: bool = False
    may_rise: bool = False
    may_sink: bool = False

    @property
    def name(self) -> str:
        return self.column.value

    @property
    def label(self) -> str:
        return str(self.column.label)

    @property
    def rise(self) -> str:
        return _("Move %(label)s up") % {"label": self.label}

    @property
    def sink(self) -> str:
        return _("Move %(label)s down") % {"label": self.label}


@dataclass(frozen=True)
class ColumnMenu:
    columns: tuple[LogColumn, ...]

    @property
    def entries(self) -> list[ColumnEntry]:
        """The chosen ones in their order, and below them the others."""
        last = len(self.columns) - 1
        chosen = [
            ColumnEntry(column, True, column is LogColumn.TIME, may_rise=at > 0, may_sink=at < last)
            for at, column in enumerate(self.columns)
        ]
        others = [ColumnEntry(column, False, self.is_full) for column in LogColumn if column not in self.columns]
        return chosen + others

    @property
    def is_full(self) -> bool:
        return len(self.columns) >= MOST_COLUMNS

    @property
    def most(self) -> int:
        return MOST_COLUMNS


def asked_columns(data: QueryDict) -> tuple[LogColumn, ...]:
    """What was ticked, in the order of the menu, once the button that was pressed has done its work."""
    if data.get("do") == RESET:
        return FIRST_COLUMNS
    columns = list(log_columns(data.getlist("column"))[:MOST_COLUMNS])
    for name, step in (("up", -1), ("down", 1)):
        moved = next((column for column in columns if column.value == data.get(name)), None)
        if moved:
            at = columns.index(moved)
            columns.insert(max(0, at + step), columns.pop(at))
    return tuple(columns)
