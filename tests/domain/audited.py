"""A few calls as a recording, audited, and what is said of the events in them."""

from __future__ import annotations

from typing import Any

from events.domain.circumstances import NOTHING_KNOWN
from events.domain.recording import Audit, Pair, audit, entries
from tests.recordings import ORDER, Entry, call, event, file, hit

ID = "ord-88213-Purchase"


def judged(*recorded: Entry) -> Audit:
    return audit(entries(file(*recorded), 10_000_000), lambda _call, _landing: NOTHING_KNOWN)


def only(*recorded: Entry) -> Pair:
    (pair,) = judged(*recorded).pairs
    return pair


def told(pair: Pair) -> str:
    return f"{pair.verdict}: {pair.judgement.sentence} {pair.judgement.cure}"


def both(**server: Any) -> tuple[Entry, Entry]:
    return hit("Purchase", ID, **ORDER), call(event("Purchase", ID, **{**ORDER, **server}))
