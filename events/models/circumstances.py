"""What the console knows beside a payload: its store, the moment, and what the log holds of earlier sends."""

from __future__ import annotations

from datetime import datetime

from events.domain.circumstances import Circumstances
from events.domain.payload import Payload
from events.models.catalogue import Stock, known_items
from events.models.history import history_of
from events.models.store import Store


def circumstances_of(
    store: Store | None,
    payload: Payload,
    now: datetime,
    *,
    landing_url: str = "",
    below: int | None = None,
    stock: Stock | None = None,
) -> Circumstances:
    """For `review`: how the payload stands for this store at this moment. Without a store only the moment is known.

    `below` is the ID of its own delivery, where it has one: nothing is known of that one and of later ones.
    `stock` is what the catalogue says of the payload's lines, for whoever has asked for it already.
    """
    if store is None:
        return Circumstances(now=now, landing_url=landing_url)
    lines = [line.item_id for line in payload.lines]
    return Circumstances(
        country=store.country,
        currency=store.currency,
        hosts=tuple(map(str, store.hosts)),
        known_items=known_items(store, lines) if stock is None else stock.known(lines),
        now=now,
        landing_url=landing_url,
        history=history_of(store, payload, now, below=below),
        proven=store.proven,
    )
