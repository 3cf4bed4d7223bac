"""How to come to the pages of an error group: a line of quantity 0 is refused, and all such are one."""

from __future__ import annotations

from tests.journeys.composing import BUYER, compose_for
from tests.journeys.console import Console
from tests.journeys.reading import Page
from tests.journeys.visitor import Visitor


def failed(visitor: Visitor) -> Page:
    """The page of what Scalev has just refused."""
    page = visitor.press(compose_for(visitor), "Variant")
    page = visitor.press(page, "Check", {**BUYER, "Line 1: quantity": "0"})
    return visitor.press(page, "Send anyway, to see Scalev’s answer")


def _listed(console: Console) -> Page:
    support = console.visitor("support")
    failed(support)
    return support.open("/log/errors/")


def _group(console: Console, role: str = "support") -> Page:
    visitor = console.visitor(role)
    return visitor.follow(failed(visitor), "See this error")


def _muted(console: Console) -> Page:
    page = console.visitor("support").press(_group(console), "For an hour")
    assert "Muted" in page.text
    return console.visitor("support").press(page, "Reopen")


def _refused_day(console: Console) -> Page:
    return console.visitor("support").press(_group(console), "Until that day", {"Until the morning of": "2020-01-01"})


def _exported_in_clear(console: Console) -> Page:
    return console.visitor("support").follow(_group(console), "In clear, with a reason …")


FAILED_PAGES = {
    "errors": _listed,
    "errors, none so": lambda console: console.visitor("support").open("/log/errors/?show=ignored"),
    "error": _group,
    "error, of a marketer": lambda console: _group(console, "marketer"),
    "error, worked": _muted,
    "error, day refused": _refused_day,
    "error, missing": lambda console: console.visitor("support").open("/log/errors/999999999/"),
    "error, export in clear": _exported_in_clear,
}
