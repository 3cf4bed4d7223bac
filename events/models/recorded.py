"""What the console knows of the stores to which a recorded visit sent: each is looked up once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from events.domain.circumstances import Circumstances
from events.domain.payload import Payload
from events.domain.recording.calls import Call
from events.domain.tree import Object
from events.models.catalogue import known_items
from events.models.circumstances import circumstances_of
from events.models.store import Store

# More in one call is no shop's cart, and more than a database takes in one question.
_MOST_ITEMS = 500


@dataclass(slots=True)
class RecordedStores:
    """`now` stands in where the recording does not say when a call was made."""

    now: datetime
    _stores: dict[tuple[str, str], Store | None] = field(default_factory=dict)
    _items: dict[tuple[int, frozenset[str]], frozenset[str]] = field(default_factory=dict)

    def store(self, origin: str, store_id: str) -> Store | None:
        """The store with this ID, best that of the environment with this origin, and current ones before archived."""
        if (origin, store_id) not in self._stores:
            found = Store.objects.filter(store_id=store_id[:128])
            ranked = sorted(found, key=lambda store: (store.origin != origin, store.archived_at is not None, store.pk))
            self._stores[origin, store_id] = next(iter(ranked), None)
        return self._stores[origin, store_id]

    def known(self, call: Call, landing_url: str) -> Circumstances:
        """For the rules. Nothing of the log: what this console sent itself is no part of the visit."""
        store = self.store(call.origin, call.store_id)
        known = circumstances_of(store, Payload(Object()), call.at or self.now, landing_url=landing_url)
        asked = frozenset(line.item_id for line in call.payload.lines) if call.payload else frozenset()
        if store is None or not 0 < len(asked) <= _MOST_ITEMS:
            return known
        if (store.pk, asked) not in self._items:
            self._items[store.pk, asked] = known_items(store, asked)
        return replace(known, known_items=self._items[store.pk, asked])
