"""One page of the log as the template draws it: rows, the way to their neighbours, and the search as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.domain.query import Field, Term
from events.forms.log import Address
from events.models import Delivery, search
from events.models.channel import Channel
from events.models.delivery import OutcomeChoices

PAGE_SIZE = 50
NOTHING = "–"
# All that a row shows: the side tables with bodies are never read for a list.
_COLUMNS = (
    "uuid", "created_at", "environment", "channel", "outcome", "status_code", "duration_ms", "event_names",
    "event_ids", "event_count", "buyer", "store__name", "by__name", "by__email",
)  # fmt: skip
_OUTCOMES = (
    OutcomeChoices.ACCEPTED,
    OutcomeChoices.REJECTED,
    OutcomeChoices.NOT_FOUND,
    OutcomeChoices.RATE_LIMITED,
    OutcomeChoices.TIMED_OUT,
    OutcomeChoices.SERVER_ERROR,
    OutcomeChoices.UNREACHABLE,
    OutcomeChoices.INTERRUPTED,
    OutcomeChoices.UNEXPECTED,
)
_HIDDEN: dict[str, Promise] = {
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone or number"),
    "external": gettext_lazy("external ID"),
    "name": gettext_lazy("name"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery in one line, as it is read: a template that asks and formats fifty times takes a page's time."""

    pk: int
    url: str
    created_at: datetime
    outcome: str
    is_open: bool
    status: str
    store: str
    environment: str
    environment_kind: str
    event: str
    event_id: str
    buyer: str
    duration_ms: int | None
    channel: str
    by: str
    by_whole: str


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

    @property
    def has_open(self) -> bool:
        return any(row.is_open for row in self.rows)

    @property
    def typed(self) -> str:
        """What the search box holds: everything but the hidden values, which stand beside it."""
        return str(self.address.q.without(*self.hidden_terms))

    @property
    def hidden_terms(self) -> tuple[Term, ...]:
        return self.address.q.of(Field.HASH)

    @property
    def hidden_chips(self) -> list[Chip]:
        return [Chip(_hidden_label(term), _url(self.address.without(term)), True) for term in self.hidden_terms]

    @property
    def outcome_chips(self) -> list[Chip]:
        on = self.address.chosen("outcome")
        chips = [(_("All"), "")] + [(str(outcome.label), outcome.value) for outcome in _OUTCOMES]
        return [Chip(label, _url(self.address.choosing("outcome", value)), value == on) for label, value in chips]

    @property
    def chosen_outcomes(self) -> list[str]:
        return [value for name, value in self.address.filters if name == "outcome"]

    @property
    def unfiltered(self) -> str:
        kept = tuple(pair for pair in self.address.filters if pair[0] == "outcome")
        return _url(Address(self.address.q, kept))

    @property
    def filter_count(self) -> int:
        return sum(1 for name, _value in self.address.filters if name != "outcome")

    @property
    def name_chips(self) -> list[Chip]:
        """For words that found nothing: the same as buyers' names, which a bare word does not search."""
        words = [term for term in self.address.q.of(Field.WORD) if term.value.isalpha() and not term.negated]
        return [Chip(term.value, _url(_as_name(self.address, term))) for term in words[:3]]

    @property
    def note(self) -> str:
        zone = timezone.get_current_timezone_name()
        abbreviation = timezone.localtime().tzname() or ""
        place = zone.rpartition("/")[2].replace("_", " ")
        return _("Times in %(place)s (%(zone)s)") % {"place": place, "zone": abbreviation}


def page_of(address: Address) -> LogPage:
    """The rows around the address's cursor: the same effort however many lie before them."""
    query = address.query
    found = Delivery.objects.select_related("store", "by").only(*_COLUMNS)
    if address.above is not None:
        nearest = list(search.matching(found, query, above=address.above).reverse()[: PAGE_SIZE + 1])
        if len(nearest) > PAGE_SIZE:
            return _drawn(address, nearest[PAGE_SIZE - 1 :: -1], newer=True, older=True)
    # Fewer newer ones than a page holds: then the newest page is what was asked for.
    newest = list(search.matching(found, query, below=address.below)[: PAGE_SIZE + 1])
    return _drawn(address, newest[:PAGE_SIZE], newer=address.below is not None, older=len(newest) > PAGE_SIZE)


def _drawn(address: Address, deliveries: list[Delivery], *, newer: bool, older: bool) -> LogPage:
    address = address.hidden()
    back = urlencode({"from": address.encoded()})
    return LogPage(
        address=address,
        rows=[_row(delivery, back) for delivery in deliveries],
        newer=_url(address.at("newer", deliveries[0].pk)) if newer and deliveries else "",
        older=_url(address.at("older", deliveries[-1].pk)) if older and deliveries else "",
    )


def _row(delivery: Delivery, back: str) -> Row:
    by = str(delivery.by) if delivery.by else _("command")
    return Row(
        pk=delivery.pk,
        url=f"{reverse('delivery', args=[delivery.pk])}?{back}",
        created_at=delivery.created_at,
        outcome=delivery.outcome,
        is_open=delivery.is_open,
        status=str(delivery.status_code or NOTHING),
        store=delivery.store.name,
        environment=delivery.environment,
        environment_kind="production" if delivery.is_production else "other",
        event=(delivery.first_event_name or NOTHING) + (f" +{delivery.more_events}" if delivery.more_events else ""),
        event_id=delivery.first_event_id or NOTHING,
        buyer=delivery.masked_buyer or NOTHING,
        duration_ms=delivery.duration_ms,
        channel=str(Channel(delivery.channel).label),
        by=by.split()[0],
        by_whole=by,
    )


def _hidden_label(term: Term) -> str:
    kind = _HIDDEN.get(term.value.partition(".")[0], gettext_lazy("value"))
    label = _("buyer: hidden %(kind)s") % {"kind": kind}
    return _("not %(label)s") % {"label": label} if term.negated else label


def _as_name(address: Address, term: Term) -> Address:
    asked = address.without(term)
    return Address(asked.q.adding(Term(Field.NAME, term.value)), asked.filters).hidden()


def _url(address: Address) -> str:
    query = address.encoded()
    return reverse("log") + (f"?{query}" if query else "")
