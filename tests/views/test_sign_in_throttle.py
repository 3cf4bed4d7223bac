"""Attempts to sign in are counted over all processes of an installation: here two real ones."""

from __future__ import annotations

import re

import requests

from tests.installation import Installation


def _attempt(origin: str, email: str, password: str) -> requests.Response:
    """One attempt by a browser that has never been here before."""
    with requests.Session() as browser:
        form = browser.get(f"{origin}/sign-in/", timeout=10).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        typed = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
        return browser.post(f"{origin}/sign-in/", typed, timeout=10, allow_redirects=False)


def test_what_one_process_counted_the_other_knows(prepared: Installation) -> None:
    email, password = (prepared.folder / "first-sign-in.txt").read_text().splitlines()[0].split(" ")

    with prepared.serving() as first, prepared.serving() as second:
        assert _attempt(second, email, password).status_code == 302
        for origin in (first, second, first, second, first):
            assert "No account has this e-mail" in _attempt(origin, email, "not-hers").text
        throttled = _attempt(second, email, password)

    assert throttled.status_code == 200
    assert "Too many attempts to sign in. Wait 5 minutes" in throttled.text
