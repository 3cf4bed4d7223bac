"""What changed between the last request that Scalev took and the first of its kind that it refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from events.domain.difference import Difference, Veiled, differences, veiled
from events.domain.outcome import Outcome
from events.domain.refusal import Complaint
from events.domain.tree import Json
from events.models import Body, Delivery

# What is in the request may be the reason; elsewhere the store, the key or the network is.
_BY_THE_REQUEST = frozenset({Outcome.REJECTED, Outcome.SERVER_ERROR})
_KEY_REFUSED = (401, 403)
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Change:
    """The differences that tell most, under the buyer's masks. `is_alike` says that both are of the same events."""

    taken: Delivery
    refused: Delivery
    is_alike: bool
    shown: tuple[Difference, ...]
    more: int

    @property
    def url(self) -> str:
        """The page with the two side by side."""
        return reverse("delivery_beside", args=[self.taken.pk, self.refused.pk])


def change_of(taken: Sequence[Delivery], refused: Delivery, complaints: tuple[Complaint, ...]) -> Change | None:
    """None where there is nothing to compare. `taken` were accepted before, newest first."""
    if not taken or refused.outcome not in _BY_THE_REQUEST or refused.status_code in _KEY_REFUSED:
        return None
    alike = next((each for each in taken if each.event_names == refused.event_names), None)
    chosen = alike or taken[0]
    payloads = _payloads(chosen, refused)
    left, right = payloads.get(chosen.pk), payloads.get(refused.pk)
    if left is None or right is None:
        return None
    found = differences(left, right, first=tuple(each.path for each in complaints if each.is_placed))
    sides = Veiled.request(left), Veiled.request(right)
    shown = tuple(veiled(each, *sides) for each in found[:MOST_SHOWN])
    return Change(chosen, refused, alike is not None, shown, len(found) - len(shown))


def _payloads(*deliveries: Delivery) -> dict[int, Json]:
    """Those that can be read, by the delivery's number."""
    bodies = Body.objects.select_related("delivery").filter(delivery__in=[each.pk for each in deliveries])
    return {body.delivery_id: tree for body in bodies if (tree := body.read_payload()) is not None}
