"""What the console knows beside a payload: its store, the moment, and what the log holds of earlier sends."""

from __future__ import annotations

from datetime import datetime

from events.domain.circumstances import Circumstances
from events.domain.payload import Payload
from events.models.catalogue import known_items
from events.models.store import Store


def circumstances_of(store: Store | None, payload: Payload, now: datetime, *, landing_url: str = "") -> Circumstances:
    """For `review`: how the payload stands for this store at this moment. Without a store only the moment is known."""
    if store is None:
        return Circumstances(now=now, landing_url=landing_url)
    return Circumstances(
        country=store.country,
        currency=store.currency,
        hosts=tuple(map(str, store.hosts)),
        known_items=known_items(store, [line.item_id for line in payload.lines]),
        now=now,
        landing_url=landing_url,
        proven=store.proven,
    )
