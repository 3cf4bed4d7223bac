"""Requests from elsewhere on their way into the composer, in every state that looks different."""

from __future__ import annotations

from tests.domain.reading import specimens
from tests.journeys.composing import AT_BATIK
from tests.journeys.console import Console
from tests.journeys.reading import Page

# What a shop's page held when somebody had pasted into it from a chat.
SNIPPET = """<script>
fbq('init', '812345678901234', {em: 'wulan.pertiwi@contoh.id', ph: phone});
fbq('track', 'PageView');
fbq(‘track’, 'purchase', {value: '95.300', currency: 'Rp', content_ids: ids}, {eventId: 'ord-88212'});
</script>"""


def _asked(console: Console) -> Page:
    marketer = console.visitor("marketer")
    return marketer.press(marketer.open(AT_BATIK), "Paste from anywhere")


def _pasted(console: Console, text: str) -> Page:
    return console.visitor("marketer").press(_asked(console), "Read it", {"text": text})


def _offered(console: Console) -> Page:
    marketer = console.visitor("marketer")
    raw = marketer.press(marketer.open(AT_BATIK), "Raw JSON")
    return marketer.press(raw, "Check", {"raw": specimens.curl_cmd()})


PASTE_PAGES = {
    "paste": _asked,
    "paste, one request read": lambda console: _pasted(console, specimens.curl_bash()),
    "paste, several read": lambda console: _pasted(console, SNIPPET),
    "paste, to be mended": lambda console: _pasted(console, '{"user_data": {}, "events": [}'),
    "paste, nothing to read": lambda console: _pasted(console, f"curl {specimens.URL} -d @payload.json"),
    "compose, something else as JSON": _offered,
}
