"""Style sheet, scripts and templates keep to the content security policy and to the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STYLE = (ROOT / "static/css/console.css").read_text()
BASE = (ROOT / "templates/base.html").read_text()
SPRITE = (ROOT / "static/img/icons.svg").read_text()
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FORBIDDEN_MARKUP = re.compile(
    r"\sstyle=|\son[a-z]+=|\shx-on|<style|<script(?![^>]*\ssrc=)|javascript:|//[a-z]+\.[a-z]+/"
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_raw_values_stand_only_among_the_tokens() -> None:
    beyond = STYLE.partition("@layer base {")[2]
    rules = re.sub(r"/\*.*?\*/|@(?:media|container) [^{]*", "", beyond, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|\d+px|\d+rem|rgb\(", rules) == []


def test_every_token_that_is_used_is_defined() -> None:
    defined = set(re.findall(r"(--[a-z0-9-]+):", STYLE))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", STYLE)) <= defined


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_a_script_is_short_and_is_loaded(script: Path) -> None:
    assert len(script.read_text().splitlines()) <= 80
    assert any(f"js/{script.name}" in template.read_text() for template in TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_holds_no_inline_code_and_calls_no_other_host(template: Path) -> None:
    assert FORBIDDEN_MARKUP.search(template.read_text()) is None


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_a_template_stays_within_its_budget(template: Path) -> None:
    assert len(template.read_text().splitlines()) <= 120


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_every_icon_that_a_template_names_exists(template: Path) -> None:
    named = set(re.findall(r'{% icon "([a-z_]+)"', template.read_text()))
    named |= set(re.findall(r'symbol="([a-z_]+)"', template.read_text()))
    assert named <= set(re.findall(r'<symbol id="([a-z_]+)"', SPRITE))
