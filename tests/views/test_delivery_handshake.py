"""A secure connection that failed, as its delivery's page tells it: after a real send, and in older rows."""

from __future__ import annotations

import html
import re
import ssl
from typing import Any

import pytest
import trustme
from django.test import Client
from django.utils import timezone

from events.delivery import sender
from tests.delivery.faults import serving
from tests.factories import make_person, make_storefront_key
from tests.views.exchanges import ORDER, make_exchange

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _rani(client: Client) -> None:
    client.force_login(make_person("admin"))


def page_of(client: Client, pk: int) -> str:
    markup = client.get(f"/log/{pk}/").content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def test_a_certificate_that_nobody_vouches_for_is_named_with_a_next_step(client: Client, settings: Any) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with serving(tls=context) as server:
        settings.SCALEV_ENVIRONMENTS = {"sandbox": server.origin}
        delivery = sender.send(store=make_storefront_key().store, payload=ORDER, by=None, now=timezone.now())

    page = page_of(client, delivery.pk)

    assert delivery.outcome == "unreachable"
    assert "The certificate at Scalev's address cannot be trusted." in page
    assert "No byte of the event left the console." in page
    assert "whether a firewall or proxy on the way puts a certificate of its own in place of Scalev's" in page
    assert "certificate_untrusted" in page


@pytest.mark.parametrize(
    ("outcome", "failure", "detail", "sentence"),
    [
        ("unreachable", "tls", "certificate has expired", "The secure connection to Scalev could not be made."),
        (
            "interrupted",
            "garbage",
            "the head of the answer was too long to read",
            "What came back could not be read as an HTTP answer.",
        ),
    ],
)
def test_a_row_from_before_its_cause_was_told_apart_stays_readable(
    client: Client, outcome: str, failure: str, detail: str, sentence: str
) -> None:
    facts = {"failure": failure, "failure_detail": detail, "bytes_may_have_left": outcome == "interrupted"}
    delivery = make_exchange(outcome, None, b"", facts=facts)

    page = page_of(client, delivery.pk)

    assert sentence in page
    assert f"{detail.capitalize()} {failure}" in page
