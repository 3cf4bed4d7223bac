"""Rows that differ in everything a search can ask for, and what a person who looks at each of them would find."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from events.domain.tree import Json, read
from events.models import Delivery, ErrorGroup, Note, Person, Pin, Run, Store, Tag, search, statements
from tests.factories import make_person, make_store

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
ROWS = 60
NOW = START + timedelta(minutes=ROWS)
EVENTS = ["Purchase", "PageView", "Lead Kopi"]
OUTCOMES = [("accepted", 204), ("rejected", 400), ("rejected", 422), ("timed_out", None), ("interrupted", None)]
OPEN = ("pending", None)
MAILS = ["wulan@contoh.id", "sari@contoh.id", "wulan@kopisenja.id"]
PHONES = ["6281290076543", "6285711223344"]
NAMES = ["Wulan Pertiwi", "Sari Pertiwi", "Nur Aini"]
ERRORS = ["", "quantity is less than one", "one is less than quantity"]
HOSTS = ["batik.contoh.id", "kopi.contoh.id"]
FINDINGS: list[tuple[str, ...]] = [(), ("M014",), ("C001", "M014")]
TAGS: list[tuple[str, ...]] = [(), (), ("lebaran",), ("lebaran", "vip")]


@dataclass(frozen=True)
class Seen:
    """What a person would see of one row. `states` are the words behind `is:`."""

    pk: int
    store: str
    by: str
    channel: str
    event: str
    event_id: str
    order: str
    page: str
    outcome: str
    status: int | None
    mail: str
    phone: str
    name: str
    external: str
    country: str
    took: int | None
    error: str
    at: datetime
    findings: tuple[str, ...]
    group: int | None
    run: int | None
    tags: tuple[str, ...]
    states: tuple[str, ...]

    def holds(self, piece: str) -> bool:
        """Whether the row answers one piece of a query, by looking at it."""
        name, colon, value = piece.partition(":")
        value = value.strip('"').casefold()
        if not colon:
            return self._says(piece)
        checks = {
            "store": self.store.casefold() == value,
            "by": self.by.casefold() == value,
            "channel": self.channel == value,
            "event": self.event.casefold() == value,
            "outcome": self.outcome.replace("_", "-") == value,
            "status": str(self.status or "") == value or f"{(self.status or 0) // 100}xx" == value,
            "country": self.country == value,
            "email": value in (self.mail, *self.mail.split("@")),
            "phone": self._rings(value),
            "name": value in self.name.casefold().split(),
            "external": self.external == value,
            "id": self.event_id == value,
            "order": self.order.casefold() == value,
            "host": self.page.partition("/")[0] == value,
            "took": self.took is not None and (self.took > 900 if value == ">900ms" else self.took < 500),
            "after": self.at.isoformat() >= piece[6:].strip('"'),
            "before": self.at.isoformat() < piece[7:].strip('"'),
            "last": self.at >= NOW - timedelta(minutes=25),
            "finding": value.upper() in self.findings,
            "group": str(self.group) == value,
            "run": str(self.run) == value,
            "tag": value in self.tags,
            "is": value in self.states,
        }
        return checks[name]

    def _says(self, piece: str) -> bool:
        if "@" in piece:
            return piece == self.mail
        if piece.lstrip("+").isdigit() and len(piece) > 7:
            return self._rings(piece)
        needle = piece.strip('"').casefold()
        if needle == self.external:
            return True
        texts = [self.event, self.event_id, self.order, self.page, self.error, self.store, f"store_{self.store[:4]}"]
        if len(needle) < 3:
            needle = f" {needle}" if len(needle) == 2 else f" {needle} "
        return any(needle in f" {text} ".casefold() for text in texts)

    def _rings(self, dialled: str) -> bool:
        digits = dialled.lstrip("+")
        return digits in (self.phone, "0" + self.phone[2:], self.phone[-6:], self.phone[-4:])


class Log:
    """Rows of two stores, made by chance; each is written, sent and closed as a send does it."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._stores = [make_store(name, store_id=f"store_{name[:4]}") for name in ("Toko Batik", "Hijab Sari")]
        self._people = [make_person(name=name) for name in ("Rani", "Dimas")]
        self.runs = [Run.objects.create(started_at=START) for _ in range(2)]
        self.groups = [
            ErrorGroup.objects.create(store=self._stores[0], digest=digest, outcome="rejected", first_seen_at=START)
            for digest in "ab"
        ]
        self.rows: list[Seen] = []
        for number in range(ROWS):
            self.rows.append(self._row(number))

    def _row(self, number: int) -> Seen:
        pick = self._chance.choice
        store, by, run = pick(self._stores), pick([*self._people, None]), pick([None, None, *self.runs])
        origin = pick(self.rows).pk if self.rows and self._chance.random() < 0.2 else None
        seen = self._seen(number, store, by)
        delivery = Delivery.objects.create(
            store=store, by=by, environment="sandbox", outcome="pending", created_at=seen.at, lease_until=seen.at,
            channel=seen.channel, event_names=[seen.event], event_ids=[seen.event_id], run=run, resend_of_id=origin,
        )  # fmt: skip
        search.index(delivery, _payload(seen), findings=seen.findings)
        group = pick(self.groups) if seen.outcome == "rejected" else None
        if seen.outcome != "pending":
            delivery.outcome, delivery.status_code, delivery.duration_ms = seen.outcome, seen.status, seen.took
            delivery.group = group
            delivery.save()
        if seen.took is not None:  # a passed lease closes a row without writing its document again
            statements.update(delivery.pk, search.ending(delivery, search.remark(delivery, _payload(seen), seen.error)))
        states = ("resend",) * bool(origin) + ("open",) * (seen.outcome == "pending") + self._marked(delivery, seen)
        return replace(
            seen, pk=delivery.pk, run=run.pk if run else None, group=group.pk if group else None, states=states,
            error="" if seen.took is None else seen.error,
        )  # fmt: skip

    def _seen(self, number: int, store: Store, by: Person | None) -> Seen:
        pick = self._chance.choice
        outcome, status = pick([*OUTCOMES, *OUTCOMES, OPEN])
        return Seen(
            pk=0,
            store=store.name,
            by=by.name if by else "command",
            channel=pick(["server", "server", "browser"]),
            event=pick(EVENTS),
            event_id=f"ord-{88200 + number}-{pick('abc')}",
            order=f"BTK-{pick('123')}",
            page=f"{pick(HOSTS)}/produk/kemeja",
            outcome=outcome,
            status=status,
            mail=pick(MAILS),
            phone=pick(PHONES),
            name=pick(NAMES),
            external=f"cust_{pick('ab')}7",
            country=pick(["id", "my"]),
            took=None if outcome in ("interrupted", "pending") else self._chance.randrange(1500),
            error=pick(ERRORS),
            at=START + timedelta(minutes=number),
            findings=pick(FINDINGS),
            group=None,
            run=None,
            tags=pick(TAGS),
            states=(),
        )

    def _marked(self, delivery: Delivery, seen: Seen) -> tuple[str, ...]:
        for word in seen.tags:
            Tag.objects.create(delivery=delivery, word=word, at=START)
        marks = tuple(word for word in ("pinned", "noted", "erased") if self._chance.random() < 0.3)
        if "pinned" in marks:
            Pin.objects.create(delivery=delivery, at=START)
        if "noted" in marks:
            note = Note(delivery=delivery, at=START)
            note.keep("Sudah dibalas.")
            note.save()
        if "erased" in marks:
            Delivery.objects.filter(pk=delivery.pk).update(erased_at=START)
        return marks


def _payload(seen: Seen) -> Json:
    first, _, last = seen.name.rpartition(" ")
    buyer = {"em": seen.mail, "ph": seen.phone, "fn": first, "ln": last, "country": seen.country}
    event = {"event_id": seen.event_id, "event_name": seen.event, "parameters": {"order_id": seen.order}}
    return read(
        json.dumps(
            {
                "event_source_url": f"https://{seen.page}",
                "user_data": buyer | {"external_id": seen.external},
                "events": [event],
            }
        )
    )
