"""A log in use: every ending once for each of two senders, with all that people and the console leave beside it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from events.domain.catalogue import VARIANTS, Item
from events.domain.destination import Rule
from events.domain.tree import Object, read
from events.domain.triage import Step
from events.models import (
    Delivery,
    Draft,
    ErrorGroup,
    Note,
    Person,
    Pin,
    Preset,
    Proof,
    Run,
    SavedSearch,
    Store,
    Tag,
    search,
)
from events.models.audit import Act, record
from events.models.catalogue import read_in
from events.models.person import Invitation
from events.views.drafts import start_draft
from tests.factories import make_person, make_store, make_storefront_key
from tests.groups import make_group
from tests.views.exchanges import GOOD, ORDER, REFUSED, ZERO, make_exchange

# A thing that comes once in a list cannot show that each asks for itself.
SEVERAL = 3
NOTE, TAG, TWIN, PRODUCT, PRESET, SAVED = (
    "Bu Wulan menelepon.",
    "lebaran",
    "Sepatu Cibaduyut",
    "Kemeja",
    "Beli",
    "Gagal",
)
# One that the catalogue has, and two that are being looked for in it.
LINES = b'{"variant_unique_id":"kemeja 1","quantity":1},{"variant_unique_id":"kemeja 2","quantity":1}'
CART = GOOD.replace(b'"variants":[', b'"variants":[' + LINES + b",")
KEY = "sfpk_TokoBatikBersama8812"
# The last ones stand on the newest page of the log.
ANSWERS: dict[str, tuple[int | None, bytes]] = {
    "unexpected": (302, b""),
    "timed_out": (None, b""),
    "interrupted": (None, b""),
    "accepted": (204, b""),
    "unreachable": (None, b""),
    "rate_limited": (429, b'{"error":"Too many requests"}'),
    "server_error": (500, b"Internal Server Error"),
    "not_found": (404, b'{"error":"Store not found"}'),
    "rejected": (400, REFUSED),
}
NEWEST = tuple(ANSWERS)[3:]


@dataclass(frozen=True)
class Filled:
    """`own` and `others` are one delivery of each outcome, sent by the one who looks and by a colleague."""

    store: Store
    draft: Draft
    run: Run
    own: dict[str, Delivery]
    others: dict[str, Delivery]
    groups: list[ErrorGroup]


def fill(by: Person) -> Filled:
    """A log as `by` finds it, who uses it together with a colleague."""
    dimas, now = make_person("support", name="Dimas Surya"), timezone.now()
    store, run = _store(dimas), Run.objects.create(name="Uji funnel", by=dimas, started_at=now)
    own, others = {}, {}
    for outcome in ANSWERS:
        own[outcome], others[outcome] = (_sent(outcome, store, each, run) for each in (by, dimas))
    for number in range(SEVERAL):
        for each in (by, dimas):
            name = f"{SAVED} {number}"
            SavedSearch.objects.create(by=each, name=name, query="q=tag%3Acod", is_shared=True, created_at=now)
        Invitation.issue(email=f"sari.{number}@contoh.id", role="support", now=now, by=dimas)
        for act in (Act.SIGNED_IN, Act.BUYER_ERASED):
            record(act, by=dimas)
    groups = list(ErrorGroup.objects.all())
    for group in groups:
        for step in (Step.TAKE, Step.ACKNOWLEDGE):
            group.work(step, by=by, now=now)
    return Filled(store, start_draft(by, store, _tree(CART), now), run, own, others, groups)


def _store(by: Person) -> Store:
    """With products, presets, proven pixels and two keys, one of which other stores send with, too."""
    store, now = make_store("Toko Batik Bersama", browser_sends=True, pixel_rule=Rule.PAGE), timezone.now()
    for number in range(SEVERAL):
        twin = make_storefront_key(make_store(f"{TWIN} {number}"), value=KEY)
        make_exchange(store=twin.store, storefront_key=twin)
        Preset.of(store, f"{PRESET} {number}", _tree(GOOD), by=by, now=now).save()
    make_storefront_key(store, is_active=False)
    make_storefront_key(store, value=KEY)
    items = [Item(f"variant_k3R{number}", VARIANTS, f"{PRODUCT} {number}", price="149000") for number in range(12)]
    read_in(store, items, by=by, now=now, keeps_others=False)
    home, checkout = "https://batiknusantara.contoh.id/", "https://batiknusantara.contoh.id/checkout"
    Proof.objects.create(
        store=store, by=by, started_at=now, home_url=home, checkout_url=checkout, token=uuid.uuid4(),
        rule=Rule.PAGE, answered_at=now, answered_by=by,
    )  # fmt: skip
    return store


def _sent(outcome: str, store: Store, by: Person, run: Run) -> Delivery:
    """A resend of what went down the other channel, too, and was resent there."""
    group = None
    if outcome != "accepted":
        # One that began after something was taken, which it can be compared with.
        group = make_group(store, f"stok habis, {outcome}", outcome=outcome, status=ANSWERS[outcome][0])
    origin = _exchange(outcome, store, by, run, group=group)
    twin = _exchange("accepted", store, by, run, twin_of=origin, channel="browser")
    _exchange("accepted", store, by, run, resend_of=twin)
    resent = _exchange(outcome, store, by, run, group=group, resend_of=origin)
    _mark(resent, by)
    return resent


def _exchange(outcome: str, store: Store, by: Person, run: Run, **fields: Any) -> Delivery:
    status, response = ANSWERS[outcome]
    request, findings = (ORDER, (ZERO,)) if outcome == "rejected" else (GOOD, ())
    key = store.storefront_keys.get(is_active=True)
    delivery = make_exchange(
        outcome, status, response, by=by, store=store, run=run, storefront_key=key, request=request, findings=findings,
        **fields,
    )  # fmt: skip
    search.index(delivery, read(request))
    return delivery


def _mark(delivery: Delivery, by: Person) -> None:
    now = timezone.now()
    Pin.objects.create(delivery=delivery, by=by, at=now)
    for number in range(SEVERAL):
        Tag.objects.create(delivery=delivery, word=f"{TAG}-{number}", by=by, at=now)
        note = Note(delivery=delivery, by=by, at=now)
        note.keep(NOTE)
        note.save()


def _tree(body: bytes) -> Object:
    tree = read(body)
    assert isinstance(tree, Object)
    return tree
