"""What was sent, read again as a tree: None for whatever cannot be read, never an error."""

from __future__ import annotations

import pytest

from events.domain.tree import Number, Object
from events.models import Body, Delivery
from events.models.body import payload_of
from tests.factories import make_body, make_delivery

pytestmark = pytest.mark.django_db


def test_what_was_sent_is_a_tree_digit_for_digit() -> None:
    delivery = make_delivery()
    make_body(delivery, b'{"value":95300.00}')

    assert payload_of(delivery) == Object((("value", Number("95300.00")),))


@pytest.mark.parametrize("sent", [b"", b"not JSON", b'{"a":1,"a":2}', b"\xff"])
def test_what_is_no_json_is_none(sent: bytes) -> None:
    delivery = make_delivery()
    make_body(delivery, sent)

    assert payload_of(delivery) is None


def test_what_is_not_kept_any_more_is_none() -> None:
    assert payload_of(make_delivery()) is None


def test_what_was_tampered_with_is_none() -> None:
    delivery = make_delivery()
    make_body(delivery, b"{}")
    Body.objects.update(request=b"\0" * 80)

    assert payload_of(Delivery.objects.get()) is None
