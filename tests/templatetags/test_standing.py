"""A part that is the same for everybody is drawn once a process, and reads as an included one would."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from events.templatetags import console

HELP = "events/_log_help.html"


def drawn() -> str:
    return Template('{% load console %}{% standing "events/_log_help.html" %}').render(Context())


def test_it_reads_as_the_template_alone() -> None:
    assert drawn() == render_to_string(HELP)


def test_it_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn()
    monkeypatch.setattr(console, "render_to_string", lambda name: pytest.fail(f"{name} is drawn again"))

    assert drawn() == first
