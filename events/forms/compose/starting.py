"""The payload from which a new composition starts: one that could be sent as it stands."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import replace
from datetime import datetime

from events.domain.presets import Values, filled
from events.domain.tree import Array, Object
from events.domain.usual import Shop
from events.forms.compose.actions import with_waiting
from events.forms.compose.building import build
from events.forms.compose.composition import JSON, Composition
from events.models import CatalogueItem, Store


def new_event_id() -> str:
    """An event ID that no other event has."""
    return str(uuid.uuid4())


def fresh_values(now: datetime) -> Values:
    """What placeholders stand for in one composition; the order's number says that it is a test's."""
    return Values(new_event_id, f"TEST-{now:%y%m%d}-{secrets.token_hex(4)}", now)


def fill_in(composition: Composition, now: datetime) -> Composition:
    """The form with its placeholders filled in; refused while an input cannot be read, since its text would be lost."""
    built = build(composition)
    tree = filled(built.tree, fresh_values(now))
    if built.problems or not isinstance(tree, Object):
        return composition
    drawn = Composition.of(tree)
    fresh = replace(drawn, mode=JSON) if composition.mode == JSON else drawn
    return with_waiting(fresh, composition, built)


def shop_of(store: Store) -> Shop:
    """What a preset takes over from a store: its host and money, and the first of its products that has a price."""
    usual = Shop()
    row = CatalogueItem.objects.of(store).filter(is_active=True).exclude(price="").order_by("-kind", "name").first()
    return Shop(
        host=store.hosts[0] if store.hosts else usual.host,
        currency=store.currency or usual.currency,
        country=store.country or usual.country,
        item=row.item if row else usual.item,
    )


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
