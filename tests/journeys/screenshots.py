"""`make screenshots`: pictures for the README, of real pages of an installation that is made for them and thrown away.

Needs Chromium. The events go to the sandbox, which stands at the address of production, too.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, FilePayload, Page, expect, sync_playwright

from tests.chromium import CHROMIUM, MISSING
from tests.installation import ROOT, Installation, new_installation
from tests.journeys.believable import BATIK, SALES, SHOPS, TRIAL, WULAN, Sale, Shop
from tests.journeys.composing import compose_for, delivery_number
from tests.journeys.console import Console, console_of
from tests.journeys.test_stores_and_keys import new_key
from tests.journeys.watching import box, window_of
from tests.recordings import STORE_ID, har, visit

FOLDER = ROOT / "docs" / "screenshots"
# Larger ones make the README slow to open.
LARGEST_BYTES = 200_000
# Less than the sandbox's slow answer, so that one send ends as timed out.
DEADLINE_SECONDS = "2"
# Run inside the installation: spreads the sends over the times that they are meant to have.
SPREAD = """
from datetime import timedelta
from django.db.models import F
from events.models import Delivery
for pk, minutes, took_ms in {moved}:
    sent, back = Delivery.objects.filter(pk=pk), timedelta(minutes=minutes)
    sent.update(**{{name: F(name) - back for name in ("created_at", "composed_at", "finished_at", "lease_until")}})
    if took_ms:
        sent.update(duration_ms=took_ms)
"""


def main() -> int:
    if not CHROMIUM:
        sys.stderr.write(f"{MISSING}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running() as console, sync_playwright() as playwright:
        fill(console)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for take in (compose, log, delivery, stores, recording):
            take(console, browser)
        browser.close()
    large = [file.name for file in FOLDER.glob("*.png") if file.stat().st_size > LARGEST_BYTES]
    if large:
        sys.stderr.write(f"Larger than {LARGEST_BYTES} bytes: {', '.join(large)}\n")
    return 1 if large else 0


@contextmanager
def running() -> Iterator[Console]:
    with tempfile.TemporaryDirectory() as folder, new_installation(Path(folder) / "data") as made:
        made.manage("prepare").check_returncode()
        sandbox = f"http://127.0.0.1:{made.environment['SANDBOX_PORT']}"
        environments = f"production={sandbox},sandbox={sandbox}"
        settings = {"SCALEV_ENVIRONMENTS": environments, "SCALEV_DEADLINE_SECONDS": DEADLINE_SECONDS}
        with console_of(made, CONSOLE_NAME="Batik Nusantara", **settings) as console:
            yield console


def fill(console: Console) -> None:
    """People get names, the seeded stores make room for believable ones, and an afternoon's events go out."""
    admin = console.visitor("admin")
    seeded = [each.attrs["href"] for each in admin.open("/stores/").of_class("row-link")]
    for address in seeded:
        admin.press(admin.open(address), "Archive")
    for role, name in (("admin", "Rani Anggraini"), ("support", "Dimas Wirawan"), ("marketer", "Maya Puspita")):
        visitor = console.visitor(role)
        visitor.press(visitor.open("/profile/"), "Save", {"Name": name})
    for shop in SHOPS:
        _add(console, shop)
    moved = [(_sent(console, sale), sale.minutes_ago, sale.took_ms) for sale in SALES]
    _spread(console.installation, moved)


def compose(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = _composed(console, window.page(), TRIAL)
        box(page, "Phone").fill("081290076543")
        expect(page.locator("#pane")).to_contain_text("081290076543")
        expect(page.locator("#pane")).to_contain_text("62812")
        page.evaluate("scrollTo(0, 0)")
        _shoot(page, "compose", height=1000)


def log(console: Console, browser: Browser) -> None:
    for name, phone in (("log", False), ("log-phone", True)):
        with window_of(browser, console, console.visitor("marketer"), phone=phone) as window:
            page = window.page()
            page.goto("/log/")
            _shoot(page, name, height=800)


def delivery(console: Console, browser: Browser) -> None:
    """A purchase whose second line Scalev refused: what happened, and the way on."""
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = _composed(console, window.page(), BATIK)
        box(page, "Line 2: quantity").fill("0")
        page.get_by_role("button", name="Send anyway").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("refused")
        _spread(console.installation, [(int(urlsplit(page.url).path.split("/")[2]), 2, 0)])
        page.reload()
        _shoot(page, "delivery", height=1000)
        page.emulate_media(color_scheme="dark")
        _shoot(page, "delivery-dark", height=1000)


def stores(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("admin")) as window:
        page = window.page()
        page.goto("/stores/")
        _shoot(page, "stores", height=560)


def recording(console: Console, browser: Browser) -> None:
    with window_of(browser, console, console.visitor("marketer")) as window:
        page = window.page()
        page.goto("/recording/")
        content = har(*visit()).replace(STORE_ID.encode(), BATIK.store_id.encode())
        file: FilePayload = {"name": "kunjungan.har", "mimeType": "application/json", "buffer": content}
        page.get_by_label("The recording (HAR)").set_input_files(file)
        page.get_by_role("button", name="Check the visit").click()
        expect(page.get_by_role("heading", name="events need a look")).to_be_visible()
        _shoot(page, "recording", height=1000)


def _composed(console: Console, page: Page, shop: Shop) -> Page:
    """A purchase of two lines, typed in the browser."""
    options = console.visitor("marketer").open("/compose/").by_id("in-store").all("option")
    pk = next(each.attrs["value"] for each in options if each.text.startswith(f"{shop.name} ·"))
    page.goto(f"/compose/?store={pk}")
    server = page.get_by_text("Server", exact=True)
    if server.is_visible():
        server.click()
    box(page, "Event event_name").fill("Purchase")
    box(page, "Event ID").fill("ord-88213-Purchase")
    box(page, "Page").fill("https://batiknusantara.example/terima-kasih")
    box(page, "Came from").fill("https://batiknusantara.example/checkout")
    box(page, "Value").fill("567000")
    box(page, "Order").fill("88213")
    for number, (item, quantity) in enumerate((("KemejaBatikParangL", "2"), ("SelendangSutra", "1")), start=1):
        page.get_by_role("button", name="Variant").click()
        box(page, f"Line {number}: unique ID").fill(f"variant_{item}")
        box(page, f"Line {number}: quantity").fill(quantity)
    for label in ("E-mail", "Phone", "First name", "Last name"):
        box(page, label).fill(WULAN.typed[label])
    return page


def _add(console: Console, shop: Shop) -> None:
    admin = console.visitor("admin")
    typed = {"Name": shop.name, "Store ID": shop.store_id, "Environment": shop.environment}
    typed["The shop's hosts"] = "batiknusantara.example"
    page = admin.press(admin.open("/stores/add/"), "Add the store", typed)
    admin.press(page, "Add the key", {"Storefront key": new_key(), "Label": "Website"})


def _sent(console: Console, sale: Sale) -> int:
    """The number of the delivery."""
    visitor = console.visitor(sale.by)
    page = compose_for(visitor, f"{sale.shop.name} ·")
    order = f"{88100 + 7 * SALES.index(sale)}"
    typed = {"events.0.event_name": sale.event, "Event ID": f"ord-{order}-{sale.event}"}
    typed |= sale.buyer.typed if sale.buyer else {}
    if sale.value:
        typed |= {"Value": sale.value, "Order": order}
    if sale.item:
        page = visitor.press(page, "Variant")
        typed |= {"Line 1: unique ID": sale.item, "Line 1: quantity": sale.quantity}
    number = delivery_number(visitor.press(page, "Send event", typed))
    assert number
    return number


def _spread(installation: Installation, moved: list[tuple[int, float, int]]) -> None:
    installation.manage("shell", "-c", SPREAD.format(moved=moved)).check_returncode()


def _shoot(page: Page, name: str, height: int) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 1280
    page.set_viewport_size({"width": width, "height": height if width > 400 else 740})
    page.evaluate("document.activeElement?.blur()")
    page.evaluate("document.getAnimations().forEach((each) => each instanceof CSSTransition && each.finish())")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    sys.exit(main())
