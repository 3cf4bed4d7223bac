"""Findings as the commands for scripts print them, and whatever else they tell, as JSON that keeps each digit."""

from __future__ import annotations

import json
from typing import Any

from events.domain.finding import Finding
from events.domain.tree import Array, Json, Number, Object, format_path


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


def as_tree(value: Any) -> Json:
    """What a command tells, for the one serialiser: what is JSON in it already stays as it is."""
    if isinstance(value, dict):
        return Object(tuple((str(name), as_tree(each)) for name, each in value.items()))
    if isinstance(value, list | tuple):
        return Array(tuple(map(as_tree, value)))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Number(json.dumps(value))
    known: Json = value
    return known
