"""The composer laid out for its templates: inputs with what was typed in them and what was found about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain import contract
from events.domain.finding import Finding, Severity
from events.domain.mending import is_safe
from events.domain.presets import is_fillable
from events.domain.reading import NAMES, better_read
from events.domain.text import Text
from events.domain.tree import Array, Object, Path, at, write
from events.forms.compose.building import Built
from events.forms.compose.composition import (
    JSON,
    Composition,
    EventPart,
    LinePart,
    base_text,
)
from events.forms.compose.fields import (
    BUYER_FIELDS,
    EVENT_FIELDS,
    LINE_KEYS,
    LINE_LABELS,
    PAGE_FIELDS,
    PARAMETER_FIELDS,
    Field,
)
from events.forms.compose.parts import (
    EventView,
    Input,
    Label,
    LineView,
    RowView,
    inputs_of_event,
    inputs_of_rows,
)
from events.forms.compose.remarks import Remark, listed_by_place
from events.forms.compose.shelf import EMPTY_SHELF, Shelf, looks_like_id
from events.forms.compose.values import Row


@dataclass(frozen=True)
class ComposeForm:
    """What the templates draw. `findings` are those on the built payload; problems of single inputs come first."""

    composition: Composition
    built: Built
    findings: tuple[Finding, ...]
    shelf: Shelf = EMPTY_SHELF

    @property
    def mode(self) -> str:
        return self.composition.mode

    @property
    def base(self) -> str:
        return base_text(self.composition)

    @property
    def tree(self) -> Object:
        return self.built.tree

    @cached_property
    def remarks(self) -> tuple[Finding, ...]:
        return (*self.built.problems.values(), *self.built.unfilled, *self.findings)

    @property
    def listed(self) -> tuple[Remark, ...]:
        """The remarks as the pane shows them."""
        return listed_by_place(self.remarks, self.tree)

    @property
    def mends_together(self) -> int:
        """How many of them one button mends."""
        return sum(map(is_safe, self.remarks))

    @property
    def is_sendable(self) -> bool:
        """No error at all: what Scalev takes, as far as its contract tells."""
        return not any(remark.severity is Severity.ERROR for remark in self.remarks)

    @property
    def is_readable(self) -> bool:
        """Every input stands for something, so the payload can be sent, if only to see it refused."""
        return not self.built.problems and not self.built.unfilled

    @property
    def is_fillable(self) -> bool:
        """Whether one button fills in what placeholders are left."""
        return not self.built.problems and is_fillable(self.tree)

    @property
    def counts(self) -> dict[str, int]:
        severities = [remark.severity for remark in self.remarks]
        return {each.value: severities.count(each) for each in Severity if each in severities}

    @cached_property
    def marks(self) -> Mapping[Path, str]:
        """The worst severity by path, for the lines of the JSON; a missing key marks its owner."""
        marks: dict[Path, str] = {}
        for finding in reversed((*self.built.unfilled, *self.findings)):
            path = finding.path
            while path and at(self.tree, path) is None and not _stands(self.tree, path):
                path = path[:-1]
            if path and (path not in marks or finding.severity is Severity.ERROR):
                marks[path] = finding.severity.value
        return marks

    @property
    def raw(self) -> Input:
        return self._input("raw", _("The request as JSON"), self.composition.raw, path=())

    @cached_property
    def better_read(self) -> Text | None:
        """What was typed as JSON and looks like something else that can be read, in words."""
        form = better_read(self.composition.raw) if self.mode == JSON else None
        return NAMES[form] if form else None

    @property
    def page(self) -> tuple[Input, ...]:
        return self._inputs(PAGE_FIELDS, self.composition.page, "", ())

    @property
    def buyer_open(self) -> tuple[Input, ...]:
        return self._buyer(shown_at_once=True)

    @property
    def buyer_more(self) -> tuple[Input, ...]:
        return self._buyer(shown_at_once=False)

    @property
    def buyer_more_filled(self) -> str:
        """What the folded fields hold, in a few words."""
        return ", ".join(f"{each.wire}: {each.value}" for each in self.buyer_more if each.value)[:80]

    @property
    def buyer_more_open(self) -> bool:
        return any(each.remarks for each in self.buyer_more) or bool(self.composition.buyer_rows)

    @property
    def buyer_rows(self) -> tuple[RowView, ...]:
        return self._rows(self.composition.buyer_rows, "buyer_rows", ("user_data",))

    @property
    def buyer_opaque(self) -> str:
        """`user_data` as text where it is no object and so has no inputs."""
        return self._opaque(self.tree.get("user_data"), Object) if "user_data" in self.tree else ""

    @property
    def extra_rows(self) -> tuple[RowView, ...]:
        return self._rows(self.composition.extra, "extra", ())

    @property
    def events(self) -> tuple[EventView, ...]:
        return tuple(self._event(number, part) for number, part in enumerate(self.composition.events))

    @property
    def events_opaque(self) -> str:
        return self._opaque(self.tree.get("events"), Array) if "events" in self.tree else ""

    @property
    def lines(self) -> tuple[LineView, ...]:
        return tuple(
            self._line(key, number, part)
            for key in LINE_KEYS
            for number, part in enumerate(self.composition.lines.get(key, ()))
        )

    @property
    def lines_opaque(self) -> str:
        odd = [key for key in LINE_KEYS if key in self.tree and not isinstance(self.tree.get(key), Array)]
        return ", ".join(f"{key}: {write(self.tree.get(key)).decode()}" for key in odd)

    @property
    def inputs(self) -> Iterable[Input]:
        """Every input that is drawn and can carry a remark, in the order in which they stand on the page."""
        if self.mode == JSON:
            yield self.raw
            return
        yield from self.page
        for event in self.events:
            if not event.opaque:
                yield from inputs_of_event(event)
        for line in self.lines:
            if not line.opaque:
                yield from (line.item, line.quantity)
        if not self.buyer_opaque:
            yield from (*self.buyer_open, *self.buyer_more, *inputs_of_rows(self.buyer_rows))
        yield from inputs_of_rows(self.extra_rows)

    def _buyer(self, *, shown_at_once: bool) -> tuple[Input, ...]:
        fields = tuple(field for field in BUYER_FIELDS if field.open is shown_at_once)
        return self._inputs(fields, self.composition.buyer, "user_data.", ("user_data",))

    def _inputs(
        self, fields: tuple[Field, ...], texts: Mapping[str, str], prefix: str, path: Path
    ) -> tuple[Input, ...]:
        return tuple(
            self._input(
                prefix + each.key,
                each.label,
                texts.get(each.key, ""),
                path=(*path, each.key),
                wire=each.key,
                help=each.help,
                placeholder=each.placeholder,
                suggestions=each.suggestions,
            )
            for each in fields
        )

    def _input(self, name: str, label: Label, value: str, *, path: Path | None, **more: str | Promise) -> Input:
        problem = self.built.problems.get(name)
        found = tuple(finding for finding in self.findings if finding.path == path)
        if path is not None:
            # A placeholder may stand deep in a list or in JSON that one input holds.
            found = (*(each for each in self.built.unfilled if each.path[: len(path)] == path), *found)
        remarks = (problem, *found) if problem else found
        return Input(name=name, label=label, value=value, remarks=remarks, **more)  # type: ignore[arg-type]

    def _rows(self, rows: tuple[Row, ...], prefix: str, path: Path) -> tuple[RowView, ...]:
        return tuple(self._row(number, row, f"{prefix}.{number}.", path) for number, row in enumerate(rows))

    def _row(self, number: int, row: Row, prefix: str, path: Path) -> RowView:
        value_path = (*path, row.key.strip()) if row.key.strip() else None
        return RowView(
            number=number,
            prefix=prefix,
            key=self._input(prefix + "key", _("Name"), row.key, path=None),
            value=self._input(prefix + "value", _("Value"), row.value, path=value_path),
            kind=row.kind,
            origin=row.origin,
        )

    def _event(self, number: int, part: EventPart) -> EventView:
        prefix, path = f"events.{number}.", ("events", number)
        tree = at(self.tree, path)
        parameters = tree.get("parameters") if isinstance(tree, Object) else None
        return EventView(
            number=number,
            prefix=prefix,
            origin=part.origin,
            inputs=self._inputs(EVENT_FIELDS, part.texts, prefix, path),
            parameters=self._inputs(PARAMETER_FIELDS, part.parameters, prefix + "parameters.", (*path, "parameters")),
            rows=self._rows(part.rows, f"{prefix}rows", (*path, "parameters")),
            as_json=part.as_json,
            raw=self._input(prefix + "raw", _("Parameters as JSON"), part.raw, path=(*path, "parameters")),
            opaque=self._opaque(tree, Object),
            opaque_parameters=self._opaque(parameters, Object) if _stands(self.tree, (*path, "parameters")) else "",
        )

    def _line(self, key: str, number: int, part: LinePart) -> LineView:
        prefix, path, id_key = f"{key}.{number}.", (key, number), contract.LINE_ID_KEYS[key]
        item, choices = self.shelf.item(part.item_id), self.shelf.choices.get((key, number))
        return LineView(
            number=number,
            prefix=prefix,
            key=key,
            kind=LINE_LABELS[key],
            origin=part.origin,
            item=self._input(prefix + id_key, _("Unique ID"), part.item_id, path=(*path, id_key), wire=id_key),
            quantity=self._input(prefix + "quantity", _("Quantity"), part.quantity, path=(*path, "quantity")),
            opaque=self._opaque(at(self.tree, path), Object),
            placeholder=id_key.removesuffix("unique_id") + "…",
            is_first=number == 0,
            is_last=number == len(self.composition.lines[key]) - 1,
            name=item.name if item else "",
            price=self.shelf.price(part.item_id),
            choices=choices or (),
            finds_nothing=choices == () and not looks_like_id(key, part.item_id),
        )

    @property
    def total(self) -> str:
        """What the cart comes to at the catalogue's prices, "" where they are not known."""
        return self.shelf.total(self.composition)

    @staticmethod
    def _opaque(value: object, wanted: type) -> str:
        """The JSON of what the form has no inputs for, or "" where it has."""
        return "" if isinstance(value, wanted) else write(value).decode()  # type: ignore[arg-type]


def _stands(tree: Object, path: Path) -> bool:
    """Whether the last step of a path is there, even as null."""
    owner = at(tree, path[:-1])
    step = path[-1]
    return isinstance(owner, Object) and isinstance(step, str) and step in owner
