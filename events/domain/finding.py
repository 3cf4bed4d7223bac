"""A remark on a payload: what is wrong or likely to go wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from events.domain.patch import Operation
from events.domain.text import NO_TEXT, Text
from events.domain.tree import Path


class Severity(StrEnum):
    """How much a finding's evidence carries: only the contract and the vendors' rules reach past a hint."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `code` is stable: C… contract, S… Scalev's traps, M… Meta, H… what was sent before.

    `path` leads to the value meant. `fix` is what would mend it, none where only a person can tell.
    """

    code: str
    severity: Severity
    path: Path
    message: Text
    hint: Text = NO_TEXT
    evidence: Text = NO_TEXT
    fix: tuple[Operation, ...] = ()

    def facts(self) -> dict[str, Any]:
        """As it is kept with a delivery: without the fix, which belongs to the composition and not to what was sent."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "path": list(self.path),
            "message": str(self.message),
            "hint": str(self.hint),
            "evidence": str(self.evidence),
        }


def has_errors(findings: tuple[Finding, ...]) -> bool:
    """Whether Scalev will not accept the payload, by its published contract."""
    return any(finding.severity is Severity.ERROR for finding in findings)
