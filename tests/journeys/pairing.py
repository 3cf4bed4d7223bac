"""The browser's half beside a payload, in every state that looks different, and the request in other words."""

from __future__ import annotations

from tests.journeys.composing import compose_for, sent
from tests.journeys.console import Console
from tests.journeys.reading import Page

PASTED = """<script>
fbq('init', '1234567890');
fbq('track', 'PageView');
fbq('track', 'AddToCart', {value: '189000', currency: 'Rp', contents: [{id: sku, quantity: 1}]}, {eventID: 'cart-77'});
Scalev.analytics.track('facebook', {events: [{eventName: 'Lead', parameters: {value: 179000, status: false}}]});
</script>"""


def _copied(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return marketer.press(compose_for(marketer), "Copy as …")


def _asked(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return marketer.press(compose_for(marketer), "Browser’s half …")


def _compared(console: Console) -> Page:
    return console.visitor("marketer").press(_asked(console), "Compare", {"pasted": PASTED})


def _taken(console: Console) -> Page:
    return console.visitor("marketer").press(
        _compared(console), "Take the browser’s over: Event ID", {"pasted": PASTED}
    )


def _nothing(console: Console) -> Page:
    return console.visitor("marketer").press(_asked(console), "Compare", {"pasted": "fbq('track', 'Purchase'"})


def _of_a_delivery(console: Console) -> Page:
    marketer, support = console.visitor("marketer"), console.visitor("support")
    delivery = support.open(sent(marketer, compose_for(marketer)).url)
    return support.press(support.follow(delivery, "Browser’s half"), "Compare", {"pasted": PASTED})


PAIR_PAGES = {
    "compose, copy as": _copied,
    "pair": _asked,
    "pair, compared": _compared,
    "pair, taken over": _taken,
    "pair, nothing to read": _nothing,
    "delivery, pair": _of_a_delivery,
}
