"""The index against a plain scan: random searches find what looking at every row finds."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from events.domain.query import parse
from events.domain.tree import read
from events.models import Delivery, search
from tests.factories import make_person, make_store

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 10, tzinfo=UTC)
EVENTS = ["Purchase", "PageView", "Lead Kopi"]
OUTCOMES = [("accepted", 204), ("rejected", 400), ("rejected", 422), ("timed_out", None), ("interrupted", None)]
MAILS = ["wulan@contoh.id", "sari@contoh.id", "wulan@kopisenja.id"]
ERRORS = ["", "quantity is less than one", "one is less than quantity"]


@dataclass(frozen=True)
class Seen:
    """What a person would see of one row."""

    pk: int
    store: str
    by: str
    event: str
    event_id: str
    outcome: str
    status: int | None
    mail: str
    took: int | None
    error: str
    at: datetime

    def holds(self, piece: str) -> bool:
        """Whether the row answers one piece of a query, by looking at it."""
        name, colon, value = piece.partition(":")
        value = value.strip('"').casefold()
        if not colon:
            return self._says(piece)
        checks = {
            "store": self.store.casefold() == value,
            "by": self.by.casefold() == value,
            "event": self.event.casefold() == value,
            "outcome": self.outcome.replace("_", "-") == value,
            "status": str(self.status or "") == value or f"{(self.status or 0) // 100}xx" == value,
            "email": value in (self.mail, *self.mail.split("@")),
            "id": self.event_id == value,
            "took": self.took is not None and (self.took > 900 if value == ">900ms" else self.took < 500),
            "after": self.at.isoformat() >= piece[6:].strip('"'),
            "before": self.at.isoformat() < piece[7:].strip('"'),
        }
        return checks[name]

    def _says(self, piece: str) -> bool:
        if "@" in piece:
            return piece == self.mail
        needle = piece.strip('"').casefold()
        texts = [self.event, self.event_id, self.error, self.store, f"store_{self.store[:4]}"]
        if len(needle) < 3:
            needle = f" {needle}" if len(needle) == 2 else f" {needle} "
        return any(needle in f" {text} ".casefold() for text in texts)


@pytest.fixture
def rows() -> list[Seen]:
    chance = random.Random(20261123)
    stores = [make_store(name, store_id=f"store_{name[:4]}") for name in ("Toko Batik", "Hijab Sari")]
    people = [make_person(name=name) for name in ("Rani", "Dimas")]
    return [_row(number, chance, stores, people) for number in range(60)]


def _row(number: int, chance: random.Random, stores: list, people: list) -> Seen:  # type: ignore[type-arg]
    (outcome, status), by = chance.choice(OUTCOMES), chance.choice([*people, None])
    seen = Seen(
        pk=0,
        store=chance.choice(stores).name,
        by=by.name if by else "command",
        event=chance.choice(EVENTS),
        event_id=f"ord-{88200 + number}-{chance.choice('abc')}",
        outcome=outcome,
        status=status,
        mail=chance.choice(MAILS),
        took=None if outcome == "interrupted" else chance.randrange(1500),
        error=chance.choice(ERRORS),
        at=START + timedelta(minutes=number),
    )
    delivery = Delivery.objects.create(
        store=next(store for store in stores if store.name == seen.store), by=by, environment="sandbox",
        outcome="pending", created_at=seen.at, lease_until=seen.at, event_names=[seen.event],
        event_ids=[seen.event_id],
    )  # fmt: skip
    payload = read(
        f'{{"user_data": {{"em": "{seen.mail}"}},'
        f' "events": [{{"event_id": "{seen.event_id}", "event_name": "{seen.event}"}}]}}'
    )
    search.index(delivery, payload)
    delivery.outcome, delivery.status_code, delivery.duration_ms = outcome, status, seen.took
    delivery.save()
    if outcome != "interrupted":  # a passed lease closes a row without writing its document again
        search.settle(delivery, search.remark(delivery, payload, seen.error))
    return Seen(**{**seen.__dict__, "pk": delivery.pk, "error": seen.error if outcome != "interrupted" else ""})


PIECES = """purchase|age|rd-88|05-a|tik|le|a|id:ord-88205-a|took:>900ms|took:<500ms|"s than on"
pageview|lead|ord-8821|8823|88205|one|less|"is less than"|"than one"|"toko"|wulan@contoh.id
email:wulan|email:contoh.id|store:"Toko Batik"|store:"Hijab Sari"|by:Rani|by:command|event:purchase|event:"Lead Kopi"
outcome:rejected|outcome:interrupted|outcome:timed-out|status:400|status:4xx
after:"2026-11-23T10:20:00+00:00"|before:"2026-11-23T10:40:00+00:00\"""".replace("\n", "|").split("|")
ADD_UP = ("store:", "by:", "event:", "outcome:", "status:")


def _wanted(rows: list[Seen], pieces: list[tuple[str, bool]]) -> list[int]:
    found = []
    for row in rows:
        kinds: dict[str, list[bool]] = {}
        for piece, negated in pieces:
            kind = next((kind for kind in ADD_UP if piece.startswith(kind)), piece)
            kinds.setdefault(f"{kind}{negated}", []).append(row.holds(piece))
        if all(any(held) if key.endswith("False") else not any(held) for key, held in kinds.items()):
            found.append(row.pk)
    return sorted(found, reverse=True)


def test_a_hundred_random_searches_find_what_a_scan_finds(rows: list[Seen]) -> None:
    chance = random.Random(7)
    hits = 0
    for _ in range(250):
        pieces = [(piece, chance.random() < 0.2) for piece in chance.sample(PIECES, chance.choice([1, 2, 2, 3, 3]))]
        text = " ".join(("-" if negated else "") + piece for piece, negated in pieces)
        found = [delivery.pk for delivery in search.matching(Delivery.objects.all(), parse(text))]
        assert found == _wanted(rows, pieces), text
        hits += len(found)
    assert hits > 1000
