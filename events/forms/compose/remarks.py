"""The findings on a composition as its pane lists them: by place, each with the button that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from events.domain.finding import Finding
from events.domain.mending import Change, changes, name_of
from events.domain.tree import Object, Path

# As much of a value as fits on a line of the pane: of a click ID the end matters as much as the beginning.
_LONGEST, _HEAD, _TAIL = 44, 26, 16


@dataclass(frozen=True)
class Remark:
    """One finding. `fix` names its fix ("" for none), `changes` are what it would do, with long values shortened.

    `follows` says that the finding before it speaks of the same place, `place` how many fixes stand before this one.
    """

    finding: Finding
    fix: str
    changes: tuple[Change, ...]
    follows: bool
    place: int

    @property
    def button(self) -> str:
        """The ID of its button: the next one takes it over, and the focus with it."""
        return f"do-fix-{self.place}"


def listed_by_place(findings: Iterable[Finding], tree: Object) -> tuple[Remark, ...]:
    """The findings in their order, but those on one place behind the first of them."""
    places: dict[Path | int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        places.setdefault(finding.path or number, []).append(finding)
    listed: list[Remark] = []
    for one in places.values():
        for finding in one:
            before = sum(bool(remark.fix) for remark in listed)
            listed.append(_remark(finding, tree, before, follows=finding is not one[0]))
    return tuple(listed)


def _remark(finding: Finding, tree: Object, place: int, *, follows: bool) -> Remark:
    fix = name_of(finding) if finding.fix else ""
    done = (Change(each.path, shortened(each.before), shortened(each.after)) for each in changes(tree, finding.fix))
    return Remark(finding, fix, tuple(done), follows, place)


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_HEAD]}…{text[-_TAIL:]}"
