"""The index against a plain scan: random searches find what looking at every row finds."""

from __future__ import annotations

import random
import re

import pytest
import time_machine
from django.db import connection

from events.domain.query import Field, parse
from events.models import Delivery, search
from events.models.search import postgres, sqlite
from tests.models.scanned import NOW, Log, Seen

pytestmark = pytest.mark.django_db

PIECES = """purchase|age|rd-88|05-a|tik|le|a|btk-2|contoh|batik.contoh|/kemeja|cust_a7|"s than on"|pageview|lead
ord-8821|8823|88205|one|less|"is less than"|"than one"|"toko"|wulan@contoh.id|081290076543|+6285711223344|6281290076543
email:wulan|email:contoh.id|phone:6543|phone:081290076543|phone:223344|name:wulan|name:pertiwi|external:cust_b7
id:ord-88205-a|order:BTK-1|order:btk-3|host:kopi.contoh.id|took:>900ms|took:<500ms
store:"Toko Batik"|store:"Hijab Sari"|by:Rani|by:command|event:purchase|event:"Lead Kopi"|channel:browser|channel:server
outcome:rejected|outcome:interrupted|outcome:timed-out|status:400|status:4xx|country:id|country:my
finding:M014|finding:c001|group:{0.groups[0].pk}|group:{0.groups[1].pk}|run:{0.runs[0].pk}|run:{0.runs[1].pk}
tag:lebaran|tag:vip|is:resend|is:open|is:pinned|is:noted|is:erased|last:25m
after:"2026-11-23T10:20:00+00:00"|before:"2026-11-23T10:40:00+00:00\"""".replace("\n", "|").split("|")
ADD_UP = (
    "store:", "by:", "event:", "outcome:", "status:", "channel:", "country:", "finding:", "group:", "run:", "tag:",
    "is:",
)  # fmt: skip


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


def test_the_pieces_speak_the_whole_language() -> None:
    spoken = {term.field for piece in PIECES for term in parse(re.sub("{.+}", "1", piece)).terms}
    # A hash stands for the buyer's fields, in addresses only.
    assert spoken | {Field.HASH} >= set(Field)


@pytest.fixture(params=["all are few", "none is rare"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either database goes another way where it counts few rows, as it always does in so small a log."""
    if request.param == "none is rare":
        monkeypatch.setattr(postgres if connection.vendor == "postgresql" else sqlite, "FEW", 0)


@pytest.mark.usefixtures("few")
@time_machine.travel(NOW, tick=False)
def test_hundreds_of_random_searches_find_what_a_scan_finds() -> None:
    log, chance, hits = Log(20261123), random.Random(7), 0
    pieces = [piece.format(log) for piece in PIECES]
    for number in range(600):
        # Each by itself at first: among others a mistake of one may not show.
        size = 1 if number < 2 * len(pieces) else chance.choice([2, 2, 3, 3])
        chosen = chance.sample(pieces, size) if size > 1 else [pieces[number % len(pieces)]]
        asked = [(piece, chance.random() < 0.2 if size > 1 else number >= len(pieces)) for piece in chosen]
        text = " ".join(("-" if negated else "") + piece for piece, negated in asked)
        found = [delivery.pk for delivery in search.matching(Delivery.objects.all(), parse(text))]
        assert found == _wanted(log.rows, asked), text
        hits += len(found)
    assert hits > 3_000


@pytest.mark.usefixtures("few")
@time_machine.travel(NOW, tick=False)
def test_between_two_rows_a_search_finds_what_the_whole_of_it_finds_there() -> None:
    log, chance, hits = Log(20261123), random.Random(11), 0
    pieces, pks = [piece.format(log) for piece in PIECES], [row.pk for row in log.rows]
    for number in range(300):
        chosen = [pieces[number % len(pieces)], *chance.sample(pieces, number % 3)]
        text = " ".join(("-" if chance.random() < 0.4 else "") + piece for piece in chosen)
        above, below = sorted(chance.sample(pks, 2))
        whole = [delivery.pk for delivery in search.matching(Delivery.objects.all(), parse(text))]
        between = search.matching(Delivery.objects.all(), parse(text), above=above, below=below)
        assert [delivery.pk for delivery in between] == [pk for pk in whole if above < pk < below], text
        hits += len(between)
    assert hits > 1_000
