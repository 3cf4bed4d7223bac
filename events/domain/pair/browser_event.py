"""An event as the browser's pixel sends it: a call of `fbq`, or a hit on Meta's `/tr`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from events.domain.tree import Json, Object

# Where people write the ID by mistake: Meta's pixel reads `eventID` in the fourth argument, and nothing else.
NEAR_MISSES = frozenset({"eventid", "event_id", "event-id", "eid"})

NOTHING = Object()


@dataclass(frozen=True, slots=True)
class BrowserEvent:
    """The browser's half of a pair. What is not known stays empty.

    `event_id` is `eventID` of the call's fourth argument, or `eid` of a hit, as text and untrimmed. `parameters` are
    those of the third argument, or `cd[…]`: whatever comes from a URL may stay text, also numbers and lists.
    `options` is the fourth argument as written. `computed` names what the page works out as it runs and no reader can
    know: "event_name", "event_id", "value" …, or "parameters" for whatever is not written out. `at` has a zone.
    `is_relayed` marks a call of Scalev's HTML mode: the page makes it, and Scalev sends it as the server's half.
    """

    name: str
    event_id: str = ""
    parameters: Object = NOTHING
    options: Object = NOTHING
    computed: tuple[str, ...] = ()
    pixel_id: str = ""
    page_url: str = ""
    at: datetime | None = None
    source: str = ""
    is_relayed: bool = False

    @property
    def value(self) -> Json:
        return self.parameters.get("value")

    @property
    def currency(self) -> Json:
        return self.parameters.get("currency")

    @property
    def contents(self) -> Json:
        return self.parameters.get("contents")

    @property
    def misplaced_id(self) -> str:
        """An ID that stands where Meta's pixel does not read it, or ""."""
        if self.event_id:
            return ""
        pairs = (*self.options.pairs, *self.parameters.pairs)
        return next((value for key, value in pairs if key.lower() in NEAR_MISSES and isinstance(value, str)), "")

    def is_computed(self, key: str) -> bool:
        """Whether the page works this out: the key itself, something inside it, or all parameters."""
        if key in self.computed or any(name.startswith((f"{key}.", f"{key}[")) for name in self.computed):
            return True
        is_parameter = key not in ("event_name", "event_id", "event_time")
        return is_parameter and "parameters" in self.computed and key not in self.parameters
