"""What the sandbox remembers, and how it explains its answers."""

from __future__ import annotations

import pytest

from events.sandbox.ledger import Ledger
from events.sandbox.running import Running
from events.sandbox.scenarios import KEY, STORE_ID
from tests.sandbox.talk import payload, post


def test_a_request_is_remembered_with_its_exact_bytes(sandbox: Running) -> None:
    body = b'{ "user_data":{},\n "events": [ {"event_id":"a","event_name":"b","parameters":{"value":95300.00}}]}'
    post(sandbox, body)
    (row,) = sandbox.received
    assert row.body == body
    assert (row.number, row.store_id, row.method, row.status, row.accepted) == (1, STORE_ID, "POST", 204, True)
    assert row.at.tzinfo is not None


def test_keys_are_remembered_masked_only(sandbox: Running) -> None:
    post(sandbox, headers={"Authorization": "Bearer sk_live_0123456789abcdef", "Cookie": "sessionid=abcdefghijklmnop"})
    (row,) = sandbox.received
    assert row.key == f"sfpk_…{KEY[-4:]}"
    for secret in (KEY, "sk_live_0123456789", "abcdefghijkl"):
        assert secret not in repr(row)


def test_a_short_key_shows_nothing_of_itself(sandbox: Running) -> None:
    post(sandbox, key="sfpk_abcd")
    assert sandbox.received[0].key == "…"


def test_headers_are_remembered_in_their_order(sandbox: Running) -> None:
    post(sandbox, headers={"X-Batik": "Parang"})
    names = [name for name, _ in sandbox.received[0].headers]
    assert names.index("Content-Type") < names.index("X-Batik") < names.index("X-Scalev-Storefront-Api-Key")


def test_the_trace_ends_with_the_contract_when_it_is_kept(sandbox: Running) -> None:
    post(sandbox)
    (row,) = sandbox.received
    assert all(step.passed for step in row.steps)
    assert row.decided_by is row.steps[-1]
    assert row.decided_by.rule == "the contract is kept"


def test_the_first_broken_rule_of_the_contract_decides(sandbox: Running) -> None:
    post(sandbox, payload(variants=[{"variant_unique_id": "v", "quantity": 0, "price": 1}]))
    (row,) = sandbox.received
    assert (row.decided_by.rule, row.decided_by.place) == ("minimum: 1", "variants[0].quantity")
    assert [step.place for step in row.steps if not step.passed] == ["variants[0].quantity", "variants[0].price"]


@pytest.mark.parametrize(
    ("store_id", "key", "rule"),
    [
        ("8812", KEY, "the store exists"),
        (STORE_ID, None, "a storefront key is sent"),
        (STORE_ID, "sk_live_123456", "the key is a storefront key"),
        ("store_sandbox_reject", "sfpk_sandbox_not_found_x", "scenario not_found"),
    ],
)
def test_each_404_names_the_rule_that_decided_it(sandbox: Running, store_id: str, key: str | None, rule: str) -> None:
    assert post(sandbox, store_id=store_id, key=key).status == 404
    (row,) = sandbox.received
    assert row.decided_by.rule == rule
    assert row.steps[-1] is row.decided_by, "what was not looked at is not in the trace"


def test_a_scenario_decides_whatever_the_body_says_and_the_verdict_is_kept_beside_it(sandbox: Running) -> None:
    post(sandbox, b"{}", store_id="store_sandbox_ok_200")
    (row,) = sandbox.received
    assert (row.scenario, row.decided_by.rule) == ("ok_200", "scenario ok_200")
    assert row.verdict is not None
    assert not row.verdict.accepted


def test_the_slow_store_explains_itself_by_the_contract(sandbox: Running) -> None:
    post(sandbox, b"{}", store_id="store_sandbox_slow")
    (row,) = sandbox.received
    assert (row.scenario, row.decided_by.rule, row.decided_by.place) == ("slow", "required", "user_data")


def test_only_the_last_requests_are_remembered(sandbox: Running) -> None:
    sandbox.app.ledger = Ledger(keep=3)
    for _ in range(5):
        post(sandbox)
    assert [row.number for row in sandbox.received] == [3, 4, 5]


def test_large_bodies_push_older_requests_out(sandbox: Running) -> None:
    sandbox.app.ledger = Ledger(keep_bytes=250_000)
    for _ in range(4):
        post(sandbox, payload(note="x" * 100_000))
    assert [row.number for row in sandbox.received] == [3, 4]


def test_reset_forgets_and_counts_from_one(sandbox: Running) -> None:
    post(sandbox)
    sandbox.reset()
    assert not sandbox.received
    post(sandbox)
    assert [row.number for row in sandbox.received] == [1]
