"""Somebody who sends from her browser, as far as the console sees it: what she is handed, and what she reports."""

from __future__ import annotations

from typing import Any

from django.test import Client

from events.models import Delivery, Store
from tests.factories import make_store, make_storefront_key
from tests.reports import told
from tests.views.form_data import FormData, inputs_of

KEY = "sfpk_TokoBatikNusantara7Kx2QdP4mZr8Lw"
SCALEV = "http://127.0.0.1:9"  # nobody answers there


def make_shop(**fields: Any) -> Store:
    return make_storefront_key(make_store("Toko Batik Nusantara", **fields), value=KEY).store


def start(client: Client) -> tuple[str, FormData]:
    """A new composition: the address that hands it over, and its form."""
    response = client.get("/compose/", follow=True)
    return f"{response.redirect_chain[-1][0]}browser/", inputs_of(response)


def ask(client: Client, **changes: str) -> tuple[Any, Delivery]:
    """Press Send on a new composition; what the page is handed, and the row."""
    url, data = start(client)
    order = client.post(url, data.but({"do": "send", "channel": "browser", **changes})).json()
    return order, Delivery.objects.latest("id")


def tell(client: Client, order: Any, report: dict[str, Any] | None = None, **more: Any) -> Any:
    """Report on a call that was handed over, with its own ticket unless the report has one."""
    body = (report or told()) | ({} if report and report["ticket"] else {"ticket": order["ticket"]})
    return client.post(order["report"], body, content_type="application/json", **more)
