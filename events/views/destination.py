"""Which pixels of a store get an event: what is proven of it, and the proof by two labelled PageViews."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.delivery import sender
from events.domain.destination import Seen, labelled_view, rule_words
from events.domain.diagnosis import review
from events.domain.outcome import Outcome
from events.domain.payload import Payload
from events.domain.rights import Action
from events.forms.proof import AddressesForm, SightingsForm
from events.models import Delivery, Proof, Store
from events.models.audit import Act, record
from events.models.circumstances import circumstances_of
from events.templatetags.console import words
from events.views.access import PersonRequest, needs
from events.views.lost import warn_if_lost


@dataclass(frozen=True)
class Half:
    """One of a proof's two events. `delivery` is None before it was sent, and once the log no longer keeps it."""

    event_id: str
    page_url: str
    referrer_url: str
    delivery: Delivery | None

    @property
    def was_taken(self) -> bool:
        return self.delivery is not None and self.delivery.outcome == Outcome.ACCEPTED


@needs(Action.COMPOSE)
@require_safe
def destination(request: PersonRequest, pk: int) -> HttpResponse:
    """What is known of a store's pixels, an unfinished proof, and the form of a new one."""
    return _drawn(request, get_object_or_404(Store, pk=pk))


@needs(Action.COMPOSE)
@require_POST
def destination_start(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the two PageViews; the same form twice sends them once."""
    store = get_object_or_404(Store, pk=pk)
    form = AddressesForm(request.POST, store=store)
    if not form.is_valid():
        return _drawn(request, store, addresses=form)
    proof, _is_new = Proof.objects.get_or_create(
        token=form.cleaned_data.pop("token"),
        defaults={**form.cleaned_data, "store": store, "by": request.user, "started_at": timezone.now()},
    )
    try:
        _send(request, proof)
    except sender.NotSendable as reason:
        messages.error(request, words(reason.text))
        if not any(half.delivery for half in halves_of(proof)):
            proof.delete()
            return _drawn(request, store, addresses=form)
    return redirect("destination", store.pk)


@needs(Action.COMPOSE)
@require_POST
def destination_answer(request: PersonRequest, pk: int, proof_pk: int) -> HttpResponse:
    """Keep where both events were seen, and the rule that this shows."""
    proof = get_object_or_404(Proof.objects.select_related("store"), store_id=pk, pk=proof_pk)
    form = SightingsForm(request.POST)
    if proof.answered_at is None and not form.is_valid():
        return _drawn(request, proof.store, sightings=form)
    if proof.answered_at is None:
        seen = (Seen(form.cleaned_data[name]) for name in ("seen_home", "seen_checkout"))
        rule = proof.answer(*seen, by=request.user, now=timezone.now())
        if rule is not None:
            record(Act.PIXELS_PROVEN, by=request.user, target=proof.store, url=reverse("destination", args=[pk]))
            messages.success(request, f"{_('Proven, and kept with the store.')} {words(rule_words(rule))}")
    return redirect("destination", pk)


def halves_of(proof: Proof) -> tuple[Half, Half]:
    """Both events of a proof, in the order in which they are sent."""
    tokens = (proof.token, proof.second_token)
    sent = {each.form_token: each for each in Delivery.objects.filter(form_token__in=tokens)}
    pages = ((proof.home_url, proof.checkout_url), (proof.checkout_url, proof.home_url))
    names = (f"proof-home-{proof.token.hex[:6]}", f"proof-checkout-{proof.token.hex[:6]}")
    first, second = (
        Half(name, *addresses, sent.get(token)) for name, addresses, token in zip(names, pages, tokens, strict=True)
    )
    return first, second


def _send(request: PersonRequest, proof: Proof) -> None:
    """Send what was not sent yet. Raises `sender.NotSendable`."""
    for half, token in zip(halves_of(proof), (proof.token, proof.second_token), strict=True):
        tree = labelled_view(half.page_url, half.referrer_url, half.event_id, proof.store.country)
        payload, now = Payload(tree), timezone.now()
        delivery = sender.send(
            store=proof.store,
            payload=payload.to_json(),
            by=request.user,
            now=now,
            token=token,
            findings=review(payload, circumstances_of(proof.store, payload, now)),
        )
        warn_if_lost(request, delivery)


def _drawn(
    request: PersonRequest,
    store: Store,
    addresses: AddressesForm | None = None,
    sightings: SightingsForm | None = None,
) -> HttpResponse:
    proof = store.proofs.select_related("answered_by").first()
    shown = store.proofs.exclude(rule="").select_related("answered_by").first() if store.proven else None
    context = {
        "store": store,
        "environment": store.environment,
        "rule": store.proven and rule_words(store.proven.rule),
        "shown": shown,
        "proof": proof,
        "halves": halves_of(proof) if proof else (),
        "addresses": addresses or AddressesForm(store=store, initial=_begin(store, proof)),
        "sightings": sightings or SightingsForm(),
    }
    return render(request, "events/destination.html", context, status=422 if addresses or sightings else 200)


def _begin(store: Store, proof: Proof | None) -> dict[str, object]:
    """What the form starts from: the addresses of the last proof, else those that many shops have."""
    shop = f"https://{store.hosts[0]}/" if store.hosts else ""
    home, checkout = (proof.home_url, proof.checkout_url) if proof else (shop, shop and f"{shop}checkout")
    return {"token": uuid4(), "home_url": home, "checkout_url": checkout}
