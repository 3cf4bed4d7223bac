"""The life-line of a delivery: what has happened to it, step by step, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain.outcome import WAITING, Outcome
from events.domain.resending import NEVER_COUNTED
from events.models import Delivery
from events.templatetags.console import duration, tone
from events.views.evidence import Answer

# Without an answer that a page could read, it does not know whether its call began.
_UNHEARD = frozenset({Outcome.INTERRUPTED, Outcome.TIMED_OUT})


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `state` is done, current or ahead; `tone` a colour where the step is not plainly good."""

    label: str
    note: str = ""
    at: datetime | None = None
    state: str = "done"
    tone: str = ""


def steps_of(delivery: Delivery, answer: Answer | None) -> tuple[Step, ...]:
    """All six steps, from the person who composed it to Meta."""
    outcome = Outcome(delivery.outcome)
    return (
        Step(_("Composed"), str(delivery.by or _("command line")), delivery.composed_at or delivery.created_at),
        Step(_("Checked"), _checked(delivery), tone=_checked_tone(delivery)),
        Step(_("Written"), at=delivery.created_at),
        _sent(delivery, outcome, answer),
        _answered(delivery, outcome),
        _meta(outcome),
    )


def _checked(delivery: Delivery) -> str:
    if delivery.error_count:
        count = delivery.error_count
        return ngettext("%(count)d error, sent anyway", "%(count)d errors, sent anyway", count) % {"count": count}
    if delivery.warning_count:
        count = delivery.warning_count
        return ngettext("%(count)d warning", "%(count)d warnings", count) % {"count": count}
    return _("nothing found")


def _checked_tone(delivery: Delivery) -> str:
    return "warn" if delivery.error_count else ""


def _sent(delivery: Delivery, outcome: Outcome, answer: Answer | None) -> Step:
    size = ngettext("%(count)d byte", "%(count)d bytes", delivery.request_bytes) % {"count": delivery.request_bytes}
    if outcome is Outcome.QUEUED:
        return Step(_("Sent"), _("waits for its turn"), state="ahead")
    if outcome is Outcome.PENDING:
        note = _("%(size)s, by a browser") % {"size": size} if delivery.is_by_browser else size
        return Step(_("Sending"), note, state="current")
    if outcome is Outcome.UNREACHABLE:
        note = _("no byte left the browser") if delivery.is_by_browser else _("no byte left the console")
        return Step(_("Not sent"), note, tone=tone(outcome))
    if (delivery.is_by_browser and outcome in _UNHEARD) or (answer is None and outcome is Outcome.INTERRUPTED):
        return Step(_("Sent?"), _("%(size)s, not known how many left") % {"size": size}, tone=tone(outcome))
    if delivery.is_by_browser:
        return Step(_("Sent"), _("%(size)s, by a browser") % {"size": size})
    connect = answer.timings.connect_ms if answer else None
    if connect is None:
        return Step(_("Sent"), size)
    return Step(_("Sent"), _("%(size)s · %(time)s to connect") % {"size": size, "time": duration(connect)})


def _answered(delivery: Delivery, outcome: Outcome) -> Step:
    if outcome is Outcome.UNREACHABLE:
        return Step(_("Answered"), _("never asked"), state="ahead")
    if outcome in WAITING:
        return Step(_("Answered"), _("not yet"), state="ahead")
    took = duration(delivery.duration_ms)
    if delivery.status_code is not None:
        label = _("Answered %(status)d") % {"status": delivery.status_code}
        after = _("after %(time)s") % {"time": took} if delivery.duration_ms is not None else ""
        return Step(label, _told(delivery, after), tone=tone(outcome).replace("ok", ""))
    if outcome is Outcome.UNEXPECTED:
        return Step(_("Answered"), _told(delivery, _("with a redirect")), tone=tone(outcome))
    note = _("broken off after %(time)s")
    if outcome is Outcome.TIMED_OUT:
        note = _("gave up after %(time)s")
    elif delivery.is_by_browser:
        note = _("none that the page could read, after %(time)s")
    if delivery.duration_ms is None:
        silent = _("nothing was reported") if delivery.is_by_browser else _("nothing was written down")
        return Step(_("No answer"), silent, tone=tone(outcome))
    return Step(_("No answer"), _told(delivery, note % {"time": took}), tone=tone(outcome))


def _told(delivery: Delivery, note: str) -> str:
    """What is known of an answer, and from whom."""
    return f"{note} · {_('reported by a browser')}" if delivery.is_by_browser else note


def _meta(outcome: Outcome) -> Step:
    if outcome in WAITING:
        note = ""
    elif outcome in NEVER_COUNTED:
        note = _("never got it")
    elif outcome is Outcome.ACCEPTED:
        note = _("not known here")
    else:
        note = _("open")
    return Step(_("Meta"), note, state="ahead")
