"""Findings as the commands for scripts print them."""

from __future__ import annotations

from typing import Any

from events.domain.finding import Finding
from events.domain.tree import format_path


def as_json(finding: Finding) -> dict[str, Any]:
    """`fix` is what would mend it, as JSON Patch (RFC 6902), or None where only a person can tell."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": format_path(finding.path),
        "message": str(finding.message),
        "hint": str(finding.hint),
        "evidence": str(finding.evidence),
        "fix": [operation.as_json() for operation in finding.fix] or None,
    }
