"""What Scalev refused, each on its field: what the composer calls it, what Scalev says, and the way to that field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.domain.finding import Finding, Severity
from events.domain.refusal import Complaint, placed_words
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Json, Object, Path
from events.forms.compose.building import build
from events.forms.compose.composition import Composition
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.parts import Input, Label
from events.templatetags.console import words
from events.views.evidence import Evidence

MOST_SHOWN = 8
# What the composer calls a whole part of the request.
_PARTS = {
    "user_data": _("Who bought"),
    "events": _("What happened"),
    "variants": _("What was in the cart"),
    "bundle_price_options": _("What was in the cart"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that was refused. `path` is () where Scalev names no place, `at` the input's id, "" for none.

    `said` are Scalev's words as they came, `known` and `hint` those of the finding on the same place.
    """

    label: str
    path: Path
    said: str
    at: str = ""
    known: Text = NO_TEXT
    hint: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Faults:
    shown: tuple[Fault, ...]
    more: int


def faults_of(evidence: Evidence | None) -> Faults | None:
    """None where Scalev names no place at all: then its words stand in the sentence, and its response below."""
    complaints = evidence.complaints if evidence else ()
    if evidence is None or not any(complaint.is_placed for complaint in complaints):
        return None
    inputs = _inputs(evidence.sent.body.tree, complaints)
    known = {finding.path: finding for finding in evidence.findings if finding.severity is Severity.ERROR}
    told = [each for each in complaints if each.is_placed or each.path]
    shown = (_fault(each, inputs.get(each.path), known.get(each.path)) for each in told[:MOST_SHOWN])
    return Faults(tuple(shown), max(0, len(told) - MOST_SHOWN))


def _fault(complaint: Complaint, found: Input | None, finding: Finding | None) -> Fault:
    path, said = complaint.path, complaint.words
    label = _label(path, found.label) if found else _part(path)
    at = found.id if found else ""
    return Fault(label, path, said, at, *((finding.message, finding.hint) if finding else ()))


def _label(path: Path, label: Label) -> str:
    """What the composer calls it, and on which line or in which event: "line 1: Quantity"."""
    is_listed = len(path) > 1 and isinstance(path[1], int)
    return f"{words(placed_words(path[:2]))}: {label}" if is_listed else str(label)


def _part(path: Path) -> str:
    """The words for a place that has no field of its own."""
    part = _PARTS.get(str(path[0])) if len(path) == 1 else None
    return str(part) if part else words(placed_words(path)).replace("`", "")


def _inputs(tree: Json, complaints: tuple[Complaint, ...]) -> dict[Path, Input]:
    """The composer's input for each place: the one on which it would show a remark."""
    if not isinstance(tree, Object):
        return {}
    composition = Composition.of(tree)
    marks = tuple(Finding("", Severity.ERROR, each.path, NO_TEXT) for each in complaints if each.is_placed)
    form = ComposeForm(composition, build(composition), marks)
    return dict(_by_path(form))


def _by_path(form: ComposeForm) -> Iterator[tuple[Path, Input]]:
    for each in form.inputs:
        for remark in each.remarks:
            yield remark.path, each
