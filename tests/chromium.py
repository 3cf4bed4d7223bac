"""The browser of the tests that are marked `browser`; CI must have it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

# The first is the same browser without windows of its own, which it would draw here for nobody.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, PROGRAMS)), None)
MISSING = "Chromium is not on this machine: `apt-get install chromium` adds the browser tests."


def pytest_configure() -> None:
    if not CHROMIUM and os.environ.get("CI"):
        raise pytest.UsageError(MISSING)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One browser serves them all, and while it is open nobody may use a model.
    items.sort(key=lambda item: "browser" in item.keywords)
    for item in items:
        if not CHROMIUM and "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """At the end, where also `pytest -q` says it."""
    if not CHROMIUM:
        terminalreporter.write_line(MISSING)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """From the first test that wants it: the thread runs an event loop then, under which Django refuses its models."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """No window is open in it at first; those that a module leaves open are closed behind it."""
    yield chromium
    for context in chromium.contexts:
        context.close()
