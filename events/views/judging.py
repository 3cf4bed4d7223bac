"""A composition with what the rules say about it."""

from __future__ import annotations

from django.utils import timezone

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.payload import Payload
from events.forms.compose.building import build
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.shelf import shelf_of
from events.models import Store
from events.models.catalogue import Stock, stock_of
from events.models.circumstances import circumstances_of
from events.views.drafts import Kept


def laid_out(found: Kept, store: Store | None) -> ComposeForm:
    built = build(found.composition)
    payload = Payload(built.tree)
    # Asked for once: the rules want to know which items there are, and the lines what they are called.
    ids = [*(line.item_id for line in payload.lines), *found.composition.item_ids]
    stock = stock_of(store, ids) if store else Stock()
    findings = () if built.is_unread else review(payload, known_of(found, store, payload, stock))
    return ComposeForm(found.composition, built, findings, shelf_of(store, found.composition, stock))


def known_of(found: Kept, store: Store | None, payload: Payload, stock: Stock | None = None) -> Circumstances:
    """What is known beside what a draft stands for."""
    return circumstances_of(store, payload, timezone.now(), landing_url=found.landing_url, stock=stock)
