"""The parts of the composer as its templates draw them: inputs, rows, events and lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from events.domain.finding import Finding, Severity
from events.forms.compose.shelf import Choice

Label: TypeAlias = str | Promise


@dataclass(frozen=True)
class Input:
    """One input: its name in the form, its words, its text, and the remarks that belong to it."""

    name: str
    label: Label
    value: str
    wire: str = ""
    help: Label = ""
    placeholder: str = ""
    suggestions: str = ""
    remarks: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        return "in-" + self.name.replace(".", "-")

    @property
    def severity(self) -> str:
        """The worst of its remarks, or ""."""
        found = {remark.severity for remark in self.remarks}
        return next((each.value for each in Severity if each in found), "")

    @property
    def is_invalid(self) -> bool:
        return self.severity == Severity.ERROR


@dataclass(frozen=True)
class RowView:
    number: int
    prefix: str
    key: Input
    value: Input
    kind: str
    origin: int | None


@dataclass(frozen=True)
class EventView:
    number: int
    prefix: str
    origin: int | None
    inputs: tuple[Input, ...]
    parameters: tuple[Input, ...]
    rows: tuple[RowView, ...]
    as_json: bool
    raw: Input
    opaque: str
    opaque_parameters: str

    @property
    def position(self) -> int:
        return self.number + 1

    @property
    def key(self) -> str:
        return str(self.number)

    @property
    def rows_prefix(self) -> str:
        return f"{self.prefix}rows"

    @property
    def add_row(self) -> str:
        return f"add:{self.prefix}rows"


@dataclass(frozen=True)
class LineView:
    number: int
    prefix: str
    key: str
    kind: Label
    origin: int | None
    item: Input
    quantity: Input
    opaque: str
    placeholder: str
    is_first: bool
    is_last: bool
    name: str = ""
    price: str = ""
    choices: tuple[Choice, ...] = ()
    finds_nothing: bool = False

    @property
    def position(self) -> str:
        return str(self.number)

    @property
    def words(self) -> str:
        """As findings name it: each kind is counted for itself."""
        return (_("Line %(n)s") if self.key == "variants" else _("Bundle line %(n)s")) % {"n": self.number + 1}

    @property
    def id(self) -> str:
        return f"in-{self.key}-{self.number}"


def inputs_of_event(event: EventView) -> Iterable[Input]:
    yield from event.inputs
    if event.opaque_parameters:
        return
    if event.as_json:
        yield event.raw
    else:
        yield from (*event.parameters, *inputs_of_rows(event.rows))


def inputs_of_rows(rows: Iterable[RowView]) -> Iterable[Input]:
    return (each for row in rows for each in (row.key, row.value))
