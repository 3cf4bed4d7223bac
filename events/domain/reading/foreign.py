"""What people paste and nothing can be read from: what it is, and what to paste instead."""

from __future__ import annotations

import re

from events.domain.credentials import without_keys
from events.domain.reading.script import is_page
from events.domain.text import Text

_INSTEAD = Text(
    "Paste the request to Scalev as your browser's developer tools copy it (“Copy as cURL” or “Copy as fetch”), or the "
    "fbq() line of the page."
)
_NOTHING = Text("There is nothing in this.")
_SECRET = Text("This is a secret key. It was not stored, and it is not for here.")
_WORDS = Text("This is text without a request in it.")
_PAGE = Text("This is a page (HTML) without a call of Meta's pixel or of Scalev in it.")
_LOOKED_AT = 200_000
_KNOWN = tuple(
    (re.compile(pattern), Text(words))
    for pattern, words in (
        (
            r"\A(?i:sfpk)_[A-Za-z0-9_-]{4,}\Z",
            "This is a storefront key. It was not stored: an admin puts it in on the store's page.",
        ),
        (
            r"\bttq\.(?:track|load|page|identify)\b",
            "This is a snippet of TikTok's pixel. Only events for Meta are composed here.",
        ),
        (r"\bgtag\(", "This is a snippet of Google's tag (gtag). Google has names of its own for its events."),
        (
            r"\bdataLayer\.push\b|googletagmanager\.com/gtm",
            "This is a snippet of Google Tag Manager. What it sends to Meta stands in its tags.",
        ),
        (
            r"\b(?:snaptr|pintrk|twq|kwaiq)[.(]",
            "This is a snippet of another network's pixel. Only events for Meta are composed here.",
        ),
        (r"\bfbq\b", "There are calls of Meta's pixel in this, but none that makes an event and can be read."),
        (
            r"\bconnect\.facebook\.net\b|\bfbevents\.js\b",
            "This is the code that loads Meta's pixel. The events stand in calls like fbq('track', …).",
        ),
        (
            r"\b(?:axios|XMLHttpRequest|sendBeacon|\$\.ajax|requests\.post|http\.post)\b",
            "This is a program that sends a request. What it sends can be pasted: its body as JSON.",
        ),
        (r"\bcurl\b", "This is a curl command without a request that can be read."),
        (r"(?i:\bInvoke-(?:WebRequest|RestMethod)\b)", "This is PowerShell without a request that can be read."),
        (r"\Ahttps?://\S{1,4000}\Z", "This is an address alone. What was sent there is not in it."),
        (
            r"\bat [\w.$<>]{1,100} \([^)]{1,200}:[0-9]+:[0-9]+\)|\bTraceback \(most recent|\b[A-Z][a-zA-Z]{2,40}Error:",
            "This is the message of an error.",
        ),
    )
)


def explanation(text: str) -> Text:
    """What a text without a request is, and the way on."""
    start = text.strip()[:_LOOKED_AT]
    known = next((words for pattern, words in _KNOWN if pattern.search(start)), None)
    what = (known or _otherwise(start)) if start else _NOTHING
    return Text("{what} {instead}", what=what, instead=_INSTEAD)


def _otherwise(start: str) -> Text:
    if not without_keys(start, ""):
        return _SECRET
    return _PAGE if is_page(start) else _WORDS
