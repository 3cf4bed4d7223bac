"""A byte search after real requests: no key stands in a file of the installation, its journal or its output."""

from __future__ import annotations

import re
import subprocess

import requests

from tests.installation import Installation

KEY = "sfpk_4fQ9xTokoBatikNusantara7Kx2QdP4mZr8Lw"
SECRET = "sk_live_4fQ9xTokoBatikNusantara7Kx2"


def test_keys_that_were_kept_and_refused_in_a_browser_are_in_no_file(prepared: Installation) -> None:
    with prepared.serving() as origin:
        browser = _signed_in(prepared, origin)
        kept = _post(browser, f"{origin}/stores/1/keys/", storefront_key=KEY, label="Website")
        refused = _post(browser, f"{origin}/stores/1/keys/", storefront_key=SECRET, label="")
        misplaced = _post(browser, f"{origin}/stores/add/", name=KEY, store_id=SECRET, environment="sandbox")
        # The journal, too, while it is not folded into the database yet.
        written = _everything(prepared)
    assert (kept.status_code, refused.status_code, misplaced.status_code) == (200, 422, 422)
    assert "r8Lw" in kept.text
    for place in (written, _everything(prepared), *(page.content for page in (kept, refused, misplaced))):
        for key in (KEY, SECRET):
            assert key.encode() not in place
            assert key.encode().hex().encode() not in place  # as PostgreSQL prints bytes


def _signed_in(installation: Installation, origin: str) -> requests.Session:
    lines = (installation.folder / "first-sign-in.txt").read_text().splitlines()
    email, password = next(line for line in lines if line.startswith("admin")).split(" ", 1)
    browser = requests.Session()
    browser.trust_env = False
    assert _post(browser, f"{origin}/sign-in/", login=email, password=password).url != f"{origin}/sign-in/"
    return browser


def _post(browser: requests.Session, address: str, **typed: str) -> requests.Response:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(address, timeout=30).text)
    assert token
    return browser.post(address, {**typed, "csrfmiddlewaretoken": token.group(1)}, timeout=30)


def _everything(installation: Installation) -> bytes:
    files = [file for file in installation.folder.rglob("*") if file.is_file()]
    found = b"".join(file.read_bytes() for file in files) + installation.output.encode()
    if url := installation.environment.get("CONSOLE_DATABASE_URL"):
        found += subprocess.run(["pg_dump", url], capture_output=True, check=True).stdout
    return found
