"""What the log is asked for: the address that holds the whole of a search, and the menu of filters that writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.domain.filter_values import SPOKEN_OUTCOMES
from events.domain.matching import without_contacts
from events.domain.meta import EVENT_NAMES
from events.domain.query import NOBODY, Field, SearchQuery, Term, parse
from events.models import Person, Store, search
from events.models.channel import Channel
from events.models.mark import words_in_use

# The order in which they stand in an address.
FILTERS = ("outcome", "store", "status", "event", "by", "channel", "is", "tag", "after", "before")
_COMPLETIONS = (
    "status:4xx", "status:5xx", "channel:server", "channel:browser", "is:resend", "is:open", "last:1h", "last:24h",
    "last:7d", "took:>2s", "by:command", "country:id", "id:", "order:", "host:", "name:", "email:", "phone:",
    "external:", "after:", "before:", "is:pinned", "is:noted", "is:erased", "tag:", "run:", "group:", "finding:",
)  # fmt: skip
_NUMBER = re.compile(r"[0-9]{1,18}\Z", re.ASCII)
_CURSOR = re.compile(r"(?P<side>older|newer)\.(?P<pk>[0-9]{1,18})\Z")


@dataclass(frozen=True)
class Address:
    """A search of the log as it stands in the URL: `?q=…&outcome=…&store=…&cursor=older.88213`.

    `q` is what was typed. `filters` are (name, value) pairs as the menus and chips write them; `store` and `by` name
    rows by their number.
    """

    q: SearchQuery = field(default_factory=SearchQuery)
    filters: tuple[tuple[str, str], ...] = ()
    cursor: str = ""

    @classmethod
    def of(cls, params: QueryDict) -> Address:
        found = [(name, value.strip()) for name in FILTERS for value in params.getlist(name)]
        cursor = params.get("cursor", "")
        return cls(
            q=parse(params.get("q", "")),
            filters=tuple(dict.fromkeys((name, value) for name, value in found if value)),
            cursor=cursor if _CURSOR.match(cursor) else "",
        )

    @property
    def query(self) -> SearchQuery:
        """What was typed and what was chosen, as one search."""
        whole = self.q
        for name, value in self.filters:
            numbered = name in (Field.STORE, Field.BY) and value != NOBODY
            read = parse(f'{name}:"{"#" if numbered else ""}{value}"')
            whole = replace(whole.adding(*read.terms), notes=(*whole.notes, *read.notes))
        return whole

    @property
    def above(self) -> int | None:
        return self._bound("newer")

    @property
    def below(self) -> int | None:
        return self._bound("older")

    def hidden(self) -> Address:
        """The same search with no buyer's value in clear: the only form that a page links to."""
        filters = [
            (name, without_contacts(value).strip() if name in ("event", "tag") else value)
            for name, value in self.filters
        ]
        return replace(self, q=search.hidden(self.q), filters=tuple(pair for pair in filters if pair[1]))

    def encoded(self) -> str:
        """The query string, "" for the whole log."""
        pairs = [("q", str(self.q)), *self.filters, ("cursor", self.cursor)]
        return urlencode([(name, value) for name, value in pairs if value])

    def choosing(self, name: str, value: str) -> Address:
        """With this filter alone of its kind, or without any for ""; from the first page on."""
        others = [pair for pair in self.filters if pair[0] != name]
        return replace(self, filters=tuple(others + [(name, value)] * bool(value)), cursor="")

    def without(self, term: Term) -> Address:
        return replace(self, q=self.q.without(term), cursor="")

    def at_newest(self) -> Address:
        return replace(self, cursor="")

    def at(self, side: str, pk: int) -> Address:
        return replace(self, cursor=f"{side}.{pk}")

    def chosen(self, name: str) -> str:
        return next((value for found, value in self.filters if found == name), "")

    def _bound(self, side: str) -> int | None:
        match = _CURSOR.match(self.cursor)
        return int(match["pk"]) if match and match["side"] == side else None


def number(written: str) -> int | None:
    """The ID of a row as an address writes it; None for anything else."""
    return int(written) if _NUMBER.match(written) else None


class FilterForm(forms.Form):
    """The menus beside the search box. They only write the address; what is read is the address."""

    store = forms.ChoiceField(label=_("Store"), required=False)
    event = forms.CharField(label=_("Event"), required=False, max_length=80)
    status = forms.CharField(label=_("Status"), required=False, max_length=3)
    by = forms.ChoiceField(label=_("Sent by"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[("", _("All")), *Channel.choices])
    after = forms.CharField(label=_("From"), required=False, widget=forms.TextInput({"type": "datetime-local"}))
    before = forms.CharField(label=_("Until"), required=False, widget=forms.TextInput({"type": "datetime-local"}))

    events = EVENT_NAMES
    states = (("", _("All")), ("pinned", _("Pinned")), ("noted", _("With a note")), ("resend", _("Resends")))

    @property
    def completions(self) -> list[str]:
        """What the search box offers while one types, in the words of the query."""
        stores = [str(name) for value, name in self._stores if value]
        return [
            *(f"outcome:{word}" for word in SPOKEN_OUTCOMES.values()),
            *(f'store:"{name}"' for name in stores if '"' not in name),
            *(f"event:{name}" for name in EVENT_NAMES),
            *(f"tag:{word}" for word in self.tags),
            *_COMPLETIONS,
        ]

    def __init__(self, address: Address) -> None:
        super().__init__(initial=dict(address.filters), auto_id="filter-%s")
        self._stores = [(str(store.pk), store.name) for store in Store.objects.all()]
        self._choices("store", self._stores)
        people = [(str(person.pk), str(person)) for person in Person.objects.all()]
        self._choices("by", [*people, (NOBODY, _("A command"))])
        self.tags = words_in_use()
        self.fields["is"] = forms.ChoiceField(label=_("Only"), required=False, choices=self.states)
        self.fields["tag"] = forms.CharField(label=_("Tag"), required=False, max_length=40)
        self.order_fields(FILTERS)
        self._draw("tag", list="filter-tags")
        self._draw("event", list="filter-events", placeholder="Purchase")
        self._draw("status", placeholder=_("400 or 4xx"), inputmode="numeric", pattern="[1-5]([0-9][0-9]|[xX][xX])")

    def _choices(self, name: str, choices: Sequence[tuple[str, object]]) -> None:
        menu = self.fields[name]
        if isinstance(menu, forms.ChoiceField):
            menu.choices = [("", _("All")), *choices]

    def _draw(self, name: str, **attrs: object) -> None:
        self.fields[name].widget.attrs.update({"autocomplete": "off", **attrs})
