"""The front desk: holds one request against the rules in order, and says which one decided."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from . import cross_origin, scenarios
from .answers import Answer, Ask, for_scenario, plain, refused, store_not_found
from .judge import Verdict, judge
from .ledger import Step
from .limiter import Allowance, Limiter
from .reading import Unreadable, read
from .trace import Call, Trace

EVENTS_PATH = re.compile(r"/v3/stores/([^/]*)/public/analytics/meta/events")
KEY_HEADER = "X-Scalev-Storefront-Api-Key"

_STORE_ID = re.compile(r"store_[A-Za-z0-9_]+")


@dataclass(frozen=True)
class Decision:
    """The answer, and every step that led to it."""

    answer: Answer
    steps: tuple[Step, ...]
    decided_by: Step
    scenario: str
    verdict: Verdict | None


class Desk:
    """Decides requests to the events endpoint."""

    def __init__(self, limiter: Limiter, bomb_bytes: int, registered: cross_origin.Registered) -> None:
        self._limiter = limiter
        self._bomb_bytes = bomb_bytes
        self._registered = registered

    def decide(self, call: Call) -> Decision:
        """The first rule that has an answer decides; the contract itself always has one."""
        trace = Trace()
        answer = self._preflight(call, trace) if call.is_preflight else self._request(call, trace)
        slug = trace.scenario.slug if trace.scenario else ""
        return Decision(answer, tuple(trace.steps), trace.decided_by, slug, trace.verdict)

    def _preflight(self, call: Call, trace: Trace) -> Answer:
        """A question of the browser: it carries neither key nor body, and counts for no limit."""
        return _path(call, trace) or cross_origin.preflight(call, trace, self._registered)

    def _request(self, call: Call, trace: Trace) -> Answer:
        readable = cross_origin.readable(call, trace, self._registered)
        allowance = self._limiter.take(call.client)
        answer = (
            _at_the_door(call, trace)
            or _limited(call, trace, allowance)
            or self._scenario(call, trace)
            or _contract(call, trace)
        )
        limits = () if trace.scenario and trace.scenario.slug != "slow" else allowance.headers
        return replace(answer, headers=answer.headers + limits + readable)

    def _scenario(self, call: Call, trace: Trace) -> Answer | None:
        """A scenario answers instead of the contract; `slow` only holds the contract's answer back."""
        by_store = scenarios.by_store_id(call.store_id or "")
        found = by_store or scenarios.by_key(call.key or "")
        if not found:
            trace.note("no scenario is named", "store ID and key", True, "neither names a scenario")
            return None
        trace.scenario = found
        place = "store ID" if by_store else "storefront key"
        late = found.slug == "slow"
        trace.note(f"scenario {found.slug}", place, late, f"names the scenario: {found.explanation}")
        if late:
            return replace(_contract(call, trace), act="slow")
        trace.verdict = judge(call.body)
        return for_scenario(found.slug, Ask(_buyer(call.body), self._bomb_bytes))


Rule: TypeAlias = Callable[[Call, Trace], Answer | None]


def _path(call: Call, trace: Trace) -> Answer | None:
    there = call.store_id is not None
    words = "is the events endpoint" if there else "is not /v3/stores/{store_id}/public/analytics/meta/events"
    return None if trace.note("the path is known", "path", there, words) else plain(404, "Nothing here.")


def _method(call: Call, trace: Trace) -> Answer | None:
    if trace.note("the method is POST", "method", call.method == "POST", f"is {call.method}"):
        return None
    return plain(405, "Method not allowed", (("Allow", "POST"),))


def _store_id(call: Call, trace: Trace) -> Answer | None:
    passed = bool(_STORE_ID.fullmatch(call.store_id or ""))
    words = "has the form store_…" if passed else "is not of the form store_…, so no store has it"
    return None if trace.note("the store exists", "store ID", passed, words) else store_not_found()


def _key(call: Call, trace: Trace) -> Answer | None:
    there = bool(call.key)
    words = "was sent" if there else f"was not sent in {KEY_HEADER}"
    return None if trace.note("a storefront key is sent", "storefront key", there, words) else store_not_found()


def _key_family(call: Call, trace: Trace) -> Answer | None:
    passed = (call.key or "").startswith("sfpk_")
    words = "starts with sfpk_" if passed else "does not start with sfpk_: a business or page key opens nothing here"
    rule = "the key is a storefront key"
    return None if trace.note(rule, "storefront key", passed, words) else store_not_found()


def _media_type(call: Call, trace: Trace) -> Answer | None:
    media = call.content_type.partition(";")[0].strip().lower()
    passed = media == "application/json"
    words = f"is {media or 'missing'}"
    if trace.note("the content is application/json", "Content-Type", passed, words):
        return None
    return plain(400, "Bad request: the content type must be application/json")


_DOOR: tuple[Rule, ...] = (_path, _method, _store_id, _key, _key_family, _media_type)


def _at_the_door(call: Call, trace: Trace) -> Answer | None:
    return next((answer for rule in _DOOR if (answer := rule(call, trace))), None)


def _limited(call: Call, trace: Trace, allowance: Allowance) -> Answer | None:
    words = f"{allowance.limit} requests a window, {allowance.remaining} left"
    if trace.note("the client keeps to the rate limit", call.client, allowance.allowed, words):
        return None
    return plain(429, "Too many requests", (("Retry-After", str(allowance.reset_seconds)),))


def _contract(call: Call, trace: Trace) -> Answer:
    verdict = trace.verdict = judge(call.body)
    for hit in verdict.checks:
        trace.note(hit.rule, hit.place, hit.passed, hit.message)
    if not verdict.accepted:
        return refused(verdict.rules)
    trace.note("the contract is kept", "body", True, "breaks none of its rules")
    return Answer(204)


def _buyer(body: bytes) -> dict[str, object]:
    """The user_data of a body that may be anything."""
    try:
        value = read(body)
    except Unreadable:
        return {}
    buyer = value.get("user_data") if isinstance(value, dict) else None
    return buyer if isinstance(buyer, dict) else {}
