"""What became of a group of halves: a verdict, one sentence, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from events.domain import pair
from events.domain.meta import EVENT_NAMES
from events.domain.pair.identity import REMEMBERED, TOGETHER
from events.domain.recording.groups import Group
from events.domain.recording.losses import loss_of
from events.domain.resending import age_words, gap_words
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Number, quoted


class Verdict(StrEnum):
    """DOUBLED: Meta gets one half more than once, or two halves that it can no longer tell for one."""

    PAIRED = "paired"
    BROWSER_ONLY = "browser_only"
    SERVER_ONLY = "server_only"
    DOUBLED = "doubled"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`points` are where the halves differ, none where there are not both."""

    verdict: Verdict
    sentence: Text
    cure: Text = NO_TEXT
    points: tuple[pair.Point, ...] = ()


# Takes a buyer's values out of what stands in a sentence.
Mask = Callable[[str], str]


def judge(group: Group, near: Group | None, mask: Mask, unrecorded: int = 0) -> Judgement:
    """`near` is the likely other half where there is one half only; `unrecorded` hits may each be any event."""
    judgement = _judged(group, near, mask, unrecorded)
    if not group.browser or any(hit.status for hit in group.browser):
        return judgement
    text = Text(
        "{sentence} No answer from Meta to the pixel’s hit is recorded; it may well have arrived.",
        sentence=judgement.sentence,
    )
    return replace(judgement, sentence=text)


def _judged(group: Group, near: Group | None, mask: Mask, unrecorded: int) -> Judgement:
    browser, server = group.browser, group.server
    if group.hits_at_one_pixel > 1 or group.calls_to_one_store > 1:
        return _doubled(group, _points(group))
    if browser and server:
        return _both(group, mask)
    if browser or (group.hits and not server):
        return _browser_only(group, near, mask)
    if not group.server:
        return _lost(group, Verdict.SERVER_ONLY, mask, unrecorded)
    return _server_only(group, near, mask, unrecorded)


def gap(group: Group) -> timedelta | None:
    """How long after the first half the other one came; None where one is missing, or a moment is not known."""
    browser = [hit.at for hit in group.browser if hit.at]
    server = [sent.at for sent in group.server if sent.at]
    return abs(min(server) - min(browser)) if browser and server else None


def _points(group: Group) -> tuple[pair.Point, ...]:
    if not (group.browser and group.server):
        return ()
    hit, sent = group.browser[0], group.server[0]
    compared = pair.compare(hit.event, sent.event, sent.call.payload, sent.at)
    return tuple(point for point in compared.differences if not point.decides)


def _both(group: Group, mask: Mask) -> Judgement:
    points, apart = _points(group), gap(group)
    if apart is not None and apart > REMEMBERED:
        text = Text(
            "The halves came {gap} apart: Meta recognises an ID for 48 hours only, and counts both.",
            gap=age_words(apart),
        )
        return Judgement(Verdict.DOUBLED, text, Text("Send both halves as the buyer acts."), points)
    if points:
        names = mask(", ".join(f"`{point.key}`" for point in points[:5]))
        text = Text("A pair to Meta, but its halves differ in {names}: Meta keeps only one of them.", names=names)
        return Judgement(Verdict.DIFFERS, text, Text("Write the same in both; what differs stands below."), points)
    if apart is not None and apart > TOGETHER:
        text = Text(
            "A pair, though {late} came {gap} late: Meta counts one event, as it does up to 48 hours.",
            late=_late_half(group),
            gap=age_words(apart),
        )
        return Judgement(Verdict.PAIRED, text, Text("Send both halves as the buyer acts: Meta keeps the first one."))
    if apart is None:
        return Judgement(Verdict.PAIRED, Text("A pair: the same name and the same ID, so Meta counts one event."))
    text = Text("A pair, {gap} apart: the same name and the same ID, so Meta counts one event.", gap=_short(apart))
    return Judgement(Verdict.PAIRED, text)


def _late_half(group: Group) -> Text:
    browser = min(hit.at for hit in group.browser if hit.at)
    server = min(sent.at for sent in group.server if sent.at)
    return Text("the server's half") if server > browser else Text("the browser's half")


def _doubled(group: Group, points: tuple[pair.Point, ...]) -> Judgement:
    hits, calls = group.hits_at_one_pixel, group.calls_to_one_store
    if hits > 1 and calls > 1:
        text = Text("The browser sent this {hits} times, and the server {calls} times.", hits=hits, calls=calls)
    elif hits > 1 and not group.event_id:
        text = Text("The browser sent this {hits} times at once and without an ID: Meta counts each.", hits=hits)
    elif hits > 1:
        text = Text("The browser sent this {hits} times with one ID: Meta counts one only within 48 hours.", hits=hits)
    else:
        text = Text(
            "The server sent this {calls} times with one ID: Meta counts one only within 48 hours.", calls=calls
        )
    who = Text(
        "Two owners fire it, or one fires twice: look for a second snippet, a tag manager beside it, or a reload."
    )
    return Judgement(Verdict.DOUBLED, text, who, points)


def _browser_only(group: Group, near: Group | None, mask: Mask) -> Judgement:
    cure = Text("Send it to Scalev as well, with the same name and the same ID as `event_id`.")
    if not group.browser:
        return _lost(group, Verdict.BROWSER_ONLY, mask)
    if group.sent:
        text, cure = _kept_from_scalev(group, mask)
    elif not group.event_id and near and near.event_id:
        text = Text(
            "The browser's half has no ID: the server sent {name} as {id}, and Meta counts both.",
            name=mask(near.name),
            id=mask(near.event_id),
        )
        cure = _give_id(near.name, near.event_id, mask)
    elif not group.event_id:
        text = Text("Only the browser sent this, and without an ID, so nothing could ever pair with it.")
        cure = Text("Give the pixel's call an ID as its fourth argument, and send the same event to Scalev with it.")
    elif near and not near.event_id:
        text = Text(
            "The server sent {name} with {what}, so nothing could ever pair with it.",
            name=mask(near.name),
            what=_no_id(near),
        )
        cure = Text("Send the pixel's ID as `event_id`, as text: `{id}`.", id=mask(quoted(group.event_id)))
    elif near:
        text, cure = _apart(group, near, mask)
    else:
        text = Text("Only the browser sent this: no call to Scalev in this recording has its name and its ID.")
    return Judgement(Verdict.BROWSER_ONLY, text, cure)


def _server_only(group: Group, near: Group | None, mask: Mask, unrecorded: int) -> Judgement:
    stopped = [hit.stopped for hit in group.hits if not hit.has_left]
    cure = _give_id(group.name, group.event_id, mask)
    if stopped:
        text = Text("Only the server's half counts: the browser stopped the pixel’s ({why}).", why=mask(stopped[0]))
        cure = Text("A blocker does this, and the server's half is there for such buyers. Record without the blocker.")
    elif not group.event_id:
        what = _no_id(group)
        text = Text("Only the server sent this, and with {what}, so nothing could ever pair with it.", what=what)
        cure = Text("Send the pixel's `eventID` as `event_id`, as text.")
    elif near and not near.event_id:
        text = Text("The pixel sent {name} without an ID, so Meta counts both.", name=mask(near.name))
    elif near:
        text, cure = _apart(group, near, mask)
    else:
        text = Text("Only the server sent this: {pixel}.", pixel=_no_hit(unrecorded))
        cure = Text("{cure}, unless it was such a hit.", cure=cure) if unrecorded else cure
    return Judgement(Verdict.SERVER_ONLY, text, cure)


def _kept_from_scalev(group: Group, mask: Mask) -> tuple[Text, Text]:
    loss = loss_of(group.sent, mask)
    if loss.is_open:
        return Text("Only the browser's half is certain: {why}.", why=loss.why), loss.cure
    return Text("Only the browser's half counts: {why}.", why=loss.why), loss.cure


def _lost(group: Group, verdict: Verdict, mask: Mask, unrecorded: int = 0) -> Judgement:
    """No half reached Meta, as far as the recording tells."""
    if not group.sent:
        text = Text("The browser stopped the pixel’s hit, and nothing was sent to Scalev.")
        return Judgement(verdict, text, Text("Mend this first, then record the visit again."))
    loss = loss_of(group.sent, mask)
    pixel = Text("the browser stopped the pixel’s") if group.hits else _no_hit(unrecorded)
    halves = {"pixel": pixel, "why": loss.why}
    if loss.is_open or unrecorded:
        return Judgement(verdict, Text("Perhaps no half reached Meta: {pixel}, and {why}.", **halves), loss.cure)
    return Judgement(verdict, Text("Neither half reached Meta: {pixel}, and {why}.", **halves), loss.cure)


def _no_hit(unrecorded: int) -> Text:
    none = Text("no hit of the pixel in this recording has its name and its ID")
    if unrecorded > 1:
        return Text("{none}, or it stands in one of the {n} hits whose body was not recorded", none=none, n=unrecorded)
    return Text("{none}, or it is the hit whose body was not recorded", none=none) if unrecorded else none


def _apart(group: Group, near: Group, mask: Mask) -> tuple[Text, Text]:
    """Two halves of one moment that Meta takes for two events."""
    if near.event_id == group.event_id:
        text = Text(
            "The other half has this ID under the name {name}: to Meta these are two events.", name=mask(near.name)
        )
        return text, Text("Write one name in both, letter for letter.")
    if near.name != group.name:
        text = Text(
            "The other half has another name, {name}, and another ID, {id}: Meta counts two events.",
            name=mask(near.name),
            id=mask(near.event_id),
        )
        return text, Text("Write one name in both, letter for letter, and hand one ID to `eventID` and to `event_id`.")
    text = Text("The other half has another ID, {id}: Meta counts two events.", id=mask(near.event_id))
    return text, Text("Make the ID once, and hand the same text to `eventID` and to `event_id`.")


def _no_id(group: Group) -> Text:
    """What the server's half has in the place of an ID."""
    found = group.sent[0].event.tree.get("event_id")
    if found is None:
        return Text("no ID")
    if found == "":
        return Text("an empty ID")
    if isinstance(found, Number):
        return Text("a number as its ID, where Scalev wants text")
    return Text("an ID that is no text, where Scalev wants text")


def _give_id(name: str, event_id: str, mask: Mask) -> Text:
    kind = "track" if name in EVENT_NAMES else "trackCustom"
    call = f"fbq('{kind}', '{mask(name)}', {{…}}, {{eventID: '{mask(event_id)}'}})"
    return Text("Let the pixel send it with this ID: `{call}`", call=call)


def _short(apart: timedelta) -> Text:
    seconds = apart.total_seconds()
    if seconds < 1:
        return Text("{n} ms", n=round(seconds * 1000))
    return Text("{n} s", n=f"{seconds:.1f}") if seconds < 60 else gap_words(apart)
