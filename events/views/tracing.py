"""What the log knows around an answer “Store not found”, and the one harmless test that tells more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from events.domain.contract import KEY_PREFIX, store_id_in
from events.domain.not_found import Probe, Traces, probe_of, probe_words
from events.domain.outcome import Outcome
from events.domain.rights import Action
from events.domain.text import Text
from events.models import Body, Delivery, Person, StorefrontKey
from events.models.encryption import Unreadable
from events.models.traces import Newest, newest_after, newest_around, taken_elsewhere
from events.views.evidence import Evidence
from events.views.stores import KeyRow, trouble_with


@dataclass(frozen=True, slots=True)
class Probing:
    """The test that is offered; `row` is None for who may not make it, or where no key of the store can be tested."""

    words: Text
    row: KeyRow | None
    is_other: bool


@dataclass(frozen=True, slots=True)
class Tracing:
    """`keys` are the store's, the active one first."""

    traces: Traces
    delivery: Delivery
    keys: list[StorefrontKey]


def trace(delivery: Delivery, evidence: Evidence | None) -> Tracing | None:
    """None for everything that was found."""
    if delivery.outcome != Outcome.NOT_FOUND:
        return None
    keys = list(delivery.store.storefront_keys.select_related("store"))
    before, after = newest_around(delivery)
    others = [key for key in keys if key.pk != delivery.storefront_key_id]
    traces = Traces(
        store_id=delivery.store.store_id,
        sent_to=store_id_in(evidence.sent.url) if evidence else "",
        id_before=_sent_to(before),
        key_is_storefront=_is_storefront(delivery.storefront_key),
        before=_gap(delivery, before, Outcome.ACCEPTED, own=True),
        after=_gap(delivery, after, Outcome.ACCEPTED, own=True),
        refused_again=_gap(delivery, after, Outcome.NOT_FOUND, own=True),
        other_key=others[0].masked if others else "",
        other_before=_gap(delivery, before, Outcome.ACCEPTED, own=False),
        other_after=_gap(delivery, after, Outcome.ACCEPTED, own=False),
        other_refused=_gap(delivery, after, Outcome.NOT_FOUND, own=False),
        twins=_twins(delivery),
    )
    return Tracing(traces, delivery, keys)


def taken_since(delivery: Delivery) -> timedelta | None:
    """How long after a delivery Scalev took another one of its store."""
    times = [each.at for each in newest_after(delivery) if each.outcome == Outcome.ACCEPTED]
    return max(times) - delivery.created_at if times else None


def probing_of(person: Person, tracing: Tracing | None) -> Probing | None:
    """None where a test would tell nothing more."""
    probe = probe_of(tracing.traces) if tracing else Probe.NONE
    if tracing is None or probe is Probe.NONE:
        return None
    own = tracing.delivery.storefront_key_id
    keys = [key for key in tracing.keys if (key.pk != own) is (probe is Probe.OTHER_KEY)]
    row = KeyRow(keys[0], trouble_with(keys[0])) if keys and person.may(Action.MANAGE_STORES) else None
    return Probing(
        probe_words(tracing.traces), row if row and row.may_be_tested else None, is_other=probe is Probe.OTHER_KEY
    )


def _gap(delivery: Delivery, newest: Iterable[Newest], outcome: Outcome, *, own: bool) -> timedelta | None:
    """How far the newest with this outcome lies from a delivery; with its own key, or with another one."""
    times = [
        each.at
        for each in newest
        if each.outcome == outcome and (each.key is not None and each.key == delivery.storefront_key_id) is own
    ]
    return abs(max(times) - delivery.created_at) if times else None


def _twins(delivery: Delivery) -> tuple[str, ...]:
    key = delivery.storefront_key
    return tuple(taken_elsewhere(key, delivery.environment)) if key else ()


def _sent_to(before: list[Newest]) -> str:
    """The store ID to which the newest of them went."""
    newest = max((each.pk for each in before), default=None)
    body = Body.objects.select_related("delivery").filter(delivery=newest).first() if newest else None
    try:
        return store_id_in(body.read_request().facts.get("url", "")) if body else ""
    except Unreadable:
        return ""


def _is_storefront(key: StorefrontKey | None) -> bool | None:
    try:
        return key.reveal().startswith(KEY_PREFIX) if key else None
    except Unreadable:
        return None
