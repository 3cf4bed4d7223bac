"""What is known beside a payload when it is judged: the store, the moment, a landing page, and what was sent before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from events.domain.destination import Proven


@dataclass(frozen=True, slots=True)
class Use:
    """An earlier delivery that holds one of the payload's identities.

    `event` is the payload's event (its place in `events`) that shares its event ID or order ID with `delivery`;
    `age` is how long ago that one was sent.
    """

    event: int
    delivery: int
    event_name: str
    age: timedelta
    same_content: bool = False
    is_accepted: bool = True


@dataclass(frozen=True, slots=True)
class History:
    """`event_ids` are uses of the same event ID, `orders` Purchases of the same order ID under another event ID.

    `unlooked` is how many events at the payload's end were not looked up.
    """

    event_ids: tuple[Use, ...] = ()
    orders: tuple[Use, ...] = ()
    unlooked: int = 0


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Whatever is not known stays empty, and no rule that needs it speaks.

    `country` is ISO 3166 in small letters, `currency` ISO 4217, `hosts` are the shop's own. `landing_url` is the page
    on which the buyer arrived, exactly as the browser's address bar held it; `proven` is what was
    proven of how the store's pixels are chosen.
    """

    country: str = ""
    currency: str = ""
    hosts: tuple[str, ...] = ()
    now: datetime | None = None
    landing_url: str = ""
    history: History = History()
    known_items: frozenset[str] = frozenset()
    proven: Proven | None = None


NOTHING_KNOWN = Circumstances()
