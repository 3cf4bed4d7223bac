"""The buttons of a composition's findings: *Fix*, *Fix all* and *Undo*.

A button names a finding, never what is to be done: that is found here anew, from what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain.diagnosis import review
from events.domain.mending import Mended, mend, mend_all, undone
from events.domain.patch import CannotApply
from events.domain.payload import Payload
from events.domain.tree import Object
from events.forms.compose.building import Built, build
from events.forms.compose.drawing import ComposeForm
from events.forms.compose.posting import posted
from events.forms.compose.redrawing import redrawn
from events.models import Draft, Store
from events.templatetags.console import words
from events.views.drafts import Kept, Step, typed
from events.views.judging import known_of

_BUTTON = re.compile(r"(?P<verb>fix-all|undo|fix:(?P<place>[0-9]{1,4}):(?P<name>.+))\Z", re.DOTALL)
# So many steps back are kept.
_MOST_STEPS = 20


@dataclass(frozen=True)
class Done:
    """What a button did: the form's data as it goes on, the steps that can be undone, and a sentence about it."""

    data: QueryDict
    steps: tuple[Step, ...]
    told: str
    place: int = 0

    def focus(self, form: ComposeForm) -> str:
        """The ID of the button to go on with: the fix that stands where the pressed one stood, or the way back."""
        left = sum(bool(remark.fix) for remark in form.listed)
        return f"do-fix-{min(self.place, left - 1)}" if left else "do-undo"


def done(data: QueryDict, draft: Draft) -> Done | None:
    """What the pressed button did (`fix:3:M001:/user_data/ph`), or None where it was no button of a finding."""
    pressed = _BUTTON.match(data.get("do", ""))
    if not pressed:
        return None
    name, place = pressed["name"] or "", int(pressed["place"] or 0)
    found = typed(draft, data)
    built = build(found.composition)
    if pressed["verb"] == "undo":
        return _undo(data, found, built)
    mended = _mended(found, built, name)
    if mended is None or not mended.findings:
        return Done(data, found.steps, _("Nothing was changed: this is no longer as it was when the page was drawn."))
    said = _said(mended)
    steps = (*found.steps, Step(said, mended.changes))[-_MOST_STEPS:]
    return Done(_data(data, found, built, mended.tree), steps, _("Fixed: %(what)s") % {"what": said}, place)


def _mended(found: Kept, built: Built, name: str) -> Mended | None:
    payload, store = Payload(built.tree), Store.objects.filter(pk=found.store_pk).first()
    known = known_of(found, store, payload)
    return mend(built.tree, review(payload, known), name) if name else mend_all(built.tree, known)


def _said(mended: Mended) -> str:
    first, more = words(mended.findings[0].message), len(mended.findings) - 1
    return first if not more else ngettext("%(n)d thing", "%(n)d things", more + 1) % {"n": more + 1}


def _undo(data: QueryDict, found: Kept, built: Built) -> Done:
    if not found.steps:
        return Done(data, (), _("There is nothing left to undo."))
    *steps, last = found.steps
    try:
        tree = undone(built.tree, last.changes)
    except CannotApply:
        return Done(data, tuple(steps), _("Not undone, since it was changed again: %(what)s") % {"what": last.said})
    return Done(_data(data, found, built, tree), tuple(steps), _("Undone: %(what)s") % {"what": last.said})


def _data(data: QueryDict, found: Kept, built: Built, tree: Object) -> QueryDict:
    return posted(redrawn(found.composition, built, tree), data)
