"""What a page needs that leans on no other file."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.conf import settings

from events.models.delivery import OutcomeChoices
from events.templatetags.handover import iso, own_icon, own_style

STYLE = Path(settings.BASE_DIR) / "static/css/handover.css"


def test_the_policy_lets_exactly_this_style_through() -> None:
    drawn = own_style("css/handover.css")
    style = re.search("<style>(.*)</style>", drawn, re.DOTALL)
    assert style

    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in html.unescape(drawn)
    assert html.unescape(drawn).startswith('<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')


def test_the_style_sheet_names_no_other_file_and_cannot_leave_its_element() -> None:
    assert not re.search(r"url\(|@import|</|//", STYLE.read_text())


@pytest.mark.parametrize("name", [*OutcomeChoices.values, "error", "warning", "hint"])
def test_every_outcome_and_severity_has_a_shape_of_its_own(name: str) -> None:
    drawn = own_icon(name)

    assert drawn.startswith('<svg class="icon" viewBox="0 0 16 16"')
    assert "<use" not in drawn
    assert 'aria-hidden="true"' in drawn


def test_a_time_is_utc_whatever_zone_it_is_told_in() -> None:
    jakarta = timezone(timedelta(hours=7))

    assert iso(datetime(2026, 11, 23, 10, 42, 7, 118_000, tzinfo=jakarta)) == "2026-11-23T03:42:07.118Z"
    assert iso(None) == ""
