"""What a delivery's page is made of: the explanation, the life-line, the evidence, and which acts it offers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from events.domain.browser_explanation import Places, explain_browser
from events.domain.checklist import Place, checklist
from events.domain.ending import Ending, Explanation
from events.domain.explanation import MAY_PASS, erased, explain
from events.domain.outcome import Outcome, is_final
from events.domain.resending import may_be_corrected
from events.domain.rights import Action
from events.domain.waiting import wait_asked
from events.forms.comparing import CompareForm
from events.forms.log import Address
from events.models import Body, Delivery, Person
from events.models.encryption import KeyMissing, Unreadable
from events.views.access import PersonRequest
from events.views.evidence import Evidence, gather
from events.views.faults import faults_of
from events.views.foresight import foresight_of
from events.views.fragment import wants_fragment
from events.views.kindred import kindred_of
from events.views.lifeline import steps_of
from events.views.marks_page import Marks, marks_of
from events.views.matching import matching_of_sent
from events.views.neighbours import neighbours_of
from events.views.policy import may_call_scalev
from events.views.sight import VEILED, Sight, terms_of
from events.views.timeline import Family, Try, family_of, search_of, sendings_of
from events.views.tracing import probing_of, taken_since, trace
from events.views.whereabouts import Whereabouts, came_from

_TOKENS = uuid.UUID("2b6f0a7e-6c0e-4d0a-9c55-3f4e8a1d7c21")
# What a resend may mend by itself; the other outcomes ask for a look elsewhere first.
_RESEND_FIRST = frozenset(
    {Outcome.RATE_LIMITED, Outcome.UNREACHABLE, Outcome.SERVER_ERROR, Outcome.TIMED_OUT, Outcome.INTERRUPTED}
)
_KEY_REFUSED = (401, 403)
# Whoever has seen the checklist once in this browser finds it folded.
LOOKED, _LOOKED_FOR = "checklist-seen", 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Acts:
    """Which acts the page offers, and which of them is the next one ("" for none)."""

    resend: bool
    correct: bool
    duplicate: bool
    first: str


@dataclass(frozen=True, slots=True)
class AtHand:
    """What the list beside it has asked for already: tags in use and both neighbours, None where it does not know."""

    words: tuple[str, ...] | None = None
    neighbours: tuple[int | None, int | None] | None = None


NOTHING = AtHand()


def evidence_of(delivery: Delivery, *, is_clear: bool) -> tuple[Evidence | None, dict[str, str]]:
    """The exchange, or None and why: `missing_key` names the master key, `gone` what became of the bodies."""
    try:
        return gather(delivery.body, is_clear=is_clear), {}
    except Body.DoesNotExist:
        return None, {"gone": "removed"}
    except KeyMissing as error:
        return None, {"missing_key": error.key_id}
    except Unreadable:
        return None, {"gone": "unreadable"}


def resend_token(delivery: Delivery, tries: list[Try]) -> uuid.UUID:
    """The form token of the next resend: the same in every tab, until the family has one more."""
    origin = delivery.resend_of_id or delivery.pk
    return uuid.uuid5(_TOKENS, f"{origin}:{tries[-1].uuid}")


def show(
    request: PersonRequest,
    delivery: Delivery,
    now: datetime,
    *,
    sight: Sight = VEILED,
    evidence: Evidence | None = None,
    status: int = 200,
    marks: Marks | None = None,
    **more: Any,
) -> HttpResponse:
    """The page, or for htmx the part that changes while a call is open."""
    if delivery.is_open and wants_fragment(request):
        return HttpResponse(status=204)  # nothing new: the page stays as it is, and asks again
    where = Whereabouts(came_from(request))
    context = context_of(request, delivery, now, where, sight=sight, evidence=evidence, marks=marks) | more
    template = "events/_delivery.html" if wants_fragment(request) else "events/delivery.html"
    response = render(request, template, context | {"is_first_look": LOOKED not in request.COOKIES}, status=status)
    if context["checklist"] and LOOKED not in request.COOKIES:
        # Not in the session: two pages at once would write over each other's.
        response.set_cookie(LOOKED, "1", max_age=_LOOKED_FOR, httponly=True, samesite="Lax", secure=request.is_secure())
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return may_call_scalev(response) if context["may_hand_over"] else response


def context_of(
    request: PersonRequest,
    delivery: Delivery,
    now: datetime,
    where: Whereabouts,
    *,
    sight: Sight = VEILED,
    evidence: Evidence | None = None,
    marks: Marks | None = None,
    at_hand: AtHand = NOTHING,
) -> dict[str, Any]:
    """What the templates of a delivery are drawn with, on its own page and beside the list."""
    trouble: dict[str, str] = {}
    if evidence is None:
        evidence, trouble = evidence_of(delivery, is_clear=sight.is_clear)
    family = family_of(delivery)
    return {
        "delivery": delivery,
        "environment": delivery.environment,
        "trouble": trouble,
        "acts": acts_of(request.user, delivery, evidence, family.tries),
        "compare": CompareForm(here=delivery.pk),
        "marks": marks or marks_of(request.user, delivery, in_use=at_hand.words),
        "is_polled": delivery.is_open and not sight.is_clear,
        **_meaning(request.user, delivery, evidence, family.tries, now),
        **_exchange(delivery, evidence),
        **_sent_so_far(delivery, family, now),
        **_sight_of_buyer(request.user, delivery, sight, where),
        **_ways_from(request, delivery, where, at_hand),
    }


def _meaning(
    person: Person, delivery: Delivery, evidence: Evidence | None, tries: list[Try], now: datetime
) -> dict[str, Any]:
    """What became of it, and what the log knows around that."""
    ending, tracing = ending_of(delivery, evidence, tries, now), trace(delivery, evidence)
    if tracing:
        ending = replace(ending, traces=tracing.traces)
    if ending.outcome in MAY_PASS:
        ending = replace(ending, taken_since=taken_since(delivery))
    return {
        "explanation": explanation_of(delivery, evidence, ending),
        "seconds_left": seconds_left(ending),
        "probing": probing_of(person, tracing),
        "kindred": kindred_of(delivery, now, evidence.complaints if evidence else ()),
    }


def _exchange(delivery: Delivery, evidence: Evidence | None) -> dict[str, Any]:
    """What was sent and what came back, and what can be read from the two."""
    return {
        "evidence": evidence,
        "steps": steps_of(delivery, evidence.answer if evidence else None),
        "faults": faults_of(evidence) if delivery.outcome == Outcome.REJECTED else None,
        "checklist": checklist_of(delivery, evidence),
        **matching_of_sent(evidence, by_browser=delivery.is_by_browser),
    }


def _sent_so_far(delivery: Delivery, family: Family, now: datetime) -> dict[str, Any]:
    """Every send of the same event, and what one more would mean."""
    return {
        "sendings": sendings_of(family.whole, delivery),
        "sent_count": len(family.whole),
        "family_query": search_of(delivery),
        "beside": beside_address(delivery, family.twin_pk),
        "foresight": foresight_of(delivery, family.tries, now),
        "token": resend_token(delivery, family.tries),
    }


def _sight_of_buyer(person: Person, delivery: Delivery, sight: Sight, where: Whereabouts) -> dict[str, Any]:
    """How the viewer sees the buyer, may come to see her, and may hand the bytes to a browser."""
    terms = terms_of(person, delivery)
    may_hand_over = _may_hand_over(person, delivery, sight, terms)
    return {
        "sight": sight,
        "terms": terms,
        "may_hand_over": may_hand_over,
        # Beside the list it leads to a page that asks for the reason where one is due.
        "offers_browser": may_hand_over or (where.is_beside and delivery.store.browser_sends and bool(terms)),
    }


def _ways_from(request: PersonRequest, delivery: Delivery, where: Whereabouts, at_hand: AtHand) -> dict[str, Any]:
    query = Address.of(QueryDict(where.query)).query
    return {
        "where": where,
        "came_from": where.query,
        "back": where.row(delivery.pk),
        "here": where.url(delivery.pk),
        "page_url": where.page(delivery.pk),
        "beside_url": where.beside(delivery.pk),
        "permalink": request.build_absolute_uri(reverse("delivery", args=[delivery.pk])),
        "neighbours": neighbours_of(delivery.pk, query, where.url, at_hand.neighbours),
    }


def _may_hand_over(person: Person, delivery: Delivery, sight: Sight, terms: str) -> bool:
    """Whether this page can resend from the browser, which is handed the bytes as they are.

    An open call's page, too: it offers that as soon as the answer is there.
    """
    may_resend = delivery.store.browser_sends and person.may(Action.RESEND, own=delivery.was_sent_by(person))
    return may_resend and (sight.is_clear or terms == "freely")


def explanation_of(delivery: Delivery, evidence: Evidence | None, ending: Ending) -> Explanation:
    if delivery.erased_at:
        return erased(explain(ending))
    if not delivery.is_by_browser:
        return explain(ending)
    caller = evidence.answer.caller if evidence and evidence.answer else None
    scalev = delivery.store.origin or ""
    places = Places(caller.origin, scalev, dict(caller.probes)) if caller else Places(scalev=scalev)
    return explain_browser(ending, places)


def beside_of(delivery: Delivery) -> str:
    """The page that shows a delivery beside its twin on the other channel; "" where it has none."""
    return beside_address(delivery, delivery.twin_of_id or delivery.twins.values_list("pk", flat=True).first())


def beside_address(delivery: Delivery, twin_pk: int | None) -> str:
    return reverse("delivery_beside", args=sorted((delivery.pk, twin_pk))) if twin_pk else ""


def ending_of(delivery: Delivery, evidence: Evidence | None, tries: list[Try], now: datetime) -> Ending:
    """What the explanation needs to know; without evidence, what the narrow row still tells."""
    answer = evidence.answer if evidence else None
    answered_at = delivery.finished_at or now
    return Ending(
        outcome=Outcome(delivery.outcome),
        status=delivery.status_code,
        failure=answer.failure if answer else None,
        complaints=evidence.complaints if evidence else (),
        findings=evidence.findings if evidence else (),
        content_type=answer.content_type if answer else "",
        wait=wait_asked(answer.headers, answered_at) if answer else None,
        age=max(now - answered_at, timedelta()),
        settled=_was_settled(delivery, tries),
        left_whole=answer is not None and answer.timings.send_ms is not None,
    )


def checklist_of(delivery: Delivery, evidence: Evidence | None) -> tuple[Place, ...]:
    if delivery.outcome != Outcome.ACCEPTED or delivery.erased_at:
        return ()
    return checklist(evidence.sent.body.tree if evidence else None, by_browser=delivery.is_by_browser)


def seconds_left(ending: Ending) -> int:
    """How long Scalev still asks to wait before it is sent again; 0 where it does not, or where it is over."""
    return ending.wait.left(ending.age) if ending.wait and ending.outcome is Outcome.RATE_LIMITED else 0


def acts_of(person: Person, delivery: Delivery, evidence: Evidence | None, tries: list[Try]) -> Acts:
    """Nothing is offered that would fail: what cannot be read cannot be sent again."""
    outcome = Outcome(delivery.outcome)
    may_write = evidence is not None and person.may(Action.COMPOSE)
    resend = evidence is not None and is_final(outcome) and person.may(Action.RESEND, own=delivery.was_sent_by(person))
    correct = may_write and may_be_corrected(outcome)
    first = ""
    if resend and not _was_settled(delivery, tries):
        first = "resend" if outcome in _RESEND_FIRST or delivery.status_code in _KEY_REFUSED else ""
    if correct and outcome is Outcome.REJECTED and delivery.status_code not in _KEY_REFUSED:
        first = "correct"
    return Acts(resend=resend, correct=correct, duplicate=may_write, first=first)


def _was_settled(delivery: Delivery, tries: list[Try]) -> bool:
    return any(other.outcome == Outcome.ACCEPTED and other.pk > delivery.pk for other in tries)
