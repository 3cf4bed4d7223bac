"""One page of the log as the template draws it: rows, the way to their neighbours, and the search as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain.query import Field, Term
from events.forms.log import MENUS, Address, spoken
from events.models import Delivery, search
from events.models.called import Names, names
from events.models.delivery import DeliveryQuerySet
from events.models.log_column import FIRST_COLUMNS, LogColumn
from events.models.mark import MarksLeft, marks_left_at
from events.views.buyer_offers import offers_of
from events.views.whereabouts import Whereabouts

PAGE_SIZE = 50
# All that a row shows: the side tables with bodies are never read for a list.
_FIELDS = (
    "uuid", "created_at", "environment", "channel", "outcome", "status_code", "duration_ms", "event_names",
    "event_ids", "event_count", "buyer", "run", "store", "by",
)  # fmt: skip
# And what only those see who chose it.
_MORE_FIELDS = {
    LogColumn.FINDINGS: ("error_count", "warning_count"),
    LogColumn.ERROR: ("error",),
    LogColumn.SIZE: ("request_bytes",),
    LogColumn.RUN: ("run__name",),
}
_HIDDEN: dict[str, Promise] = {
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone or number"),
    "external": gettext_lazy("external ID"),
    "name": gettext_lazy("name"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery in one line, the names of its store and of its sender ("" for a command), and where it opens."""

    delivery: Delivery
    store: str
    by: str
    url: str
    is_opened: bool = False
    marks: MarksLeft | None = None

    @property
    def pk(self) -> int:
        return self.delivery.pk


@dataclass(frozen=True, slots=True)
class Chip:
    """Something in force, or on offer, and the address that changes it."""

    label: str
    url: str
    is_on: bool = False


@dataclass(frozen=True)
class LogPage:
    address: Address
    rows: list[Row]
    newer: str
    older: str
    columns: tuple[LogColumn, ...] = FIRST_COLUMNS
    # What stores, people and tags are called.
    known: Names = field(default_factory=Names)
    # From where on a watcher of the newest page asks for more; None on the others, which nobody watches.
    since: int | None = None
    # The number of the delivery that stands beside the list.
    opened: int | None = None

    @property
    def is_newest(self) -> bool:
        return self.since is not None

    @property
    def size(self) -> int:
        return PAGE_SIZE

    @property
    def newest(self) -> str:
        where = Whereabouts(self.address.at_newest().encoded())
        return where.beside(self.opened) if self.opened else where.log

    @property
    def live(self) -> str:
        """Where to ask what has come since."""
        query = self.address.at_newest().encoded()
        return reverse("log_live") + (f"?{query}" if query else "")

    @property
    def older_than(self) -> str:
        """The address of the page below a row, whose ID is to be written for the 0 at its end."""
        return _url(self.address.at("older", 0))

    def around(self, pk: int) -> tuple[int | None, int | None] | None:
        """The rows beside this one, (newer, older), None at an end of the search; no pair where the page cannot say."""
        pks = [row.pk for row in self.rows]
        at = pks.index(pk) if pk in pks else None
        if at is None or (at == 0 and self.newer) or (pk == pks[-1] and self.older):
            return None
        return pks[at - 1] if at else None, next(iter(pks[at + 1 :]), None)

    @property
    def has_open(self) -> bool:
        return any(row.delivery.is_open for row in self.rows)

    @property
    def here(self) -> str:
        """The query string of what is shown."""
        return "&".join(filter(None, [self.address.encoded(), f"open={self.opened}" if self.opened else ""]))

    @property
    def beside(self) -> str:
        """The same page with its first delivery beside the list."""
        return Whereabouts(self.address.encoded()).beside(self.rows[0].pk)

    @property
    def has_own_columns(self) -> bool:
        return self.columns != FIRST_COLUMNS

    @property
    def typed(self) -> str:
        """What the search box holds: everything but the hidden values, which stand beside it."""
        return str(spoken(self.address.query.without(*self.hidden_terms), self.known))

    @property
    def hidden_terms(self) -> tuple[Term, ...]:
        return self.address.query.of(Field.HASH)

    @property
    def hidden_chips(self) -> list[Chip]:
        return [Chip(_hidden_label(term), _url(self.address.without(term)), True) for term in self.hidden_terms]

    @property
    def unfiltered(self) -> str:
        return _url(self.address.without(*self._menu_terms))

    @property
    def filter_count(self) -> int:
        return len(self._menu_terms)

    @property
    def _menu_terms(self) -> tuple[Term, ...]:
        return self.address.query.of(*map(Field, MENUS))

    @property
    def offers(self) -> list[Chip]:
        """For words that say something of buyers: on the first page, before one turns to the next."""
        if self.address.cursor:
            return []
        return [Chip(offer.label, _url(offer.address)) for offer in offers_of(self.address, len(self.rows))]

    @property
    def note(self) -> str:
        zone = timezone.get_current_timezone_name()
        abbreviation = timezone.localtime().tzname() or ""
        place = zone.rpartition("/")[2].replace("_", " ")
        return _("Times in %(place)s (%(zone)s)") % {"place": place, "zone": abbreviation}


def page_with(address: Address, columns: tuple[LogColumn, ...], pk: int | None = None) -> LogPage:
    """The address's page; where rows that came meanwhile have pushed this delivery off it, the page that it heads.

    The same effort however many lie before them.
    """
    found = _found(address, columns)
    if pk is not None and all(each.pk != pk for each in found.deliveries):
        found = _found(address.at("older", pk + 1), columns)
    return found.drawn(columns)


def page_beside(address: Address, columns: tuple[LogColumn, ...], pk: int) -> LogPage:
    """The same, with this delivery opened beside the list; the rows then open there, too."""
    page = page_with(address, columns, pk)
    where = Whereabouts(page.address.encoded(), is_beside=True)
    rows = [replace(row, url=where.url(row.pk), is_opened=row.pk == pk) for row in page.rows]
    return replace(page, rows=rows, opened=pk)


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of one page, before anything else is asked of them."""

    address: Address
    deliveries: list[Delivery]
    newer: bool
    older: bool
    since: int | None = None

    def drawn(self, columns: tuple[LogColumn, ...]) -> LogPage:
        page = drawn(self.address, columns, self.deliveries, newer=self.newer, older=self.older)
        return replace(page, since=self.since)


def _found(address: Address, columns: tuple[LogColumn, ...]) -> _Found:
    query, found = address.query, seen_as(columns)
    if address.above is not None:
        nearest = list(search.matching(found, query, above=address.above).reverse()[: PAGE_SIZE + 1])
        if len(nearest) > PAGE_SIZE:
            return _Found(address, nearest[PAGE_SIZE - 1 :: -1], newer=True, older=True)
    # Fewer newer ones than a page holds: then the newest page is what was asked for.
    is_newest = address.below is None
    if is_newest:
        # In one look with the rows: what comes after it is neither shown nor passed over.
        found = found.with_settled(timezone.now())
    newest = list(search.matching(found, query, below=address.below)[: PAGE_SIZE + 1])
    since = _since(newest) if is_newest else None
    return _Found(address, newest[:PAGE_SIZE], newer=not is_newest, older=len(newest) > PAGE_SIZE, since=since)


def _since(newest: list[Delivery]) -> int:
    """Up to where a watcher of these rows has seen everything; of none, whatever is found later is new."""
    return (newest[0].settled or 0) if newest else 0  # type: ignore[attr-defined]  # annotated


def seen_as(columns: tuple[LogColumn, ...]) -> DeliveryQuerySet:
    """Deliveries with what these columns show, and no more."""
    fields = [name for column in columns for name in _MORE_FIELDS.get(column, ())]
    found = Delivery.objects.only(*_FIELDS, *fields)
    return found.select_related("run") if LogColumn.RUN in columns else found


def drawn(
    address: Address,
    columns: tuple[LogColumn, ...],
    deliveries: list[Delivery],
    *,
    newer: bool = False,
    older: bool = False,
) -> LogPage:
    """These deliveries as rows that lead back to the address."""
    address = address.hidden()
    where, marks = Whereabouts(address.encoded()), marks_left_at([each.pk for each in deliveries])
    # After the rows: what a row names was there before it. Few stores and people sent what a page shows, and to read
    # theirs with every row would take a good part of its time.
    known = names()
    stores, people = known.stores.by_number, known.people.by_number
    return LogPage(
        address=address,
        rows=[
            Row(each, stores[each.store_id], people.get(each.by_id, ""), where.page(each.pk), marks=marks.get(each.pk))
            for each in deliveries
        ],
        known=known,
        newer=_url(address.at("newer", deliveries[0].pk)) if newer and deliveries else "",
        older=_url(address.at("older", deliveries[-1].pk)) if older and deliveries else "",
        columns=columns,
    )


def in_words(address: Address) -> str:
    """The search as a person reads it; a keyed hash tells her nothing."""
    hidden = LogPage(address, [], "", "").hidden_chips
    typed = str(spoken(address.query.without(*address.query.of(Field.HASH))))
    return ", ".join(filter(None, [typed, *(chip.label for chip in hidden)])) or _("everything")


def _hidden_label(term: Term) -> str:
    kind = _HIDDEN.get(term.value.partition(".")[0], gettext_lazy("value"))
    label = _("buyer: hidden %(kind)s") % {"kind": kind}
    return _("not %(label)s") % {"label": label} if term.negated else label


def _url(address: Address) -> str:
    query = address.encoded()
    return reverse("log") + (f"?{query}" if query else "")
