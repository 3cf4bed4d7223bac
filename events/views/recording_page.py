"""What was found in a recorded visit, laid out as one ladder in time: the browser's half, the server's, and between
them what Meta makes of the two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.domain.finding import Severity
from events.domain.pair import Point
from events.domain.reading.cleaning import cleaned
from events.domain.recording import Audit, Pair, Unjudged, Verdict
from events.domain.recording.calls import Call, Sent
from events.domain.recording.hits import Hit
from events.domain.recording.judging import Remark
from events.domain.text import writable
from events.domain.tree import format_path, write
from events.models import Store
from events.models.recorded import RecordedStores
from events.templatetags.console import words
from events.views.paste_page import MOST_LETTERS

# A shop's visit has some dozens; the command prints them all.
MOST_RUNGS = 200
MOST_REMARKS = 30

_VERDICTS: dict[Verdict, tuple[Promise, str, str]] = {
    Verdict.PAIRED: (gettext_lazy("Pair"), "ok", "accepted"),
    Verdict.BROWSER_ONLY: (gettext_lazy("Only the browser"), "warn", "warning"),
    Verdict.SERVER_ONLY: (gettext_lazy("Only the server"), "warn", "warning"),
    Verdict.DOUBLED: (gettext_lazy("Doubled"), "bad", "rejected"),
    Verdict.DIFFERS: (gettext_lazy("Differs"), "odd", "warning"),
}
_LATE = (gettext_lazy("Pair, one half late"), "warn", "timed_out")


@dataclass(frozen=True, slots=True)
class Half:
    """One call of one half: how long after the visit began, when exactly, and what became of it ("" if it arrived)."""

    offset: str
    at: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two halves say of one thing. `cure` names no buyer."""

    label: str
    path: str
    browser: str
    server: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Said:
    """A finding on one half, by its place in that half."""

    code: str
    severity: Severity
    message: str
    hint: str
    place: str
    is_of_browser: bool


@dataclass(frozen=True, slots=True)
class Rung:
    """One event of the visit. `payload` carries the server's half to the composer, "" where there is none to carry."""

    name: str
    event_id: str
    verdict: Verdict
    word: Promise
    tone: str
    symbol: str
    offset: str
    sentence: str
    cure: str
    browser: tuple[Half, ...]
    server: tuple[Half, ...]
    differences: tuple[Difference, ...]
    remarks: tuple[Said, ...]
    payload: str
    named: str
    store: Store | None

    @property
    def needs_a_look(self) -> bool:
        return self.tone != "ok"

    @property
    def has_grave_remarks(self) -> bool:
        return any(remark.severity is not Severity.HINT for remark in self.remarks)

    @property
    def may_be_mended(self) -> bool:
        """Whether there is something to mend in the composer, and something to open there."""
        return bool(self.payload and self.store) and (self.needs_a_look or bool(self.remarks))


@dataclass(frozen=True)
class Report:
    """`left_out` are events beyond those that are drawn. `stores` are the console's own that the visit sent to."""

    sentence: str
    tone: str
    symbol: str
    counts: tuple[str, ...]
    entries: int
    rungs: tuple[Rung, ...]
    left_out: int
    unjudged: tuple[Unjudged, ...]
    stores: tuple[tuple[str, Store | None], ...]


def report_of(found: Audit, known: RecordedStores, usual: Store | None) -> Report:
    """`usual` is the store for which a half is opened that went to none of the console's."""
    began = min((pair.group.at for pair in found.pairs if _is_known(pair.group.at)), default=None)
    rungs = [_rung(pair, began, known, usual) for pair in found.pairs[:MOST_RUNGS]]
    trouble = sum(rung.needs_a_look for rung in rungs)
    return Report(
        sentence=_sentence(found, trouble),
        tone="warn" if trouble or not rungs else "ok",
        symbol="warning" if trouble or not rungs else "accepted",
        counts=tuple(_counts(found)),
        entries=found.entries,
        rungs=tuple(rungs),
        left_out=len(found.pairs) - len(rungs),
        unjudged=found.unjudged,
        stores=tuple((store_id, known.store(origin, store_id)) for origin, store_id in found.stores),
    )


def _sentence(found: Audit, trouble: int) -> str:
    if not found.pairs:
        return _("No event in this recording: neither a hit of Meta’s pixel nor a call to Scalev’s relay.")
    if not trouble:
        all_well = ngettext(
            "The one event reaches Meta as a pair.", "All %(count)s events reach Meta as pairs.", len(found.pairs)
        )
        return all_well % {"count": len(found.pairs)}
    some = ngettext(
        "%(trouble)s of %(count)s events needs a look.", "%(trouble)s of %(count)s events need a look.", trouble
    )
    return some % {"trouble": trouble, "count": len(found.pairs)}


def _counts(found: Audit) -> list[str]:
    """Of each verdict that there is, how many."""
    texts = {
        Verdict.PAIRED: ngettext("%(n)s pair", "%(n)s pairs", found.count(Verdict.PAIRED)),
        Verdict.DIFFERS: ngettext("%(n)s differs", "%(n)s differ", found.count(Verdict.DIFFERS)),
        Verdict.DOUBLED: _("%(n)s doubled"),
        Verdict.BROWSER_ONLY: _("%(n)s only from the browser"),
        Verdict.SERVER_ONLY: _("%(n)s only from the server"),
    }
    return [text % {"n": found.count(verdict)} for verdict, text in texts.items() if found.count(verdict)]


def _rung(pair: Pair, began: datetime | None, known: RecordedStores, usual: Store | None) -> Rung:
    late = pair.verdict is Verdict.PAIRED and bool(pair.judgement.cure)
    word, tone, symbol = _LATE if late else _VERDICTS[pair.verdict]
    sent = pair.group.sent[0] if pair.group.sent else None
    named = sent.call.store_id if sent else ""
    return Rung(
        name=_shown(pair.event_name, pair),
        event_id=_shown(pair.event_id, pair),
        verdict=pair.verdict,
        word=word,
        tone=tone,
        symbol=symbol,
        offset=_offset(pair.group.at, began),
        sentence=words(pair.judgement.sentence),
        cure=words(pair.judgement.cure),
        browser=tuple(_of_browser(hit, began, pair) for hit in pair.group.hits),
        server=tuple(_of_server(each, began, pair) for each in pair.group.sent),
        differences=tuple(_difference(point, pair) for point in pair.judgement.points),
        remarks=tuple(_said(remark, pair) for remark in pair.remarks[:MOST_REMARKS]),
        payload=_payload(sent),
        named=named,
        store=_current(known.store(sent.call.origin, named) if sent else None) or usual,
    )


def _current(store: Store | None) -> Store | None:
    return store if store and store.archived_at is None else None


def _of_browser(hit: Hit, began: datetime | None, pair: Pair) -> Half:
    trouble = "" if hit.status else _("no answer")
    if hit.stopped:
        trouble = _("stopped (%(why)s)") % {"why": _shown(hit.stopped, pair)}
    return Half(_offset(hit.at, began), hit.at, trouble)


def _of_server(sent: Sent, began: datetime | None, pair: Pair) -> Half:
    return Half(_offset(sent.at, began), sent.at, "" if sent.call.has_arrived else _trouble(sent.call, pair))


def _trouble(call: Call, pair: Pair) -> str:
    if call.is_refused:
        return _("refused (%(status)s)") % {"status": call.status}
    if call.status:
        return _("sent on (%(status)s)") % {"status": call.status}
    if call.is_open:
        return _("no answer")
    return _("stopped (%(why)s)") % {"why": _shown(call.error, pair) or _("preflight %(n)s") % {"n": call.preflight}}


def _difference(point: Point, pair: Pair) -> Difference:
    return Difference(
        label=_shown(words(point.label), pair),
        path=_shown(format_path(point.path), pair),
        browser=_shown(point.browser, pair),
        server=_shown(point.server, pair),
        message=_shown(words(point.message), pair),
        cure=words(point.cure),
    )


def _said(remark: Remark, pair: Pair) -> Said:
    found = remark.finding
    return Said(
        code=found.code,
        severity=found.severity,
        message=_shown(words(found.message), pair),
        hint=_shown(words(found.hint), pair),
        place=_shown(remark.place, pair),
        is_of_browser=remark.is_of_browser,
    )


def _shown(text: str, pair: Pair) -> str:
    """Foreign text without the buyer, as a page can hold it."""
    return writable(pair.mask(text))


def _payload(sent: Sent | None) -> str:
    """What the composer opens: without keys, and nothing where it would not fit through the form."""
    if sent is None or sent.call.payload is None:
        return ""
    written = write(cleaned(sent.call.payload.tree)[0]).decode()
    return written if len(written) <= MOST_LETTERS else ""


def _is_known(at: datetime | None) -> bool:
    return at is not None and at.year > 1


def _offset(at: datetime | None, began: datetime | None) -> str:
    """`0:14.0` after the visit's first event; "" where the recording does not say."""
    if at is None or began is None or not _is_known(at):
        return ""
    tenths = (at - began) // timedelta(milliseconds=100)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest // 10:02}.{rest % 10}"
    return f"{hours}:{minutes:02}:{seconds}" if hours else f"{minutes}:{seconds}"
