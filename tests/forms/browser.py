"""What a browser would send back for a drawn form: the names and values of its inputs, line breaks dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.http import QueryDict

from events.forms.compose.drawing import ComposeForm
from events.forms.compose.parts import Input, RowView


def posted(form: ComposeForm, **changes: str) -> QueryDict:
    """The form's data as it comes back from a browser; `changes` by input name, dots written as `__`."""
    data = QueryDict(mutable=True)
    data["mode"], data["base"], data["raw"] = form.mode, form.base, form.raw.value
    _add_inputs(data, (*form.page, *form.buyer_open, *form.buyer_more))
    for event in form.events:
        data.appendlist("events.n", str(event.number))
        data[event.prefix + "origin"] = "" if event.origin is None else str(event.origin)
        data[event.prefix + "as"] = "json" if event.as_json else "rows"
        _add_inputs(data, (*event.inputs, *event.parameters, event.raw))
        _add_rows(data, event.prefix + "rows", event.rows)
    for line in form.lines:
        data.appendlist(f"{line.key}.n", str(line.number))
        data[line.prefix + "origin"] = "" if line.origin is None else str(line.origin)
        _add_inputs(data, (line.item, line.quantity))
    _add_rows(data, "extra", form.extra_rows)
    _add_rows(data, "buyer_rows", form.buyer_rows)
    for name, value in changes.items():
        data[name.replace("__", ".")] = value
    return data


def _add_inputs(data: QueryDict, inputs: Iterable[Input]) -> None:
    for each in inputs:
        data[each.name] = re.sub(r"[\r\n]", "", each.value)


def _add_rows(data: QueryDict, prefix: str, rows: Iterable[RowView]) -> None:
    for row in rows:
        data.appendlist(f"{prefix}.n", str(row.number))
        _add_inputs(data, (row.key, row.value))
        data[row.prefix + "kind"] = row.kind
        data[row.prefix + "origin"] = "" if row.origin is None else str(row.origin)
