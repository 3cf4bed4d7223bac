"""Doing what findings propose: one fix by its name, all that rest on a vendor's rule, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.finding import Finding, Severity
from events.domain.patch import CannotApply, Operation, apply, before_and_after, pointer, remove, replace
from events.domain.payload import Payload
from events.domain.text import writable
from events.domain.tree import Object, Path, read

# One fix may be what another waits for; a rule whose fix did not mend it would go on for ever.
_MOST_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Change:
    """What stands at a path before and after: JSON text, "" for nothing."""

    path: Path
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """The payload after some fixes: which findings they were made for, and what they changed, in their order."""

    tree: Object
    findings: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()


def name_of(finding: Finding) -> str:
    """What a button calls a finding: its code and its place as a page can hold it; the fix is found again by it."""
    return writable(f"{finding.code}:{pointer(finding.path)}")


def is_safe(finding: Finding) -> bool:
    """Whether its fix may be done with others, unseen: a hint's rests on a guess, and is looked at by itself."""
    return bool(finding.fix) and finding.severity is not Severity.HINT


def mend(tree: Object, findings: Iterable[Finding], name: str) -> Mended | None:
    """The payload with one fix done, or None where no such finding is left, or it has no fix."""
    found = next((each for each in findings if each.fix and name_of(each) == name), None)
    return _with(Mended(tree), found) if found else None


def mend_all(tree: Object, known: Circumstances) -> Mended:
    """The payload with all safe fixes done, and those that only they made possible."""
    mended = Mended(tree)
    for _round in range(_MOST_ROUNDS):
        before, touched = mended, set[Path]()
        for finding in filter(is_safe, review(Payload(mended.tree), known)):
            places = {operation.path for operation in finding.fix}
            if not _overlap(places, touched):
                mended, touched = _with(mended, finding), touched | places
        if mended is before:
            break
    return mended


def undone(tree: Object, changes: Iterable[Change]) -> Object:
    """The payload without the changes. Raises `CannotApply` where one of their values is another one by now."""
    for change in reversed(list(changes)):
        stands, _same = before_and_after(tree, replace(change.path, None))
        if stands != change.after:
            raise CannotApply(pointer(change.path))
        back = Operation("add", change.path, read(change.before)) if change.before else remove(change.path)
        tree = _object(tree, back if change.before == "" or change.after == "" else replace(change.path, back.value))
    return tree


def changes(tree: Object, operations: Iterable[Operation]) -> tuple[Change, ...]:
    """What the operations do to the payload, one after the other."""
    found = []
    for operation in operations:
        found.append(Change(operation.path, *before_and_after(tree, operation)))
        tree = _object(tree, operation)
    return tuple(found)


def _with(mended: Mended, finding: Finding) -> Mended:
    done = changes(mended.tree, finding.fix)
    tree = apply(mended.tree, finding.fix)
    assert isinstance(tree, Object)
    return Mended(tree, (*mended.findings, finding), (*mended.changes, *done))


def _object(tree: Object, operation: Operation) -> Object:
    changed = apply(tree, (operation,))
    assert isinstance(changed, Object)  # no rule replaces the whole payload
    return changed


def _overlap(places: set[Path], touched: set[Path]) -> bool:
    """Whether one of the places is within another: what was proposed for it rests on what stood there."""
    return any(a[: len(b)] == b or b[: len(a)] == a for a in places for b in touched)
