"""Which of the keys by which Meta finds a buyer stand in a payload, and which one to add next.

A picture of what is there and no score: Meta publishes no weights. It names e-mail, address, name and phone as strong
examples and the shop's own ID as good for every event (best practices of the Conversions API); the others follow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from events.domain.finding import Finding, Severity
from events.domain.payload import Payload
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Json, Object

ESTIMATE = Text("An estimate: Meta publishes no weights. It shows which keys are there, not how well they match.")


class Standing(StrEnum):
    """`partly` is one of several that belong together, `doubtful` one with a remark, `caller` what Scalev fills in."""

    THERE = "there"
    PARTLY = "partly"
    DOUBTFUL = "doubtful"
    CALLER = "caller"
    MISSING = "missing"


STANDINGS = {
    Standing.THERE: Text("there"),
    Standing.PARTLY: Text("partly there"),
    Standing.DOUBTFUL: Text("there, but doubtful"),
    Standing.CALLER: Text("filled by Scalev from the caller"),
    Standing.MISSING: Text("missing"),
}


@dataclass(frozen=True, slots=True)
class MatchKey:
    """One step of the picture: the wire names that belong together, and how they stand."""

    names: tuple[str, ...]
    label: Text
    standing: Standing
    note: Text = NO_TEXT

    @property
    def word(self) -> Text:
        return STANDINGS[self.standing]


@dataclass(frozen=True, slots=True)
class MatchKeys:
    """The picture in Meta's order, and in one sentence what to do next."""

    steps: tuple[MatchKey, ...]
    next_step: Text

    @property
    def there(self) -> int:
        """How many are there, those that Scalev fills in among them."""
        return sum(step.standing in (Standing.THERE, Standing.CALLER) for step in self.steps)


_CALLER = ("client_ip_address", "client_user_agent")
_LABELS = {
    ("em",): Text("E-mail"),
    _CALLER: Text("Address and browser of the caller"),
    ("fn", "ln"): Text("First and last name"),
    ("ph",): Text("Phone"),
    ("external_id",): Text("The shop's own ID for this buyer"),
    ("fbc",): Text("Click ID"),
    ("fbp",): Text("Browser ID"),
    ("ct", "st", "country"): Text("City, state and country"),
}
# What helps most first, as far as Meta's examples tell; what to write, in the words of somebody who fills in the form.
_ADVICE = {
    "em": Text("Add the buyer's e-mail: Meta names it first."),
    "ph": Text("Add the buyer's phone with its country code, like 62812…"),
    "fbc": Text("Add the click ID if an ad brought the buyer: it is built from the landing page's address."),
    "external_id": Text("Add the shop's own ID for this buyer, the same on every channel."),
    "fbp": Text("Add the browser ID: the cookie `_fbp` of the buyer's browser."),
    "fn": Text("Add the buyer's first name beside the last."),
    "ln": Text("Add the buyer's last name."),
    "ct": Text("Add the buyer's city."),
    "st": Text("Add the buyer's state or province."),
    "country": Text("Add the buyer's country in two small letters."),
}
_ALL_THERE = Text("Every key that Meta names is there.")


def match_keys(payload: Payload, findings: Iterable[Finding], *, by_browser: bool) -> MatchKeys:
    """The picture of a payload. `findings` are those on it: what they warn about counts as doubtful."""
    doubted = {str(each.path[1]) for each in findings if len(each.path) == 2 and _doubts(each)}
    buyer = payload.user_data
    steps = tuple(
        _caller(by_browser) if names == _CALLER else _step(names, label, buyer, doubted)
        for names, label in _LABELS.items()
    )
    return MatchKeys(steps, _next_step(buyer, doubted))


# No vendor says so, and yet Meta may find nobody by it: a phone of which country, hashed already, far too long.
_DOUBTFUL_HINTS = ("M001", "M007", "M018")


def _doubts(finding: Finding) -> bool:
    """Whether Meta may be unable to use the value meant."""
    return finding.path[0] == "user_data" and (finding.severity is not Severity.HINT or finding.code in _DOUBTFUL_HINTS)


def _caller(by_browser: bool) -> MatchKey:
    if by_browser:
        note = Text("Scalev sees the browser that sends: a tester's own here, the buyer's in the shop.")
    else:
        note = Text("Scalev sees this console's server, the same for every event, and not the buyer.")
    return MatchKey(_CALLER, _LABELS[_CALLER], Standing.CALLER, note)


def _step(names: tuple[str, ...], label: Text, buyer: Object, doubted: set[str]) -> MatchKey:
    there = [name for name in names if _is_filled(buyer.get(name))]
    missing = [name for name in names if name not in there]
    if not there:
        return MatchKey(names, label, Standing.MISSING)
    if doubted & set(there):
        return MatchKey(names, label, Standing.DOUBTFUL, Text("See the remark on it."))
    if missing:
        note = Text("Not there: {names}", names=", ".join(missing))
        return MatchKey(names, label, Standing.PARTLY, note)
    return MatchKey(names, label, Standing.THERE)


def _next_step(buyer: Object, doubted: set[str]) -> Text:
    for name, advice in _ADVICE.items():
        if not _is_filled(buyer.get(name)):
            return advice
        if name in doubted:
            label = next(label for names, label in _LABELS.items() if name in names)
            return Text("Mend “{label}” first: as it stands, Meta may find nobody by it.", label=label)
    return _ALL_THERE


def _is_filled(value: Json) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
