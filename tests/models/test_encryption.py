"""What opens an envelope, and what never does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.models import StorefrontKey, encryption
from tests.factories import (
    FIRST_MASTER_KEY,
    SECOND_MASTER_KEY,
    make_body,
    make_delivery,
    make_store,
    make_storefront_key,
)


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_again_in_its_place(content: bytes) -> None:
    assert (
        encryption.unseal(encryption.seal(content, context="table.column:row:1"), context="table.column:row:1")
        == content
    )


def test_the_same_content_never_looks_the_same_twice() -> None:
    assert encryption.seal(b"sfpk_sama", context="a") != encryption.seal(b"sfpk_sama", context="a")


@given(st.data())
def test_a_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    envelope = bytearray(encryption.seal(b"wulan.pertiwi@contoh.id", context="a"))
    place = data.draw(st.integers(0, len(envelope) - 1))
    envelope[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(encryption.Unreadable):
        encryption.unseal(bytes(envelope), context="a")


@given(st.integers(0, 80))
def test_an_envelope_that_was_cut_off_does_not_open(length: int) -> None:
    envelope = encryption.seal(b"x" * 60, context="a")
    with pytest.raises(encryption.Unreadable):
        encryption.unseal(envelope[:length], context="a")


@pytest.mark.parametrize("stored", [b"", b"\x01", b"sfpk_clear_text_in_the_column", b"\x01\xff", b"\x01\x02k1"])
def test_clear_text_in_a_column_is_never_handed_back(stored: bytes) -> None:
    with pytest.raises(encryption.Unreadable):
        encryption.unseal(stored, context="a")


def test_an_envelope_under_a_key_that_left_the_list_names_the_key(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    envelope = encryption.seal(b"x", context="a")
    settings.CONSOLE_MASTER_KEYS = FIRST_MASTER_KEY
    with pytest.raises(encryption.KeyMissing) as caught:
        encryption.unseal(envelope, context="a")
    assert caught.value.key_id == "k2"
    assert "master key k2" in caught.value.words


def test_another_key_under_the_same_id_does_not_open_it(settings: Any) -> None:
    envelope = encryption.seal(b"x", context="a")
    settings.CONSOLE_MASTER_KEYS = "k1:" + "C" * 42 + "A="
    with pytest.raises(encryption.Unreadable) as caught:
        encryption.unseal(envelope, context="a")
    assert not isinstance(caught.value, encryption.KeyMissing)


def test_the_second_key_of_the_list_still_opens_what_it_sealed(settings: Any) -> None:
    envelope = encryption.seal(b"x", context="a")
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    assert encryption.unseal(envelope, context="a") == b"x"
    assert encryption.key_id_of(encryption.seal(b"x", context="a")) == "k2"


@pytest.mark.django_db
def test_keys_swapped_between_two_stores_do_not_open() -> None:
    one, other = make_storefront_key(), make_storefront_key()
    StorefrontKey.objects.filter(pk=one.pk).update(envelope=bytes(other.envelope))
    one.refresh_from_db()
    with pytest.raises(encryption.Unreadable):
        one.reveal()


@pytest.mark.django_db
def test_a_key_moved_to_another_store_does_not_open() -> None:
    key = make_storefront_key()
    StorefrontKey.objects.filter(pk=key.pk).update(store=make_store())
    key.refresh_from_db()
    with pytest.raises(encryption.Unreadable):
        key.reveal()


@pytest.mark.django_db
def test_a_response_put_in_the_place_of_the_request_does_not_open() -> None:
    body = make_body(make_delivery(), b'{"events":[]}', b'{"error":"Bad request"}')
    body.request = body.response
    with pytest.raises(encryption.Unreadable):
        body.read_request()


@pytest.mark.django_db
def test_a_body_of_another_delivery_does_not_open() -> None:
    one, other = make_body(make_delivery(), b"{}"), make_body(make_delivery(), b"{}")
    one.request = other.request
    with pytest.raises(encryption.Unreadable):
        one.read_request()
