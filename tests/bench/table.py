"""One table for the terminal, under the name of the machine."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass

import django


@dataclass(frozen=True)
class Line:
    """`missed` says that the goal was not reached; without a goal the line only informs."""

    what: str
    measured: str
    goal: str = ""
    missed: bool = False

    @classmethod
    def limited(cls, what: str, value: float, limit: float, words: str) -> Line:
        """A value against its upper limit; `words` has `{}` where either stands."""
        return cls(what, words.format(f"{value:.4g}"), "≤ " + words.format(f"{limit:g}"), value > limit)


def machine(load: float, *databases: str) -> str:
    """What the numbers hang on. `load` is the machine's own before the benchmark began."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"Django {django.__version__}, {', '.join(databases)}; load before: {load:.1f}"
    )


def drawn(lines: list[Line]) -> str:
    """Columns as wide as what stands in them."""
    rows = [("", "measured", "goal", "")]
    rows += [(line.what, line.measured, line.goal, _verdict(line)) for line in lines]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _verdict(line: Line) -> str:
    return "" if not line.goal else "MISSED" if line.missed else "reached"
