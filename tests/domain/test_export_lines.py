"""JSON Lines: one object a delivery, readable by any program and true to every digit."""

from __future__ import annotations

import json

from events.domain.export.entry import Side, buyer_of
from events.domain.export.lines import Lines
from events.domain.export.table import Table
from events.domain.tree import read
from tests.domain.entries import make_entry, make_exchanged


def test_an_object_has_the_columns_of_the_table() -> None:
    written = json.loads(Lines().piece(make_entry(), is_first=True))

    assert list(written) == [name.strip('"') for name in Table().head().decode("utf-8-sig").strip().split(",")]
    assert written["created_at"] == "2026-11-23T03:42:07.118Z"
    assert written["event_ids"] == ["ord-88212", "lead-1"]
    assert written["resend_of"] is None


def test_each_object_is_one_line() -> None:
    written = Lines().piece(make_entry(event_ids=("ord\n1\u2028",), error="\r\n"), is_first=True)

    assert written.count(b"\n") == 1
    assert written.endswith(b"\n")


def test_the_exchange_keeps_every_digit() -> None:
    written = Lines(with_exchange=True).piece(make_entry(exchanged=make_exchanged()), is_first=True)

    assert b'"value":95300.00' in written
    exchange = json.loads(written)["exchange"]
    assert exchange["response"] == {"error": "Bad request"}
    assert exchange["request_headers"] == [["Content-Type", "application/json"]]


def test_what_is_no_json_stands_as_text() -> None:
    page = make_exchanged(response=Side(text="<h1>Maaf</h1>", size=13))

    written = json.loads(Lines(with_exchange=True).piece(make_entry(exchanged=page), is_first=True))

    assert written["exchange"]["response"] == "<h1>Maaf</h1>"


def test_an_exchange_that_is_not_kept_is_null() -> None:
    assert json.loads(Lines(with_exchange=True).piece(make_entry(), is_first=True))["exchange"] is None


def test_half_a_surrogate_pair_is_written_all_the_same() -> None:
    assert json.loads(Lines().piece(make_entry(error="\ud83d"), is_first=True))["error"] == "\ud83d"


def test_the_buyer_in_clear_is_what_the_payload_says() -> None:
    known = buyer_of(read('{"user_data":{"em":"wulan@contoh.id","ph":6281290076543,"fn":["Wulan"]}}'))

    assert known == {
        "email": "wulan@contoh.id", "phone": "6281290076543", "first_name": "", "last_name": "", "external_id": "",
    }  # fmt: skip
    written = json.loads(Lines(is_clear=True).piece(make_entry(buyer_in_clear=known), is_first=True))
    assert written["buyer_in_clear"]["phone"] == "6281290076543"
