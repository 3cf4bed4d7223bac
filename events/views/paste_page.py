"""What was read of a pasted request, laid out for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.domain.meta import PARAMETERS
from events.domain.reading import NAMES, Found, NotRead, Reading
from events.domain.tree import Array, Json, Object, Path, format_path, walk, write
from events.forms.compose.fields import BUYER_FIELDS, EVENT_FIELDS, PAGE_FIELDS, PARAMETER_FIELDS
from events.forms.compose.values import shown
from events.models import Store

MOST_ROWS = 80
# More is no event any more, and does not fit through the form that opens it.
MOST_LETTERS = 400_000
_LABELS: dict[str, str | Promise] = {
    **{parameter.name: parameter.words for parameter in PARAMETERS},
    **{field.key: field.label for field in (*PAGE_FIELDS, *BUYER_FIELDS, *EVENT_FIELDS, *PARAMETER_FIELDS)},
    "quantity": _("Quantity"),
    "variant_unique_id": _("Variant"),
    "bundle_price_option_unique_id": _("Bundle"),
}


@dataclass(frozen=True)
class Row:
    """One value that was read: in plain words, by its path, and as it stands."""

    label: str | Promise
    path: str
    value: str


@dataclass(frozen=True)
class Choice:
    """One payload on the page: what was read of it, and what carries it to the composer."""

    number: int
    found: Found
    rows: tuple[Row, ...]
    more: int
    payload: str
    store: Store | None
    is_foreign_store: bool

    @property
    def not_read(self) -> tuple[NotRead, ...]:
        return self.found.not_read

    @property
    def is_too_large(self) -> bool:
        return len(self.payload) + len(self.found.text) > MOST_LETTERS


def report_of(reading: Reading, usual: Store | None) -> dict[str, Any]:
    """The page's context. `usual` is the store that is offered where the request names none of the console's."""
    stores = list(Store.objects.current())
    named = {store.store_id: store for store in reversed(stores)}
    choices = [_choice(number, found, named, usual) for number, found in enumerate(reading.found, start=1)]
    return {"reading": reading, "form_name": NAMES[reading.form], "choices": choices, "stores": stores}


def _choice(number: int, found: Found, named: dict[str, Store], usual: Store | None) -> Choice:
    rows = [] if found.payload is None else list(_rows(found.payload))
    return Choice(
        number=number,
        found=found,
        rows=tuple(rows[:MOST_ROWS]),
        more=max(0, len(rows) - MOST_ROWS),
        payload="" if found.payload is None else write(found.payload).decode(),
        store=named.get(found.store_id, usual),
        is_foreign_store=bool(found.store_id) and found.store_id not in named,
    )


def _rows(payload: Object) -> list[Row]:
    return [Row(_label(path), format_path(path), shown(value)) for path, value in _leaves(payload)]


def _leaves(payload: Object) -> list[tuple[Path, Json]]:
    """The values themselves; a list of plain ones is one."""
    found = list(walk(payload))
    lists = {path for path, value in found if isinstance(value, Array) and not any(map(_has_parts, value))}
    return [(path, value) for path, value in found if path in lists or not (_has_parts(value) or path[:-1] in lists)]


def _has_parts(value: Json) -> bool:
    return isinstance(value, Object | Array) and bool(value.pairs if isinstance(value, Object) else value.items)


def _label(path: Path) -> str | Promise:
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    return _LABELS.get(name, "")
