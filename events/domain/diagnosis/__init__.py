"""Likely trouble beyond the contract: what Scalev or Meta will take and yet not do what was meant.

Purpose: the rules on a payload before it is sent, one module for each noun that they speak about, and `review`, which
asks them all. Codes are stable: S… Scalev's traps, M… Meta's rules, H… what was sent before.

May import: `phonenumbers`, the rest of `events.domain`. Must not import: Django, a clock, a database.
"""

from __future__ import annotations

from itertools import chain, islice

from events.domain.circumstances import NOTHING_KNOWN, Circumstances
from events.domain.diagnosis import buyer, cart, clicks, contact, contents, events, history, money, places, privacy
from events.domain.diagnosis.remarks import OWN_LIMIT, hint
from events.domain.finding import Finding, Severity
from events.domain.payload import Payload
from events.domain.text import Text
from events.domain.validation import breaches

# Nobody reads more of them, and a pasted list of thousands would have several for each entry.
MOST_FINDINGS = 200
_RULES = (
    places.remarks,
    buyer.remarks,
    contact.remarks,
    clicks.remarks,
    events.remarks,
    money.remarks,
    contents.remarks,
    cart.remarks,
    privacy.remarks,
    history.remarks,
)


def review(payload: Payload, known: Circumstances = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """The remarks on a payload: contract errors first, then warnings, then hints; the first ones of very many."""
    found = list(islice(breaches(payload.tree), MOST_FINDINGS + 1))
    likely = chain.from_iterable(rule(payload, known) for rule in _RULES)
    order = {Severity.WARNING: 0, Severity.HINT: 1}
    rest = islice(likely, MOST_FINDINGS + 1 - len(found))
    found += sorted(rest, key=lambda finding: order[finding.severity])
    if len(found) <= MOST_FINDINGS:
        return tuple(found)
    text = Text("There is more to say than these {n} remarks.", n=MOST_FINDINGS)
    cure = Text("Mend these first, then look again.")
    return (*found[:MOST_FINDINGS], hint("S008", (), text, cure, OWN_LIMIT))
