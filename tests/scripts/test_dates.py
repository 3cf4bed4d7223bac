from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.scripts.conftest import OpenPage

pytestmark = pytest.mark.browser


def test_an_age_goes_on_while_the_page_stays_open(open_page: OpenPage) -> None:
    at = datetime.now(UTC) - timedelta(minutes=4)
    page = open_page("dates", f'<time data-relative datetime="{at.isoformat()}">1 s ago</time>')
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("time")).to_have_text("4 min ago")


def test_a_date_beyond_a_day_stays_as_the_server_wrote_it(open_page: OpenPage) -> None:
    at = datetime.now(UTC) - timedelta(days=3)
    page = open_page("dates", f'<time data-relative datetime="{at.isoformat()}">20 Nov, 10:42</time>')
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("time")).to_have_text("20 Nov, 10:42")
