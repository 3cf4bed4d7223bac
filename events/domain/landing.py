"""The page on which a buyer arrived, beside the click ID of a payload: the same letters, others, or none yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from events.domain.diagnosis.clicks import FBC, click_id
from events.domain.finding import Finding
from events.domain.mending import name_of
from events.domain.text import NO_TEXT, Text


class Standing(StrEnum):
    """`open` is what cannot be compared or built."""

    EMPTY = "empty"
    SAME = "same"
    DIFFERS = "differs"
    MISSING = "missing"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Landed:
    """How a landing page's click ID stands to the payload's. `fix` names the fix that takes it over, "" for none."""

    standing: Standing
    sentence: Text = NO_TEXT
    fix: str = ""


_NO_CLICK = Text("No `fbclid=` stands in this address: there is no ad click to compare with, or to build from.")
_SAME = Text("The payload has the click ID of this address, letter for letter.")
_MISSING = Text(
    "This address carries a click ID, and the payload has none. Built from it, its time is this moment: if the click "
    "was long ago, the cookie `_fbc` is the better source."
)
_BARE = Text(
    "The payload has this address's click ID without the cookie that Meta wants around it. Built now, its time is this "
    "moment: if the click was long ago, the cookie `_fbc` is the better source."
)
_ENCODED = Text("The click ID in this address was encoded on its way. Copy the address from the browser's own bar.")
_FORM = Text("The payload's click ID has not the form of Meta's cookie, so it cannot be compared. Mend it first.")


def landed(url: str, findings: Iterable[Finding]) -> Landed:
    """What to say of a landing page; `findings` are those on the payload, made with this page known."""
    if not url.strip():
        return Landed(Standing.EMPTY)
    if not click_id(url):
        return Landed(Standing.OPEN, _NO_CLICK)
    on_click = {finding.code: finding for finding in findings if finding.path == FBC}
    if differing := on_click.get("M044"):
        return Landed(Standing.DIFFERS, differing.message, _fix(differing))
    if missing := on_click.get("M045"):
        return Landed(Standing.MISSING, _MISSING if missing.fix else _ENCODED, _fix(missing))
    if bare := on_click.get("M049"):
        return Landed(Standing.MISSING, _BARE if bare.fix else _ENCODED, _fix(bare))
    if "M040" in on_click:
        return Landed(Standing.OPEN, _FORM)
    return Landed(Standing.SAME, _SAME)


def _fix(finding: Finding) -> str:
    return name_of(finding) if finding.fix else ""
