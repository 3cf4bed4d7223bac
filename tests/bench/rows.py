"""Fills an installation with deliveries, as its own sends leave them, and says how its pages can be opened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Delivery, Draft
from tests.bench.purchase import admin, purchase, sent, shop


def answer(number: int) -> dict[str, Any]:
    """Sends `number` events; returns the session's cookie, the pages' addresses and the queries of each."""
    by, store = admin(), shop("at_once")
    for _ in range(number):
        sent(store, by, purchase())
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(by)
    browser.get(reverse("compose"))
    pages = {
        "compose": reverse("composition", args=[Draft.objects.get().token]),
        "log": reverse("log"),
        "delivery": reverse("delivery", args=[Delivery.objects.latest("id").pk]),
        "stores": reverse("stores"),
    }
    queries = {name: _queries(browser, address) for name, address in pages.items()}
    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    return {"cookie": {cookie.key: cookie.value}, "pages": pages, "queries": queries}


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)
