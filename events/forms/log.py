"""What the log is asked for: the address that holds the whole of a search, and the menu of filters that writes it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.domain.filter_values import SPOKEN_OUTCOMES
from events.domain.meta import EVENT_NAMES
from events.domain.query import LISTS, NOBODY, Field, SearchQuery, Term, parse
from events.domain.reference import codes
from events.models import search
from events.models.called import Called, Names, people_called, stores_called
from events.models.channel import Channel

# The order in which they stand in an address.
FILTERS = ("outcome", "store", "status", "event", "by", "channel", "is", "tag", "after", "before")
_CALLED = {"store": stores_called, "by": people_called}
# Those that have a menu; outcomes have their chips.
MENUS = FILTERS[1:]
_COMPLETIONS = (
    "status:4xx", "status:5xx", "channel:server", "channel:browser", "is:resend", "is:open", "last:1h", "last:24h",
    "last:7d", "took:>2s", "by:command", "country:id", "id:", "order:", "host:", "name:", "email:", "phone:",
    "external:", "after:", "before:", "is:pinned", "is:noted", "is:erased", "tag:", "run:", "group:", "finding:",
)  # fmt: skip
_NUMBER = re.compile(r"[0-9]{1,18}\Z", re.ASCII)
_CURSOR = re.compile(r"(?P<side>older|newer)\.(?P<pk>[0-9]{1,18})\Z")


@dataclass(frozen=True)
class Address:
    """A search of the log as it stands in the URL: `?q=…&cursor=older.88213`.

    Box, chips, menus and bars all write its `query`. As parameters of their own (`?outcome=…&store=…`) filters come
    from the menus' form and from older links; `store` and `by` name rows by their number.
    """

    query: SearchQuery = field(default_factory=SearchQuery)
    cursor: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> Address:
        query = parse(params.get("q", ""))
        for name in FILTERS:
            for value in filter(None, map(str.strip, params.getlist(name))):
                read = _read(name, value)
                query = replace(query.adding(*read.terms), notes=(*query.notes, *read.notes))
        cursor = params.get("cursor", "")
        return cls(query, cursor if _CURSOR.match(cursor) else "")

    @property
    def above(self) -> int | None:
        return self._bound("newer")

    @property
    def below(self) -> int | None:
        return self._bound("older")

    def hidden(self) -> Address:
        """The same search with no buyer's value in clear: the only form that a page links to."""
        return replace(self, query=search.hidden(self.query))

    def encoded(self) -> str:
        """The query string, "" for the whole log."""
        pairs = [("q", str(self.query)), ("cursor", self.cursor)]
        return urlencode([(name, value) for name, value in pairs if value])

    def choosing(self, name: str, value: str) -> Address:
        """With this filter alone of its kind, or without any for ""; from the first page on."""
        others = self.query.without(*self.query.of(Field(name)))
        return Address(others.adding(*_read(name, value).terms) if value else others)

    def without(self, *terms: Term) -> Address:
        return Address(self.query.without(*terms))

    def at_newest(self) -> Address:
        return replace(self, cursor="")

    def at(self, side: str, pk: int) -> Address:
        return replace(self, cursor=f"{side}.{pk}")

    def chosen(self, name: str, called: Called | None = None) -> tuple[str, ...]:
        """The values of a filter that are asked for; of stores and people the numbers of those that are `called` so."""
        values = [term.value for term in self.query.of(Field(name)) if not term.negated]
        if values and name in _CALLED:
            values = list(_numbers(values, called or _CALLED[name]()))
        return tuple(dict.fromkeys(values))

    def _bound(self, side: str) -> int | None:
        match = _CURSOR.match(self.cursor)
        return int(match["pk"]) if match and match["side"] == side else None


def spoken(query: SearchQuery, known: Names | None = None) -> SearchQuery:
    """The search as a person reads it and may type it: stores and people by name where a number means them.

    Who is called so is looked up where nobody gives it.
    """
    terms = query.terms
    for kind, called in _CALLED.items():
        if any(term.field == kind and term.value.startswith("#") for term in terms):
            names = known.by_field[kind] if known else called()
            terms = tuple(_named(term, names) if term.field == kind else term for term in terms)
    return replace(query, terms=terms)


def _named(term: Term, names: Called) -> Term:
    found = replace(term, value=names.spoken(term.value))
    return found if parse(str(found)).terms == (found,) else term


def _numbers(values: Sequence[str], called: Called) -> Iterator[str]:
    for value in values:
        yield from [value] if value == NOBODY else map(str, called.meant(value))


@functools.lru_cache(maxsize=256)  # a page of the log offers some ten, each as an address
def _read(name: str, value: str) -> SearchQuery:
    """What a menu or a link says of one filter; a menu that shows several at once parts them by commas."""
    if name not in _CALLED:
        return parse(f'{name}:"{value}"')
    values = [each if each == NOBODY else f"#{number(each) or 0}" for each in value.split(",")]
    return parse(" ".join(f"{name}:{each}" for each in values))


def number(written: str) -> int | None:
    """The ID of a row as an address writes it; None for anything else."""
    return int(written) if _NUMBER.match(written) else None


class FilterForm(forms.Form):
    """The menus beside the search box: they show what it says of them, and write it.

    `rest` is what they cannot show, and leave as it stands.
    """

    store = forms.ChoiceField(label=_("Store"), required=False)
    event = forms.CharField(label=_("Event"), required=False, max_length=80)
    status = forms.CharField(label=_("Status"), required=False, max_length=3)
    by = forms.ChoiceField(label=_("Sent by"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("All")), *Channel.choices])
    after = forms.CharField(label=_("From"), required=False, widget=forms.TextInput({"type": "datetime-local"}))
    before = forms.CharField(label=_("Until"), required=False, widget=forms.TextInput({"type": "datetime-local"}))

    events = EVENT_NAMES
    states = (("", _("All")), ("pinned", _("Pinned")), ("noted", _("With a note")), ("resend", _("Resends")))

    # Behind these, commas part several values.
    lists = " ".join(LISTS)

    @property
    def completions(self) -> list[str]:
        """What the search box offers while one types, in the words of the query."""
        stores, people = ([name for _pk, name, _other in each.rows] for each in self._called.values())
        return [
            *(f"outcome:{word}" for word in SPOKEN_OUTCOMES.values()),
            *(f'store:"{name}"' for name in stores if '"' not in name),
            *(f'by:"{name}"' for name in people if '"' not in name),
            *(f"event:{name}" for name in EVENT_NAMES),
            *(f"tag:{word}" for word in self.tags),
            *_COMPLETIONS,
            *(f"finding:{code}" for code in codes()),
        ]

    def __init__(self, address: Address, names: Names) -> None:
        super().__init__(auto_id="filter-%s")
        self._choices("store", [(str(pk), name) for pk, name, _id in names.stores.rows])
        self._choices("by", [*((str(pk), name) for pk, name, _email in names.people.rows), (NOBODY, _("A command"))])
        self.tags = names.tags
        self.fields["is"] = forms.ChoiceField(label=_("Only"), required=False, choices=self.states)
        self.fields["tag"] = forms.CharField(label=_("Tag"), required=False, max_length=40)
        self.order_fields(FILTERS)
        self._draw("tag", list="filter-tags")
        self._draw("event", list="filter-events", placeholder="Purchase")
        self._draw("status", placeholder=_("400 or 4xx"), inputmode="numeric", pattern="[1-5]([0-9][0-9]|[xX][xX])")
        self.rest = address.query
        self._called = names.by_field
        for name in MENUS:
            self._show(name, address.chosen(name, self._called.get(name)))

    def _show(self, name: str, values: Sequence[str]) -> None:
        menu = self.fields[name]
        if isinstance(menu, forms.ChoiceField):
            shown = _among(menu, values)
        elif name in (Field.AFTER, Field.BEFORE):
            shown = _on_the_wall(values)
        else:
            shown = values[0] if len(values) == 1 else ""
        if shown:
            self.initial[name] = shown
            held = [term for term in self.rest.of(Field(name)) if not term.negated]
            self.rest = self.rest.without(*held)

    def _choices(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        menu = self.fields[name]
        if isinstance(menu, forms.ChoiceField):
            menu.choices = [("", _("All")), *choices]

    def _draw(self, name: str, **attrs: object) -> None:
        self.fields[name].widget.attrs.update({"autocomplete": "off", **attrs})


def _among(menu: forms.ChoiceField, values: Sequence[str]) -> str:
    """The choice for these; several at once are given one of their own."""
    choices = [(str(value), label) for value, label in cast("Iterable[tuple[object, object]]", menu.choices)]
    labels = dict(choices)
    if not values or not labels.keys() >= set(values):
        return ""
    several = ",".join(values)
    if several not in labels:
        menu.choices = [*choices, (several, ", ".join(str(labels[value]) for value in values))]
    return several


def _on_the_wall(times: Sequence[str]) -> str:
    """The time as a field for one holds it, which knows of no zone."""
    if len(times) != 1 or not re.fullmatch(r"[\d-]{10}(T[\d:]+)?", times[0]):
        return ""
    return times[0] if "T" in times[0] else f"{times[0]}T00:00"
