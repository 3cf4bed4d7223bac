"""Stores, people and tags as a search names them: by number, by what they are called, or by a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value

from events.models import prepared
from events.models.mark import newest_words
from events.models.person import Person
from events.models.store import Store


@dataclass(frozen=True, slots=True)
class Called:
    """(number, name, other name) of each. The other one is a store's ID at Scalev, a person's e-mail."""

    rows: tuple[tuple[int, str, str], ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> Called:
        return cls(tuple(rows))

    @property
    def by_number(self) -> dict[int | None, str]:
        return {pk: name for pk, name, _other in self.rows}

    def meant(self, value: str) -> list[int]:
        """By `#7` or a whole name; else by a part of the name, or the beginning of the other one."""
        if value.startswith("#"):
            return [pk for pk, _name, _other in self.rows if value == f"#{pk}"]
        sought = value.casefold()
        folded = [(pk, name.casefold(), other.casefold()) for pk, name, other in self.rows]
        whole = [pk for pk, *names in folded if sought in names]
        return whole or [pk for pk, name, other in folded if sought in name or other.startswith(sought)]

    def spoken(self, value: str) -> str:
        """The name for a `#7`, where it means no other as well."""
        names = [name for pk, name, _other in self.rows if value == f"#{pk}" and self.meant(name) == [pk]]
        return names[0] if names else value


@dataclass(frozen=True, slots=True)
class Names:
    """All that a search can name: stores, people (without a name by their e-mail), and tags, the newest first."""

    stores: Called = Called(())
    people: Called = Called(())
    tags: tuple[str, ...] = ()

    @property
    def by_field(self) -> dict[str, Called]:
        """By the word of the query."""
        return {"store": self.stores, "by": self.people}


def names() -> Names:
    """One query for all of them: menus offer them together."""
    found: dict[str, list[tuple[int, str, str]]] = {"store": [], "person": [], "tag": []}
    for kind, pk, name, other in prepared.rows(_names):
        found[kind].append((pk, name or other, other))
    words = tuple(word for _pk, word, _none in sorted(found["tag"], reverse=True))
    return Names(Called.of(found["store"]), Called.of(found["person"]), words)


def _names() -> QuerySet[Any, Any]:
    stores = Store.objects.order_by().values_list(Value("store"), "pk", "name", "store_id")
    people = Person.objects.order_by().values_list(Value("person"), "pk", "name", "email")
    tags = newest_words().values_list(Value("tag"), "newest", "word", Value("", CharField()))
    return stores.union(people, tags, all=True).order_by("name", "store_id")


def stores_called() -> Called:
    return Called.of(prepared.rows(_stores))


def _stores() -> QuerySet[Store, Any]:
    return Store.objects.order_by("pk").values_list("pk", "name", "store_id")


def people_called() -> Called:
    return Called.of(prepared.rows(_people))


def _people() -> QuerySet[Person, Any]:
    return Person.objects.order_by("pk").values_list("pk", "name", "email")
