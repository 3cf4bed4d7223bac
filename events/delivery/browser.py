"""One delivery that a person's own browser makes: the row first, then what the page needs, then what it reports.

Between the two nothing is known here. A page that never reports leaves a row whose lease runs out, and whoever
looks next finds it INTERRUPTED: the event may have gone out.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.delivery import recording
from events.delivery.sender import BROWSER_HEADERS, NotSendable, Sendable, way_out, write_row
from events.domain.contract import KEY_HEADER
from events.domain.finding import Finding
from events.domain.outcome import Outcome
from events.domain.report import Report, exchange_of
from events.domain.text import NO_TEXT, Text
from events.models import Body, Delivery, Person, Store, StorefrontKey
from events.models.audit import Act, record
from events.models.channel import Channel
from events.models.statements import Condition, moment

# After the deadline of the call the page still probes what stopped it, and brings its report here.
LEASE_SLACK = timedelta(seconds=20)


@dataclass(frozen=True)
class Call:
    """What a page needs for one call: the storefront key in clear stands among `headers`, `body` is sent as it is."""

    url: str
    headers: dict[str, str]
    body: bytes
    deadline_s: float


@dataclass(frozen=True)
class HandedOver:
    """A delivery and its call; `call` is None where the form's token was used before: nothing goes out twice."""

    delivery: Delivery
    call: Call | None


def forbidden(store: Store) -> Text:
    """Why this store is not sent to from browsers, "" where it is."""
    if store.browser_sends:
        return NO_TEXT
    return Text("{store} is not sent to from browsers. An admin can allow it.", store=store.name)


def hand_over(
    *,
    store: Store,
    payload: bytes,
    by: Person,
    now: datetime,
    token: uuid.UUID,
    findings: tuple[Finding, ...] = (),
    composed_at: datetime | None = None,
    resend_of: Delivery | None = None,
    twin_of: Delivery | None = None,
) -> HandedOver:
    """Commit the PENDING row, and with it the record of who was given the storefront key; then give it.

    The same `token` again finds the first delivery and gives nothing. Raises `sender.NotSendable` before any row
    exists: for what stops a send from here, and where the store is not sent to from browsers.
    """
    earlier = Delivery.objects.filter(form_token=token).first()
    if earlier:
        return HandedOver(earlier, None)
    if refusal := forbidden(store):
        raise NotSendable(refusal)
    way = way_out(store)
    sendable = Sendable(payload, findings, composed_at, token, resend_of, twin_of, Channel.BROWSER, LEASE_SLACK)
    note = partial(_note, key=way.key, by=by)
    delivery, fresh = write_row(store, way, sendable, by=by, now=now, also=note)
    headers = BROWSER_HEADERS | {KEY_HEADER: way.secret}
    return HandedOver(delivery, Call(way.url, headers, payload, settings.SCALEV_DEADLINE_SECONDS) if fresh else None)


def _note(delivery: Delivery, *, key: StorefrontKey, by: Person) -> None:
    address = reverse("delivery", args=[delivery.pk])
    record(Act.KEY_HANDED_OVER, by=by, target=f"#{delivery.pk} · {delivery.store} · {key.masked}", url=address)


def close_from_report(delivery: Delivery, report: Report) -> bool:
    """Close the row with what its browser reports; False, and nothing written, where it is not open any more.

    Only a browser's row, only once, only within its lease. Raises `encryption.Unreadable` and database errors: the
    page may try again.
    """
    sent = Body.objects.select_related("delivery").get(delivery=delivery).read_request()
    headers = tuple((str(name), str(value)) for name, value in sent.facts["headers"])
    exchange = exchange_of(report, url=sent.facts["url"], headers=headers, body=sent.body)
    is_open = Condition(
        "channel = %s AND outcome = %s AND lease_until >= %s",
        (Channel.BROWSER.value, Outcome.PENDING.value, moment(timezone.now())),
    )
    tree = recording.read_or_none(sent.body)
    return recording.close(is_open, delivery, exchange, tree, caller=asdict(report.caller))
