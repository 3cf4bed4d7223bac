"""What Meta pairs by: the event's name and its ID; and the moment, since the memory for IDs ends."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from events.domain.diagnosis.remarks import INFERENCE, META, THIRD_PARTY
from events.domain.meta import EVENT_NAMES, suggestion
from events.domain.pair.browser_event import BrowserEvent
from events.domain.pair.point import Point, Standing, shown, standing
from events.domain.patch import add
from events.domain.payload import Event
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Json

# Meta's memory for a pair, and how long the browser's half is preferred.
REMEMBERED = timedelta(hours=48)
TOGETHER = timedelta(minutes=5)


def name(browser: BrowserEvent, event: Event) -> Point:
    """The names, letter by letter: `purchase` is another event than `Purchase`."""
    server = event.tree.get("event_name")
    stands = standing(browser.name, server, same=browser.name == server)
    words = Text("The same name."), NO_TEXT, META
    if browser.is_computed("event_name"):
        stands, words = Standing.OPEN, (Text("The page works the name out as it runs."), NO_TEXT, META)
    elif stands is not Standing.SAME:
        words = _other_name(browser.name, event.event_name)
    # A misspelt standard name is not worth taking over.
    is_fit = browser.name in EVENT_NAMES or suggestion(browser.name) is None
    return _point(event, "event_name", Text("Event name"), browser.name, stands, words, is_fit=is_fit)


def _other_name(browser: str, server: str) -> tuple[Text, Text, Text]:
    if not browser or not server:
        return Text("One half has no name, so Meta has nothing to pair."), Text("Give both the same name."), META
    if browser.casefold() == server.casefold():
        message = Text("Only capital and small letters differ, and to Meta these are two events.")
        return message, _meant(browser, server), THIRD_PARTY
    one, two = browser in EVENT_NAMES, server in EVENT_NAMES
    if one != two:
        kind = Text("The browser's is a standard event, the server's a custom one: never a pair.")
        other = Text("The server's is a standard event, the browser's a custom one: never a pair.")
        return (kind if one else other), _meant(browser, server), META
    return Text("Two different events: Meta never pairs them."), Text("Compare with the event of the same name."), META


def _meant(browser: str, server: str) -> Text:
    meant = next((each for each in (browser, server) if each in EVENT_NAMES), None)
    meant = meant or suggestion(browser) or suggestion(server)
    return Text("Write {name} in both, exactly so.", name=meant) if meant else Text("Write one name in both.")


def event_id(browser: BrowserEvent, event: Event) -> Point:
    """The IDs, byte for byte."""
    server = event.tree.get("event_id")
    stands = standing(browser.event_id, server, same=browser.event_id == server)
    if browser.is_computed("event_id"):
        stands = Standing.OPEN
    is_fit = bool(browser.event_id) and browser.event_id == browser.event_id.strip()
    words = _id_words(browser, server, stands)
    return _point(event, "event_id", Text("Event ID"), browser.event_id, stands, words, is_fit=is_fit)


def _point(
    event: Event, key: str, label: Text, written: str, stands: Standing, words: tuple[Text, Text, Text], *, is_fit: bool
) -> Point:
    """What Meta pairs by; where what the browser has `written` `is_fit` for it, the server's half may take it over."""
    path, (message, cure, evidence) = (*event.path, key), words
    fix = (add(path, written),) if is_fit and stands in (Standing.DIFFERS, Standing.ONLY_BROWSER) else ()
    server = shown(event.tree.get(key))
    return Point(key, label, stands, shown(written), server, path, message, cure, evidence, fix, decides=True)


def _id_words(browser: BrowserEvent, server: Json, stands: Standing) -> tuple[Text, Text, Text]:
    if stands is Standing.SAME:
        return Text("The same ID, byte for byte."), NO_TEXT, META
    if stands is Standing.OPEN:
        message = Text("The page works its ID out as it runs, so nobody can compare it here.")
        return message, Text("Compare with what the browser sent: record a visit, and look for `eid`."), META
    if not browser.event_id and browser.misplaced_id:
        message = Text("The browser's ID stands where Meta's pixel does not read it.")
        return message, Text("Move it: {call} is the fourth argument of fbq.", call="{eventID: '…'}"), META
    if not browser.event_id:
        message = Text(
            "Without an ID in the browser only Meta's fallback is left: the same name with fbp or external_id, and "
            "only where the browser's event came first."
        )
        return message, Text("Give the browser's call the payload's ID, as `eventID`."), META
    if not isinstance(server, str) or not server:
        return Text("The payload's event has no text as its ID to pair by."), Text("Take over the browser's ID."), META
    return _nearly(browser.event_id, server)


def _nearly(browser: str, server: str) -> tuple[Text, Text, Text]:
    """How two IDs differ, as precisely as can be said."""
    cure = Text("Make one ID in one place, and hand the same text to both.")
    if browser.strip() == server.strip():
        return Text("The IDs differ by a blank before or behind, and to Meta they are two."), cure, INFERENCE
    if browser.casefold() == server.casefold():
        return Text("The IDs differ in capital and small letters, and to Meta they are two."), cure, INFERENCE
    if unicodedata.normalize("NFC", browser) == unicodedata.normalize("NFC", server):
        return Text("The IDs look alike, but are stored as different bytes."), cure, INFERENCE
    shorter, longer = sorted((browser, server), key=len)
    if shorter.strip() and shorter in longer:
        whose = Text("The server's") if longer == server else Text("The browser's")
        message = Text("{whose} ID is the other one with something added: Meta compares the whole.", whose=whose)
        return message, cure, META
    if browser != browser.strip():
        cure = Text("A blank stands at an end of the browser's ID: remove it in the page, then take the ID over.")
    return Text("Two different IDs: Meta counts two events."), cure, META


def moment(browser: BrowserEvent, event: Event, server_at: datetime | None) -> Point | None:
    """How far apart they were sent; None where one of the moments is not known."""
    if browser.at is None or server_at is None:
        return None
    apart = abs(server_at - browser.at)
    times = (browser.at.isoformat(timespec="seconds"), server_at.isoformat(timespec="seconds"))
    late = apart > REMEMBERED
    if late:
        message = Text("More than 48 hours apart: Meta no longer remembers the first one, and counts both.")
    elif apart > TOGETHER:
        message = Text("More than five minutes apart: Meta keeps the one that came first.")
    else:
        message = Text("Within five minutes: Meta prefers the browser's.")
    cure = Text("Send both as the buyer acts.") if late else NO_TEXT
    stands = Standing.DIFFERS if late else Standing.SAME
    return Point("event_time", Text("Moment"), stands, *times, event.path, message, cure, META, decides=True)
