"""Who gets past the door: method, path, store ID, key and content type."""

from __future__ import annotations

import pytest

from events.sandbox.running import Running
from events.sandbox.scenarios import KEY
from tests.sandbox.talk import ask, post


def test_a_valid_event_gets_204_an_empty_body_and_the_rate_limit_headers(sandbox: Running) -> None:
    reply = post(sandbox)
    assert (reply.status, reply.body) == (204, b"")
    assert int(reply.headers["x-ratelimit-remaining"]) == int(reply.headers["x-ratelimit-limit"]) - 1
    assert int(reply.headers["x-ratelimit-reset"]) > 0
    assert "content-length" not in reply.headers


def test_any_other_store_id_and_storefront_key_are_accepted(sandbox: Running) -> None:
    assert post(sandbox, store_id="store_vlTest", key="sfpk_abcdefgh").status == 204


@pytest.mark.parametrize("store_id", ["8812", "store_", "store-a", "store_a%20b", "toko.contoh.id", "", "STORE_a"])
def test_a_store_id_of_another_form_is_not_found(sandbox: Running, store_id: str) -> None:
    reply = post(sandbox, store_id=store_id)
    assert (reply.status, reply.json()) == (404, {"error": "Store not found"})


@pytest.mark.parametrize("key", [None, "", "sk_live_1234567890", "rk_1234567890", "page_123456", "SFPK_12345678"])
def test_a_missing_page_or_business_key_is_not_found(sandbox: Running, key: str | None) -> None:
    reply = post(sandbox, key=key)
    assert (reply.status, reply.json()) == (404, {"error": "Store not found"})


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/x-www-form-urlencoded", "application/jsonp"])
def test_a_content_type_other_than_json_is_refused(sandbox: Running, media_type: str) -> None:
    assert post(sandbox, headers={"Content-Type": media_type}).status == 400


def test_the_content_type_may_name_a_charset(sandbox: Running) -> None:
    assert post(sandbox, headers={"Content-Type": "Application/JSON; charset=utf-8"}).status == 204


def test_another_method_is_told_which_one_is_right(sandbox: Running) -> None:
    reply = ask(sandbox, "GET", "/v3/stores/store_a/public/analytics/meta/events")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_a_followed_redirect_is_seen(sandbox: Running) -> None:
    assert ask(sandbox, "POST", "/elsewhere", b"{}").status == 404
    assert [(row.path, row.status) for row in sandbox.received] == [("/elsewhere", 404)]


def test_a_refusal_nests_its_errors_like_the_payload(sandbox: Running) -> None:
    body = (
        b'{"user_data": {"em": 1}, "events": [{"event_id": "a", "event_name": "b"}, {"event_id": "c"}],'
        b' "variants": [1, {"variant_unique_id": "v", "quantity": 0, "price": 1}]}'
    )
    assert post(sandbox, body).json()["errors"] == {
        "user_data": {"em": ["must be a string, found 1"]},
        "events": [{}, {"event_name": ["is required"]}],
        "variants": [
            ["must be an object, found 1"],
            {
                "quantity": ["must be at least 1, found 0"],
                "price": ["is not allowed here; allowed are variant_unique_id, quantity"],
            },
        ],
    }


def test_a_body_that_is_not_json_is_refused_in_words(sandbox: Running) -> None:
    reply = post(sandbox, b"{")
    assert reply.status == 400
    assert "is not JSON" in reply.json()["error"]
    assert "errors" not in reply.json()


def test_a_body_nested_a_million_deep_is_refused_and_the_sandbox_lives_on(sandbox: Running) -> None:
    assert post(sandbox, b"[" * 1_000_000).status == 400
    assert post(sandbox, key=KEY).status == 204
