"""No module outgrows its reader: over budget means split by noun."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE = 300
CONFTEST = 60
SCRIPT = 80
# From `def` to the last line, with the docstring, as a reader meets it; decorators say what it is and do not count.
FUNCTION = 30
VIEW = 25
# Data tables, which are read entry by entry.
EXEMPT: set[str] = {"events/domain/meta.py"}


def test_no_module_is_over_its_budget() -> None:
    assert (
        _over(MODULE, "events", "*.py") | _over(MODULE, "scalev_console", "*.py") | _over(MODULE, "tests", "*.py") == {}
    )


def test_no_conftest_is_over_its_budget() -> None:
    assert _over(CONFTEST, "tests", "conftest.py") == {}


def test_no_script_is_over_its_budget() -> None:
    assert _over(SCRIPT, "static/js", "*.js") == {}


def test_no_function_is_over_its_budget() -> None:
    assert _long_functions() == {}


def _long_functions() -> dict[str, int]:
    """By file and name, those that are over the budget of a function, or of a view if an address leads to them."""
    views = _views()
    found = {}
    for room in ("events", "scalev_console"):
        for file in sorted((ROOT / room).rglob("*.py")):
            for name, length in _lengths(ast.parse(file.read_text())):
                budget = VIEW if file.parent.name == "views" and (file.stem, name) in views else FUNCTION
                if length > budget and "migrations" not in file.parts:
                    found[f"{file.relative_to(ROOT)} {name}"] = length
    return found


def _lengths(tree: ast.AST, within: str = "") -> Iterator[tuple[str, int]]:
    """Every function below, methods and inner ones among them."""
    for node in ast.iter_child_nodes(tree):
        name = within
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{within}.{node.name}".lstrip(".")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield name, (node.end_lineno or node.lineno) - node.lineno + 1
        yield from _lengths(node, name)


def _views() -> set[tuple[str, str]]:
    """Module and name of what the table of contents names."""
    tree = ast.parse((ROOT / "events" / "urls.py").read_text())
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {(node.value.id, node.attr) for node in names if isinstance(node.value, ast.Name)}


def _over(budget: int, folder: str, pattern: str) -> dict[str, int]:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text().splitlines())
        for file in sorted((ROOT / folder).rglob(pattern))
        if "migrations" not in file.parts
    }
    return {name: length for name, length in lengths.items() if length > budget and name not in EXEMPT}
