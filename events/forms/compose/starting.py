"""The payload from which a new composition starts: one that could be sent as it stands."""

from __future__ import annotations

import uuid

from events.domain.tree import Array, Object
from events.models import Store


def new_event_id() -> str:
    """An event ID that no other event has."""
    return str(uuid.uuid4())


def first_payload(store: Store) -> Object:
    """An AddToCart on the store's first host, with the store's country and currency."""
    event = Object(
        (
            ("event_id", new_event_id()),
            ("event_name", "AddToCart"),
            ("parameters", Object((("currency", store.currency),))),
        )
    )
    page = (("event_source_url", f"https://{store.hosts[0]}/"),) if store.hosts else ()
    user_data = Object((("country", store.country),) if store.country else ())
    return Object((*page, ("user_data", user_data), ("events", Array((event,)))))
