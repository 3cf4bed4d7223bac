"""Templates keep to the strict content security policy, and to their length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
LONGEST = 120

FORBIDDEN = {
    "a script of its own": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a style of its own": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "code for htmx to evaluate": re.compile(r"\bhx-on[:=]|\bhx-(?:vals|headers)\s*=\s*[\"']?js:|\[[^\]]*\bevent\b"),
    "an address of javascript": re.compile(r"javascript:", re.IGNORECASE),
    "something from another host": re.compile(r"\b(?:src|action|hx-\w+)\s*=\s*[\"']?(?:https?:)?//", re.IGNORECASE),
    "an unescaped value": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has_what_the_policy_forbids(what: str) -> None:
    guilty = [str(file.relative_to(ROOT)) for file in TEMPLATES if FORBIDDEN[what].search(file.read_text())]

    assert guilty == [], f"{what} stands in them"


def test_no_template_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in TEMPLATES}

    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
