"""“Store not found” is one answer for four causes: what the console's own log says for and against each of them.

Which causes there are is documented by Scalev; how likely one is here is inferred, and every cause says from what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from events.domain.contract import KEY_PREFIX, STORE_ID_FORM
from events.domain.resending import gap_words
from events.domain.text import NO_TEXT, Text


class Likelihood(StrEnum):
    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"
    RULED_OUT = "ruled_out"

    @property
    def words(self) -> Text:
        return _LIKELIHOOD_WORDS[self]


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause with its standing; `why` names the evidence for it, "" where the console has none."""

    text: Text
    likelihood: Likelihood
    why: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Traces:
    """What the console knows around a request that was answered 404.

    `sent_to` is the store ID in its address, `store_id` the store's now, `id_before` the one to which the last request
    went that Scalev took; "" where not known. `key_is_storefront` is None where the key cannot be looked at any more.
    Times are how long before it (`before`), after it (`after`) or ago (`refused_again`); None for never. `twins` are
    other stores for which Scalev takes the same key, `other_key` another one of this store, masked, "" for none.
    """

    store_id: str
    sent_to: str = ""
    id_before: str = ""
    key_is_storefront: bool | None = None
    before: timedelta | None = None
    after: timedelta | None = None
    refused_again: timedelta | None = None
    other_key: str = ""
    other_before: timedelta | None = None
    other_after: timedelta | None = None
    other_refused: timedelta | None = None
    twins: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the same key for the same store was taken since."""
        return self.after is not None and not self.has_moved

    @property
    def has_moved(self) -> bool:
        """Whether the store's ID is another one now."""
        return bool(self.sent_to) and self.sent_to != self.store_id

    @property
    def was_moved(self) -> bool:
        """Whether what Scalev took before went to another store ID."""
        return bool(self.id_before and self.sent_to) and self.id_before != self.sent_to

    @property
    def found_before(self) -> timedelta | None:
        """How long before it Scalev last took anything for this store ID."""
        return None if self.was_moved else _shortest(self.before, self.other_before)


class Probe(StrEnum):
    """Which key one harmless PageView should go out with, so that the answer tells most."""

    NONE = ""
    SAME_KEY = "same_key"
    OTHER_KEY = "other_key"


def causes_of(traces: Traces) -> tuple[Cause, ...]:
    """All four causes, the likeliest first."""
    found = (_store_id(traces), _storefront_key(traces), _page_key(traces), _plan(traces))
    return tuple(sorted(found, key=lambda cause: list(Likelihood).index(cause.likelihood)))


def unweighed() -> tuple[Cause, ...]:
    """The four where nothing else is known."""
    return tuple(Cause(text, Likelihood.POSSIBLE) for text in (_STORE_ID, _KEY, _PAGE_KEY, _PLAN))


def probe_of(traces: Traces) -> Probe:
    if traces.is_over:
        return Probe.NONE
    is_untried = traces.other_after is None and traces.other_refused is None
    return Probe.OTHER_KEY if traces.other_key and is_untried else Probe.SAME_KEY


def probe_words(traces: Traces) -> Text:
    """What the probe will tell, before it is made."""
    if probe_of(traces) is Probe.OTHER_KEY:
        return Text(
            "One PageView with the other key tells more: if Scalev takes it, the cause is the key of this request; if "
            "not, it is the store ID or the plan."
        )
    if traces.refused_again is None:
        return Text("One PageView with the same key tells whether it is still so.")
    return Text("Once something was changed, one PageView with the same key tells whether that was it.")


def next_step_of(traces: Traces) -> Text:
    """What to do about the likeliest cause."""
    if traces.is_over:
        return Text("Scalev takes events with this key again: resend the event as it was.")
    if traces.has_moved:
        return Text("The store's ID was corrected since. Test its key, then resend the event as it was.")
    first, second = causes_of(traces)[:2]
    if first.likelihood is Likelihood.LIKELY and second.likelihood is not Likelihood.LIKELY:
        return Text("{step} Then resend the event as it was.", step=_STEPS[first.text])
    return Text("Go through the causes from the top. Once it is mended, resend the event as it was.")


def _store_id(traces: Traces) -> Cause:
    if traces.has_moved:
        why = Text(
            "This one went to `{old}`; the store's ID here is `{new}` now.", old=traces.sent_to, new=traces.store_id
        )
        return Cause(_STORE_ID, Likelihood.LIKELY, why)
    since = _shortest(traces.after, traces.other_after)
    if since is not None:
        return Cause(
            _STORE_ID, Likelihood.RULED_OUT, Text("Scalev took an event for it {gap} after.", gap=gap_words(since))
        )
    if not STORE_ID_FORM.match(traces.sent_to or traces.store_id):
        why = Text("`{id}` has not the form of a store ID.", id=traces.sent_to or traces.store_id)
        return Cause(_STORE_ID, Likelihood.LIKELY, why)
    if traces.was_moved:
        words = {"old": traces.id_before, "new": traces.sent_to}
        why = Text("The last one that Scalev took went to `{old}`, this one to `{new}`.", **words)
        return Cause(_STORE_ID, Likelihood.LIKELY, why)
    if traces.found_before is not None:
        gap = gap_words(traces.found_before)
        why = Text("Scalev knew it {gap} before. The store would have to have been deleted there since.", gap=gap)
        return Cause(_STORE_ID, Likelihood.UNLIKELY, why)
    return Cause(_STORE_ID, Likelihood.POSSIBLE, _NEVER_TAKEN)


def _storefront_key(traces: Traces) -> Cause:
    if traces.after is not None:
        return Cause(_KEY, Likelihood.RULED_OUT, Text("Scalev took this key {gap} after.", gap=gap_words(traces.after)))
    if traces.twins and traces.before is None:
        names = ", ".join(traces.twins)
        why = Text("Scalev takes the same key for {names}, and a storefront key opens one store.", names=names)
        return Cause(_KEY, Likelihood.LIKELY, why)
    if traces.other_after is not None:
        why = Text("Scalev took another key of this store {gap} after.", gap=gap_words(traces.other_after))
        return Cause(_KEY, Likelihood.LIKELY, why)
    if traces.other_refused is not None:
        return Cause(_KEY, Likelihood.UNLIKELY, Text("Another key of this store got the same answer since."))
    if traces.before is not None:
        gap = gap_words(traces.before)
        why = Text("Scalev took it {gap} before. It would have to have been deleted there since.", gap=gap)
        return Cause(_KEY, Likelihood.POSSIBLE, why)
    if traces.other_before is not None:
        why = Text("Scalev took another key of this store before, and this one never, as far as this log goes back.")
        return Cause(_KEY, Likelihood.LIKELY, why)
    return Cause(_KEY, Likelihood.POSSIBLE, Text("Scalev never took it, as far as this log goes back."))


def _page_key(traces: Traces) -> Cause:
    taken = _shortest(traces.before, traces.after)
    if taken is not None:
        return Cause(
            _PAGE_KEY, Likelihood.RULED_OUT, Text("Scalev took this key for a store, which it never does then.")
        )
    if traces.key_is_storefront is None:
        return Cause(_PAGE_KEY, Likelihood.POSSIBLE, Text("The key cannot be looked at here any more."))
    if traces.key_is_storefront:
        why = Text("It begins with `{prefix}`, as storefront keys do.", prefix=KEY_PREFIX)
        return Cause(_PAGE_KEY, Likelihood.UNLIKELY, why)
    why = Text("It does not begin with `{prefix}`, as storefront keys do.", prefix=KEY_PREFIX)
    return Cause(_PAGE_KEY, Likelihood.LIKELY, why)


def _plan(traces: Traces) -> Cause:
    since = _shortest(traces.after, traces.other_after)
    if since is not None:
        why = Text("Scalev took an event of this store {gap} after.", gap=gap_words(since))
        return Cause(_PLAN, Likelihood.RULED_OUT, why)
    if traces.found_before is None:
        return Cause(_PLAN, Likelihood.POSSIBLE, Text("Nothing here tells: look at the subscription in Scalev."))
    if traces.other_refused is not None:
        why = Text("Two keys are refused of a store that was found before: what they have in common is the plan.")
        return Cause(_PLAN, Likelihood.LIKELY, why)
    gap = gap_words(traces.found_before)
    return Cause(_PLAN, Likelihood.POSSIBLE, Text("It was active {gap} before, and may have ended since.", gap=gap))


def _shortest(*gaps: timedelta | None) -> timedelta | None:
    return min((gap for gap in gaps if gap is not None), default=None)


_LIKELIHOOD_WORDS = {
    Likelihood.LIKELY: Text("most likely"),
    Likelihood.POSSIBLE: Text("possible"),
    Likelihood.UNLIKELY: Text("unlikely"),
    Likelihood.RULED_OUT: Text("ruled out"),
}
_STORE_ID = Text("The store ID is not known to Scalev.")
_KEY = Text("The storefront key is wrong, was deleted in Scalev, or belongs to another store.")
_PAGE_KEY = Text("The key is a page key, which works on pages only.")
_PLAN = Text("The shop's Scalev plan is not active: it needs a paid Basic, Pro or Ultimate.")
_NEVER_TAKEN = Text("Scalev never took an event for it, as far as this log goes back.")
_STEPS = {
    _STORE_ID: Text("Let an admin compare the store ID here with the one in Scalev."),
    _KEY: Text("Let an admin copy the storefront key from Scalev once more."),
    _PAGE_KEY: Text("Let an admin put a storefront key of the store in its place."),
    _PLAN: Text("Look at the subscription in Scalev."),
}
NO_PIXEL = Text(
    "A pixel that is missing or incomplete in Scalev is not among the causes, as far as is documented: then Scalev "
    "takes the event and Meta never gets it (inferred)."
)
