"""Which of a store's two analytics configurations an event takes: that of its home pages, or that of its checkout.

Scalev chooses by the page's address and the referrer, and each configuration has a list of pixels of its own. By
which of the two addresses, and how, it does not publish: until a store's rule is proven, all of this is inference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from events.domain.text import Text
from events.domain.tree import Array, Object

_CHECKOUT_WORDS = frozenset(
    {
        "checkout", "checkouts", "cart", "payment", "payments", "pay", "order", "orders", "invoice", "thanks", "thank",
        "success", "keranjang", "pembayaran", "bayar", "pesanan", "kasih", "sukses",
    }
)  # fmt: skip


class Configuration(StrEnum):
    HOME = "home"
    CHECKOUT = "checkout"


class Rule(StrEnum):
    """How Scalev chooses between a store's configurations, as far as two events from crossed addresses show it."""

    PAGE = "page"
    REFERRER = "referrer"
    EITHER = "either"
    BOTH = "both"
    SAME = "same"


class Seen(StrEnum):
    """Where in Meta's Test Events an event appeared: under the pixel of which configuration."""

    HOME = "home"
    CHECKOUT = "checkout"
    BOTH = "both"
    NOWHERE = "nowhere"


# What is seen of an event from a home page that names a checkout page as its referrer, and of the reverse.
_SHOWN = {
    (Seen.HOME, Seen.CHECKOUT): Rule.PAGE,
    (Seen.CHECKOUT, Seen.HOME): Rule.REFERRER,
    (Seen.CHECKOUT, Seen.CHECKOUT): Rule.EITHER,
    (Seen.HOME, Seen.HOME): Rule.BOTH,
    (Seen.BOTH, Seen.BOTH): Rule.SAME,
}


def rule_shown(home_page: Seen, checkout_page: Seen) -> Rule | None:
    """The rule by which both events went where they were seen; None where no rule explains it.

    `home_page` is the event whose page is a home page and whose referrer a checkout page, `checkout_page` the reverse.
    """
    return _SHOWN.get((home_page, checkout_page))


@dataclass(frozen=True, slots=True)
class Proven:
    """What was proven of a store. `checkout_path` is that of the checkout page it was proven with, "" for none.

    Shops call their checkout many things: below that path everything is of it, whatever its words.
    """

    rule: Rule
    checkout_path: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """`configuration` is None where it cannot be told; `is_proven` where a rule of the store's own says it."""

    configuration: Configuration | None
    because: Text
    is_proven: bool = False
    is_contradictory: bool = False


def is_checkout(url: str, checkout_path: str = "") -> bool:
    """Whether the address is below `checkout_path`, or a word of its path speaks of buying; False for no address."""
    path = path_of(url)
    if checkout_path and (path == checkout_path or path.startswith(f"{checkout_path}/")):
        return True
    return not _CHECKOUT_WORDS.isdisjoint(re.split(r"[^a-z]+", path))


def path_of(url: str) -> str:
    """The path of an address, in small letters and without its last slash; "" for what is no address."""
    try:
        return urlsplit(url).path.casefold().rstrip("/")
    except ValueError:
        return ""


def destination(page_url: str, referrer_url: str, proven: Proven | None = None) -> Destination:
    """Which configuration an event with these addresses takes, "" for an address that is not sent."""
    if proven is None:
        return _inferred(page_url, referrer_url)
    rule = proven.rule
    if rule is Rule.SAME:
        return Destination(None, rule_words(rule), is_proven=True)
    if (rule is Rule.PAGE and not page_url) or (rule is Rule.REFERRER and not referrer_url):
        return Destination(None, Text("The address that decides at this store is missing."), is_proven=True)
    page, referrer = (is_checkout(url, proven.checkout_path) for url in (page_url, referrer_url))
    goes = {Rule.PAGE: page, Rule.REFERRER: referrer, Rule.EITHER: page or referrer, Rule.BOTH: page and referrer}
    return Destination(_configuration(goes[rule]), rule_words(rule), is_proven=True)


def rule_words(rule: Rule) -> Text:
    return {
        Rule.PAGE: Text("At this store the page's own address decides."),
        Rule.REFERRER: Text("At this store the referrer decides, not the page."),
        Rule.EITHER: Text("At this store one checkout address, as page or as referrer, is enough for checkout."),
        Rule.BOTH: Text("At this store page and referrer both have to be of the checkout for checkout."),
        Rule.SAME: Text("At this store both configurations lead to the same pixels."),
    }[rule]


def _inferred(page_url: str, referrer_url: str) -> Destination:
    if not page_url and not referrer_url:
        return Destination(
            None, Text("Neither a page nor a referrer is named. What Scalev does then is not published.")
        )
    page, referrer = is_checkout(page_url), is_checkout(referrer_url)
    if page_url and referrer_url and page != referrer:
        # From a shop's page into the checkout, and back from it: ordinary, and just what nobody publishes.
        because = (
            Text("The page looks like checkout and the referrer does not.")
            if page
            else Text("The referrer looks like checkout and the page does not.")
        )
        return Destination(_configuration(page), because, is_contradictory=True)
    looks = (
        Text("The address looks like checkout.") if page or referrer else Text("No address here looks like checkout.")
    )
    return Destination(_configuration(page or referrer), looks)


def _configuration(is_of_checkout: bool) -> Configuration:
    return Configuration.CHECKOUT if is_of_checkout else Configuration.HOME


def labelled_view(page_url: str, referrer_url: str, event_id: str, country: str) -> Object:
    """A PageView by nobody, to be looked for by its event ID."""
    event = Object((("event_id", event_id), ("event_name", "PageView")))
    addresses = (("event_source_url", page_url), ("referrer_url", referrer_url))
    return Object((*addresses, ("user_data", Object((("country", country),))), ("events", Array((event,)))))
