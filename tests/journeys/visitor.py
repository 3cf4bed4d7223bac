"""Somebody at a browser without JavaScript: opens pages, types into fields by their labels, presses buttons."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import requests

from tests.journeys.reading import Element, Page, value_of

# What a browser needs to know of an answer beside its text.
_OF_THE_PAGE = ("Content-Type", "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options")


class Visitor:
    """One browser. `seen` are all answers that it got, the bodies of redirects among them."""

    def __init__(self, origin: str, cookies: dict[str, str] | None = None) -> None:
        self.origin = origin
        self.seen: list[requests.Response] = []
        self._browser = requests.Session()
        # No proxy and no .netrc of this machine.
        self._browser.trust_env = False
        self._browser.cookies.update(cookies or {})

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self._browser.cookies}

    def tab(self) -> Visitor:
        """Another tab of the same browser, which may be used in another thread."""
        return Visitor(self.origin, self.cookies)

    def open(self, address: str) -> Page:
        return self._page(self._browser.get(urljoin(self.origin, address), timeout=60))

    def follow(self, page: Page, words: str) -> Page:
        """Press the link with these words."""
        return self.open(urljoin(page.url, page.link(words)))

    def press(self, page: Page, words: str, typed: dict[str, str] | None = None, *, number: int = 0) -> Page:
        """Press the button with these words, after typing into the fields of its form (by label, or by name)."""
        button = page.button(words, number)
        return self.send(page, page.form_of(button), typed or {}, button)

    def upload(self, page: Page, words: str, content: bytes) -> Page:
        """Choose a file in the form of the button with these words, and press it."""
        button = page.button(words)
        form = page.form_of(button)
        field = next(each for each in page.fields(form) if each.attrs.get("type") == "file")
        address, headers = urljoin(page.url, form.attrs["action"]), {"Origin": self.origin, "Referer": page.url}
        pairs = [pair for pair in filled(page, form, {}) if pair[0] != field.attrs["name"]]
        chosen = {field.attrs["name"]: ("kunjungan.har", content)}
        return self._page(self._browser.post(address, data=pairs, files=chosen, headers=headers, timeout=60))

    def send(self, page: Page, form: Element, typed: dict[str, str], button: Element | None = None) -> Page:
        pairs = filled(page, form, typed)
        attrs = button.attrs if button else {}
        if "name" in attrs:
            pairs.append((attrs["name"], attrs.get("value", "")))
        address = urljoin(page.url, attrs.get("formaction") or form.attrs.get("action") or "")
        assert urlsplit(address).netloc == urlsplit(self.origin).netloc
        if form.attrs.get("method", "get").lower() == "get":
            return self._page(self._browser.get(address, params=pairs, timeout=60))
        headers = {"Origin": self.origin, "Referer": page.url}
        return self._page(self._browser.post(address, data=pairs, headers=headers, timeout=60))

    def sign_in(self, email: str, password: str) -> Page:
        page = self.open("/sign-in/")
        return self.press(page, "Sign in", {"E-mail": email, "Password": password})

    def _page(self, answer: requests.Response) -> Page:
        self.seen += [*answer.history, answer]
        headers = {name: value for name, value in answer.headers.items() if name in _OF_THE_PAGE}
        return Page(answer.url, answer.status_code, answer.content.decode("utf-8", "replace"), headers)


def filled(page: Page, form: Element, typed: dict[str, str]) -> list[tuple[str, str]]:
    """What a form sends once `typed` was typed into it. A label counts with or without its wire name behind it."""
    fields, missing = page.fields(form), dict(typed)
    pairs = []
    for each in fields:
        name, label = each.attrs["name"], page.label_of(each)
        words = next((word for word in missing if word in (name, label) or label.startswith(f"{word} ")), None)
        if each.attrs.get("type") in ("radio", "checkbox"):
            value = _ticked(page, each, typed)
        else:
            value = missing.pop(words) if words else value_of(each)
        if value is not None:
            pairs.append((name, value))
    wanted = {word for word in missing if word not in {each.attrs["name"] for each in fields}}
    assert not wanted, f"no field {wanted} among {[page.label_of(each) or each.attrs['name'] for each in fields]}"
    return pairs


def _ticked(page: Page, box: Element, typed: dict[str, str]) -> str | None:
    """A radio button is chosen by its name and value."""
    if box.attrs["name"] in typed:
        value = box.attrs.get("value", "on")
        return value if typed[box.attrs["name"]] == value else None
    return value_of(box)
