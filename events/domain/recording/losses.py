"""What kept a server's half from Scalev, as far as the recording tells, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from events.domain.recording.calls import Call, Sent
from events.domain.text import Text

# Chrome's and Firefox's word for a call that ended with its page; others say nothing at all.
_LEFT = re.compile(r"\Z|.*ABORTED")
# Scalev has too much to do, or is broken: this says nothing of the page that asks.
_BUSY = (429, *range(500, 600))


@dataclass(frozen=True, slots=True)
class Loss:
    """`why` is a clause for a sentence. Of an open one nobody can tell: it may have arrived."""

    why: Text
    cure: Text
    is_open: bool = False


def loss_of(sent: Sequence[Sent], mask: Callable[[str], str]) -> Loss:
    """Of several calls that did not arrive: one that may have, else the last."""
    call = next((each.call for each in sent if each.call.is_open), sent[-1].call)
    if call.is_open:
        return Loss(_no_answer(mask(call.error)), _STAY, is_open=True)
    if call.is_refused:
        return Loss(Text("Scalev refused the server's with status {n}", n=call.status), _MEND)
    if call.stopped:
        return Loss(Text("the browser stopped the server's ({why})", why=mask(call.stopped)), _UNBLOCK)
    if call.has_failed:
        return Loss(_failed(call, mask(call.error)), _AGAIN if call.preflight in _BUSY else _REGISTER)
    return Loss(Text("the server's was sent on to another address (status {n})", n=call.status), _ADDRESS)


def _failed(call: Call, error: str) -> Text:
    if call.preflight:
        return Text(
            "the browser never sent the server's, as Scalev turned away its preflight with status {n}", n=call.preflight
        )
    return Text("the server's failed in the browser ({why})", why=error)


def _no_answer(error: str) -> Text:
    if _LEFT.match(error):
        return Text("no answer to the server's came, most likely as the page was left before Scalev answered")
    return Text("no answer to the server's came ({why})", why=error)


_MEND = Text("Mend what Scalev refused; the findings below say what it may be.")
_UNBLOCK = Text("A blocker does this, or a missing network. Record the visit again without.")
_REGISTER = Text(
    "Most likely the page's origin is not registered: register it in Scalev's storefront settings. (Inferred: no page "
    "and no recording is told the reason.)"
)
_AGAIN = Text("Scalev could not answer just then. Record the visit again later.")
_ADDRESS = Text("Call Scalev at the address to which it sends on: the recording holds no call there.")
_STAY = Text(
    "It may have arrived or not. Send it before the page is left, or with `keepalive: true` in its `fetch()`, and "
    "record the visit again."
)
