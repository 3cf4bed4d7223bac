"""`send_payload`: what it prints, and the four ways in which it can leave."""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.models import Delivery, Store
from events.sandbox.running import Running
from tests.factories import make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = (
    '{"event_source_url":"https://batiknusantara.contoh.id/","user_data":{"em":"wulan.pertiwi@contoh.id"},'
    '"events":[{"event_id":"1","event_name":"Lead"}]}'
)
BAD = GOOD.replace('"event_id":"1",', "")


@pytest.fixture
def store() -> Store:
    return make_storefront_key(make_store("Toko Batik Nusantara")).store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "payload.json"


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises((SystemExit, CommandError)) as left:
        call_command("send_payload", *arguments, stdout=out)
    if isinstance(left.value, CommandError):
        return left.value.returncode, str(left.value)
    assert isinstance(left.value, SystemExit)
    return int(left.value.code or 0), out.getvalue()


def as_json(*arguments: str) -> tuple[int, dict[str, Any]]:
    code, out = run(*arguments, "--json")
    return code, json.loads(out)


def test_an_accepted_payload_leaves_with_0_and_prints_the_exact_bytes(
    sandbox: Running, store: Store, file: Path
) -> None:
    file.write_text(GOOD.replace(",", ", \n"))

    code, found = as_json(store.store_id, str(file))

    assert code == 0
    assert (found["outcome"], found["status_code"], found["findings"]) == ("accepted", 204, [])
    assert found["request_body"] == GOOD == sandbox.received[-1].body.decode()
    assert found["response_body"] == ""
    assert found["id"] == Delivery.objects.get().pk


def test_a_store_is_found_by_its_name_too(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(GOOD)

    assert run("toko batik nusantara", str(file))[0] == 0


def test_contract_errors_leave_with_2_and_nothing_is_sent(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(BAD)

    code, found = as_json(store.store_id, str(file))

    assert (code, found["id"], found["outcome"]) == (2, None, None)
    assert [(each["code"], each["severity"], each["path"]) for each in found["findings"]] == [
        ("C023", "error", "events[0].event_id")
    ]
    assert sandbox.received == ()
    assert not Delivery.objects.exists()


def test_forced_errors_are_sent_and_a_refusal_leaves_with_1(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(BAD)

    code, found = as_json(store.store_id, str(file), "--force")

    assert (code, found["outcome"], found["status_code"]) == (1, "rejected", 400)
    assert json.loads(found["response_body"])["errors"]


def test_a_dry_run_sends_and_stores_nothing(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(GOOD)

    assert run(store.store_id, str(file), "--dry-run")[0] == 0
    file.write_text(BAD)
    assert run(store.store_id, str(file), "--dry-run", "--force")[0] == 2
    assert sandbox.received == ()
    assert not Delivery.objects.exists()


def test_verbatim_sends_the_files_own_bytes(sandbox: Running, store: Store, file: Path) -> None:
    own = GOOD.replace('":', '" :\t') + "\n"
    file.write_text(own)

    code, found = as_json(store.store_id, str(file), "--verbatim")

    assert (code, found["request_body"]) == (0, own)
    assert sandbox.received[-1].body.decode() == own


def test_bytes_that_are_no_utf8_come_back_as_base64(sandbox: Running, store: Store, file: Path) -> None:
    file.write_bytes(b'{"user_data":{"fn":"\xff"}}')

    code, found = as_json(store.store_id, str(file), "--verbatim", "--force")

    assert code == 1
    assert base64.b64decode(found["request_body_base64"]) == sandbox.received[-1].body
    assert "request_body" not in found


@pytest.mark.parametrize("source", ["{", '{"a":1,"a":2}', "", '{"value":NaN}'])
def test_input_that_cannot_be_read_leaves_with_3(sandbox: Running, store: Store, file: Path, source: str) -> None:
    file.write_text(source)

    code, message = run(store.store_id, str(file))

    assert code == 3
    assert "\n" not in message


def test_an_unknown_store_a_missing_file_and_a_wrong_option_leave_with_3(store: Store, file: Path) -> None:
    file.write_text(GOOD)

    assert run("store_nobody", str(file))[0] == 3
    assert run(store.store_id, "/nowhere/payload.json")[0] == 3
    assert run(store.store_id, str(file), "--colour")[0] == 3


def test_an_id_that_two_environments_share_is_not_guessed_at(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(GOOD)
    make_storefront_key(make_store("The same, live", store_id=store.store_id, environment="production"))

    code, message = run(store.store_id, str(file))

    assert code == 3
    assert "name the one that is meant" in message
    assert run(store.name, str(file))[0] == 0


def test_a_store_without_a_key_leaves_with_2(file: Path) -> None:
    file.write_text(GOOD)

    code, message = run(make_store().store_id, str(file))

    assert code == 2
    assert "no active storefront key" in message


def test_standard_input_is_read_for_a_dash(sandbox: Running, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))

    assert run(store.store_id, "-")[0] == 0


def test_digits_reach_the_wire_as_they_were_written(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(
        GOOD.replace('"Lead"', '"Lead","parameters":{"value":95300.00,"big":123456789012345678901234567890}')
    )

    run(store.store_id, str(file))

    assert b'{"value":95300.00,"big":123456789012345678901234567890}' in sandbox.received[-1].body


def test_findings_and_outcome_are_printed_in_words(sandbox: Running, store: Store, file: Path) -> None:
    file.write_text(GOOD.replace('"Lead"', '"purchase"'))

    code, out = run(store.store_id, str(file))

    assert code == 0
    assert "warning M010 (events[0].event_name): Meta will count" in out
    assert "ended as accepted with status 204." in out


@pytest.mark.parametrize("ways", [(), ("--verbatim", "--force")])
def test_a_second_send_of_the_same_event_says_what_meta_will_do_with_it(
    sandbox: Running, store: Store, file: Path, ways: tuple[str, ...]
) -> None:
    file.write_text(GOOD.replace('"event_id":"1"', '"event_id":"ord-88212-Lead"'))

    first, second = (run(store.store_id, str(file), *ways)[1] for _ in range(2))

    assert "Meta drops the second one" not in first
    assert "Meta drops the second one within 48 hours." in second
