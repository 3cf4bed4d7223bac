"""The filters of a search, each as a condition on the row and as tokens of the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from events.domain.outcome import WAITING, Outcome
from events.domain.query import NOBODY, Field, SearchQuery, moment
from events.models.delivery import Delivery
from events.models.person import Person
from events.models.search.document import event_token
from events.models.store import Store

# Their rows turn into one another when a lease passes, without anybody writing the document again.
UNSETTLED = WAITING | {Outcome.INTERRUPTED}


@dataclass(frozen=True)
class Choice:
    """The filters of one kind and sign, which add up. `condition` is None where only the index knows."""

    condition: Q | None
    tokens: tuple[str, ...]
    negated: bool
    settled: bool = True


@dataclass(frozen=True)
class Filters:
    choices: tuple[Choice, ...]
    query: SearchQuery

    @classmethod
    def of(cls, query: SearchQuery) -> Filters:
        """Looks stores and people up by what they are called."""
        choices = []
        for field, read in _READERS.items():
            for negated in (False, True):
                values = [term.value for term in query.of(field) if term.negated is negated]
                if values:
                    condition, tokens = read(values)
                    settled = field is not Field.OUTCOME or UNSETTLED.isdisjoint(values)
                    choices.append(Choice(condition, tokens, negated, settled))
        return cls(tuple(choices), query)

    @property
    def impossible(self) -> bool:
        """Whether a filter names nothing that there is: no store, or no person, is called so."""
        return any(not choice.tokens and not choice.negated for choice in self.choices)

    @property
    def indexed(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.settled and choice.tokens)

    def narrow(self, found: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """By the row's columns alone."""
        for choice in self.choices:
            found = _narrowed(found, choice)
        return found

    def narrow_unsettled(self, found: QuerySet[Delivery]) -> QuerySet[Delivery]:
        """By what the index may be late with."""
        for choice in self.choices:
            found = found if choice.settled else _narrowed(found, choice)
        return found

    def narrow_by_time(self, found: QuerySet[Delivery]) -> QuerySet[Delivery]:
        zone = timezone.get_current_timezone()
        for term in self.query.of(Field.AFTER, Field.BEFORE):
            early = (term.field is Field.BEFORE) is not term.negated
            at = moment(term, zone)
            found = found.filter(created_at__lt=at) if early else found.filter(created_at__gte=at)
        return found


def _narrowed(found: QuerySet[Delivery], choice: Choice) -> QuerySet[Delivery]:
    if choice.condition is None:
        return found
    return found.exclude(choice.condition) if choice.negated else found.filter(choice.condition)


def _store(values: list[str]) -> tuple[Q, tuple[str, ...]]:
    ids = sorted({pk for value in values for pk in _stores_called(value)})
    return Q(store_id__in=ids), tuple(f"s:{pk}" for pk in ids)


def _stores_called(value: str) -> list[int]:
    """By `#7` (the row's ID), store ID or whole name; else by a part of either."""
    if value.startswith("#"):
        return list(Store.objects.filter(pk=_number(value)).values_list("pk", flat=True))
    stores = Store.objects.values_list("pk", flat=True)
    whole = list(stores.filter(Q(store_id=value) | Q(name__iexact=value)))
    return whole or list(stores.filter(Q(store_id__istartswith=value) | Q(name__icontains=value)))


def _by(values: list[str]) -> tuple[Q, tuple[str, ...]]:
    ids = sorted({pk for value in values for pk in _people_called(value)})
    condition, tokens = Q(by_id__in=ids), tuple(f"by:{pk}" for pk in ids)
    if NOBODY in values:
        return condition | Q(by=None), (*tokens, "by:0")
    return condition, tokens


def _people_called(value: str) -> list[int]:
    """By `#7`, e-mail or a part of the name."""
    if value.startswith("#"):
        return list(Person.objects.filter(pk=_number(value)).values_list("pk", flat=True))
    either = Q(email__iexact=value) | Q(name__icontains=value)
    return list(Person.objects.filter(either).values_list("pk", flat=True))


def _number(value: str) -> int:
    return int(value[1:]) if value[1:].isascii() and value[1:].isdigit() and len(value) < 19 else 0


def _outcome(values: list[str]) -> tuple[Q, tuple[str, ...]]:
    return Q(outcome__in=values), tuple(f"o:{value}" for value in values)


def _status(values: list[str]) -> tuple[Q, tuple[str, ...]]:
    condition = Q()
    for value in values:
        first = int(value[0]) * 100
        exact = not value.endswith("xx")
        condition |= Q(status_code=int(value)) if exact else Q(status_code__range=(first, first + 99))
    return condition, tuple(f"c:{value}" for value in values)


def _channel(values: list[str]) -> tuple[Q, tuple[str, ...]]:
    return Q(channel__in=values), tuple(f"ch:{value}" for value in values)


def _event(values: list[str]) -> tuple[None, tuple[str, ...]]:
    return None, tuple(event_token(value) for value in values)


_READERS: dict[Field, Callable[[list[str]], tuple[Q | None, tuple[str, ...]]]] = {
    Field.STORE: _store,
    Field.OUTCOME: _outcome,
    Field.STATUS: _status,
    Field.CHANNEL: _channel,
    Field.BY: _by,
    Field.EVENT: _event,
}
