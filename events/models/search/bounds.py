"""Between which IDs the rows of a page lie, as a condition on whatever table is walked."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

Walked = TypeVar("Walked", bound=Model)


class Bounds(NamedTuple):
    """Neither of the two is among the rows; None is no bound."""

    above: int | None = None
    below: int | None = None

    def within(self, other: Bounds) -> Bounds:
        """Where both hold."""
        above = [each for each in (self.above, other.above) if each is not None]
        below = [each for each in (self.below, other.below) if each is not None]
        return Bounds(max(above, default=None), min(below, default=None))

    def on(self, column: str) -> Q:
        """The condition on a column, an empty one for no bounds."""
        held = Q()
        if self.above is not None:
            held &= Q((f"{column}__gt", self.above))
        if self.below is not None:
            held &= Q((f"{column}__lt", self.below))
        return held


NOWHERE = Bounds()


def bounded(found: QuerySet[Walked], bounds: Bounds, *columns: str) -> QuerySet[Walked]:
    """With the bounds on each of the columns."""
    for column in columns if bounds != NOWHERE else ():
        found = found.filter(bounds.on(column))
    return found
