"""Who sees a buyer's values in clear, on which terms, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from events.domain.rights import Action, needs_reason
from events.models import Delivery, Person
from events.models.audit import Act, record
from events.views.access import PersonRequest, demand

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Sight:
    """How one page view sees one delivery: veiled, or in clear for a reason ("" for one's own sends)."""

    is_clear: bool = False
    reason: str = ""


VEILED = Sight()


class ReasonMissing(Exception):
    """Somebody else's buyer is shown only to whoever says why."""


def _is_own(delivery: Delivery, person: Person) -> bool:
    """Whether this person wrote what was sent. To resend somebody else's bytes does not make their buyer one's own."""
    origin = delivery.resend_of
    return delivery.was_sent_by(person) and (origin is None or origin.was_sent_by(person))


def terms_of(person: Person, delivery: Delivery) -> str:
    """On which terms this person may lift the veil: "freely", with a "reason", or "" for not at all."""
    own = _is_own(delivery, person)
    if not person.may(Action.SEE_CLEAR, own=own):
        return ""
    return "reason" if needs_reason(person.role, Action.SEE_CLEAR, own=own) else "freely"


def clear_sight(request: PersonRequest, delivery: Delivery) -> Sight:
    """The clear sight that a POST asks for. Raises `NotAllowed`, or `ReasonMissing` where it gives no reason."""
    demand(request, Action.SEE_CLEAR, own=_is_own(delivery, request.user))
    if terms_of(request.user, delivery) == "freely":
        return Sight(is_clear=True)
    reason = given_reason(request)
    if not reason:
        raise ReasonMissing
    return Sight(is_clear=True, reason=reason)


def sight_at_hand(request: PersonRequest, delivery: Delivery) -> Sight:
    """Clear where it is free or a reason came along, else veiled: for acts that work either way."""
    terms = terms_of(request.user, delivery)
    if terms == "freely":
        return Sight(is_clear=True)
    reason = given_reason(request)
    return Sight(is_clear=True, reason=reason) if terms == "reason" and reason else VEILED


def given_reason(request: HttpRequest) -> str:
    return " ".join(request.POST.get("reason", "").split())[:LONGEST_REASON]


def keep_record(request: PersonRequest, delivery: Delivery, sight: Sight, what: str) -> None:
    """Write down that somebody looked; one's own sends are one's own."""
    if sight.is_clear and sight.reason:
        record(
            Act.BUYER_SHOWN,
            by=request.user,
            target=f"#{delivery.pk}",
            url=reverse("delivery", args=[delivery.pk]),
            fields=[what],
            reason=sight.reason,
        )
