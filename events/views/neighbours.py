"""The way from one delivery to the next of the same search, without going back to the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from events.domain.query import SearchQuery
from events.models import search


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The addresses of the next newer and the next older one, "" at an end; `place` says which end this is."""

    newer: str
    older: str
    place: str


def neighbours_of(
    pk: int, query: SearchQuery, url: Callable[[int], str], known: tuple[int | None, int | None] | None = None
) -> Neighbours:
    """What a search finds on either side of a delivery; `url` is the page of one by its number.

    `known` are both of them, (newer, older), where a list beside it shows them.
    """
    newer, older = known or search.neighbours(query, pk)
    return Neighbours(
        newer=url(newer) if newer else "",
        older=url(older) if older else "",
        place=_place(newer, older, is_search=bool(query)),
    )


def _place(newer: int | None, older: int | None, *, is_search: bool) -> str:
    match (newer, older):
        case (None, None):
            return _("The only one of this search") if is_search else _("The only one in the log")
        case (None, _older):
            return _("The newest of this search") if is_search else _("The newest in the log")
        case (_newer, None):
            return _("The oldest of this search") if is_search else _("The oldest in the log")
    return ""
