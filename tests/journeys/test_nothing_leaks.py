"""A byte search after a whole day's work: database, journal, output and pages hold no key and no buyer."""

from __future__ import annotations

import base64
import hashlib
import subprocess
from urllib.parse import quote

import requests

from events.sandbox import scenarios
from tests.installation import Installation
from tests.journeys.composing import compose_for, sent, typed_line
from tests.journeys.console import Console, console_of
from tests.journeys.test_stores_and_keys import SECRET, new_store, store_name
from tests.journeys.visitor import Visitor

KEY = "sfpk_4fQ9xTokoBatikNusantara7Kx2QdP4mZr8Lw"
EMAIL, PHONE, EXTERNAL = "sekar.wangi@contoh.id", "6281290076543", "CUST-9310442"
BUYER = {"E-mail": EMAIL, "Phone": PHONE, "First name": "Sekarwangi", "The shop's own ID for this buyer": EXTERNAL}
# Her values, as somebody might have spelled or hashed them on the way.
HERS = (
    *(EMAIL, EMAIL.upper(), quote(EMAIL), PHONE, "81290076543", "1290 0765 43", EXTERNAL, "Sekarwangi"),
    *(hashlib.sha256(value.encode()).hexdigest() for value in (EMAIL, PHONE, EXTERNAL)),
)
KEYS = (KEY, SECRET, scenarios.KEY, scenarios.SCENARIOS[0].key)


def test_after_a_whole_journey_no_byte_tells_a_key_or_a_buyer(prepared: Installation) -> None:
    with console_of(prepared, SCALEV_DEADLINE_SECONDS="6") as console:
        passwords = tuple(console.passwords.values())
        pages = _worked(console)
        while_it_runs = _written(prepared)
    written = _written(prepared)

    for place in (while_it_runs, written):
        assert _found(place, (*KEYS, *HERS)) == []
    # The first passwords stand in their file, and nowhere else.
    assert _found(written.replace((prepared.folder / "first-sign-in.txt").read_bytes(), b""), passwords) == []
    assert len(pages) > 30
    for page in pages:
        assert _found(_shown(page), (*KEYS, *passwords)) == [], page.url
        # Whoever composes sees what she typed, and whoever asks for clear values gets them.
        if "/compose/" not in page.url and not page.url.endswith("/show/"):
            assert _found(_shown(page), HERS) == [], page.url


def _worked(console: Console) -> list[requests.Response]:
    """Everything that touches keys and buyers, by every role; all answers that the browsers got."""
    admin, marketer, support = (console.visitor(role) for role in ("admin", "marketer", "support"))
    store = new_store(admin, "store_sandbox_rejected_echo")
    admin.press(store, "Add the key", {"Storefront key": SECRET})
    added = admin.press(store, "Add the key", {"Storefront key": KEY})
    admin.press(admin.open("/stores/add/"), "Add the store", {"Name": KEY, "Store ID": SECRET})
    admin.press(added, "Test")
    accepted = sent(marketer, typed_line(marketer, compose_for(marketer)), BUYER)
    refused = sent(marketer, compose_for(marketer, store_name(store)), BUYER)
    marketer.press(marketer.press(refused, "Correct and send"), "Check", BUYER)
    marketer.press(accepted, "Resend as it was")
    marketer.press(accepted, "Duplicate")
    shown = marketer.press(accepted, "Show them")
    assert EMAIL in shown.text
    for visitor in (support, marketer, admin):
        for words in (EMAIL, "0812 9007 6543", f"external:{EXTERNAL}", "name:Sekarwangi", "Purchase"):
            visitor.press(visitor.open("/log/"), "Search", {"q": words})
            visitor.open(f"/log/?q={quote(words)}")
        for page in (accepted, refused):
            visitor.open(page.url)
    reason = {"Why do you need to see them?": "The buyer asks why her order was not counted"}
    assert EMAIL in support.press(support.open(accepted.url), "Show them", reason).text
    for address in ("/audit/", "/people/", "/stores/", store.url, f"/log/{EMAIL}/", "/nowhere/"):
        admin.open(address)
    stranger = Visitor(console.origin)
    stranger.sign_in("admin@console.test", SECRET)
    return [*admin.seen, *marketer.seen, *support.seen, *stranger.seen]


def _shown(page: requests.Response) -> bytes:
    """What the console answered, the address that it sent the browser on to among it."""
    return page.content + "\n".join(page.headers.values()).encode()


def _written(installation: Installation) -> bytes:
    """Every file of the installation, whatever its processes printed, and the rows where the database is elsewhere."""
    files = [file for file in installation.folder.rglob("*") if file.is_file() and "static" not in file.parts]
    found = b"\n".join(file.read_bytes() for file in files) + installation.output.encode()
    if url := installation.environment.get("CONSOLE_DATABASE_URL"):
        found += subprocess.run(["pg_dump", url], capture_output=True, check=True).stdout
    return found


def _found(place: bytes, values: tuple[str, ...]) -> list[str]:
    """The values that stand there: in clear, as PostgreSQL prints bytes, or in base64 at any offset."""
    return [value for value in values if any(spelled in place for spelled in _spellings(value.encode()))]


def _spellings(value: bytes) -> list[bytes]:
    padded = (base64.b64encode(b"\0" * offset + value) for offset in range(3))
    inner = [text[(8 * offset + 5) // 6 : len(text) - 4] for offset, text in enumerate(padded)]
    return [value, value.hex().encode(), *inner]
