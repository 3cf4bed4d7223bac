"""The saved searches that a person may open, as a menu and a list show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from events.domain.rights import Action
from events.forms.log import Address
from events.forms.saved_search import is_kept_as, kept_query
from events.models import Person, SavedSearch, prepared
from events.models.prepared import Place
from events.models.saved_search import MOST_SAVED
from events.views.log_page import in_words

# As many as a menu can hold; the page behind it shows all.
_IN_MENU = 20


@dataclass(frozen=True, slots=True)
class SavedEntry:
    """`url` opens the search as it is now, `link` follows its later changes."""

    saved: SavedSearch
    url: str
    link: str
    words: str
    may_change: bool
    may_remove: bool

    @classmethod
    def of(cls, saved: SavedSearch, person: Person, absolute: Callable[[str], str]) -> SavedEntry:
        is_own = saved.is_of(person)
        return cls(
            saved=saved,
            url=address_of(saved.query),
            link=absolute(reverse("log_saved_open", args=[saved.pk])),
            words=cls.words_of(saved.query),
            may_change=person.may(Action.CHANGE_SEARCH, own=is_own),
            may_remove=person.may(Action.REMOVE_SEARCH, own=is_own),
        )

    @staticmethod
    def words_of(query: str) -> str:
        return in_words(Address.of(QueryDict(query)))


@dataclass(frozen=True, slots=True)
class SavedName:
    """A saved search in the menu; `owner` is "" for one's own."""

    pk: int
    name: str
    query: str
    owner: str


@dataclass(frozen=True)
class SavedMenu:
    """`query` is what is looked at now, as it would be saved."""

    query: str
    entries: list[SavedName]
    current: SavedName | None


def saved_menu(person: Person, address: Address) -> SavedMenu:
    query = kept_query(address)
    entries = [
        SavedName(pk, name, kept, "" if is_own else owner or email)
        for is_own, name, pk, kept, owner, email in prepared.rows(_seen, person=person.pk)
    ]
    current = next((saved for saved in entries if query and is_kept_as(saved.query, query)), None)
    return SavedMenu(query, entries[:_IN_MENU], current)


def _seen() -> QuerySet[SavedSearch, Any]:
    """One's own first: a menu is for what one comes back to."""
    person = Place("person")
    seen = SavedSearch.objects.seen_by(person).annotate(is_own=ExpressionWrapper(Q(by=person), BooleanField()))
    columns = ("is_own", "name", "pk", "query", "by__name", "by__email")
    return seen.order_by("-is_own", "name", "pk").values_list(*columns)[: MOST_SAVED + _IN_MENU]


def address_of(query: str) -> str:
    """The log's address with this query string."""
    return reverse("log") + (f"?{query}" if query else "")
