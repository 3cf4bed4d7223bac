"""`audit_recording`: the recording audit in the shell."""

from __future__ import annotations

import io
import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_store
from tests.recordings import COOKIE, EMAIL, KEY, ORDER, STORE_ID, call, event, har, hit, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    file = tmp_path / "visit.har"
    file.write_bytes(har(*visit()))
    return file


def ran(*arguments: str) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command("audit_recording", *arguments, stdout=output)
    except CommandError as error:
        return error.returncode, str(error)
    except SystemExit as left:
        return int(left.code or 0), output.getvalue()
    raise AssertionError("a command for scripts leaves with its exit status")


def test_each_pair_is_one_object_and_a_missing_half_ends_with_1(recording: Path) -> None:
    code, output = ran(str(recording), "--json")

    pairs: list[dict[str, Any]] = json.loads(output)["pairs"]
    assert code == 1
    assert [pair["verdict"] for pair in pairs] == ["paired", "browser_only", "differs", "server_only", "doubled"]
    assert pairs[2] == {
        "event_name": "AddToCart",
        "event_id": "atc-1",
        "verdict": "differs",
        "differences": ["events[0].parameters.value"],
        "browser_at": "2026-11-23T03:00:40+00:00",
        "server_at": "2026-11-23T03:00:40.500000+00:00",
        "sentence": "A pair to Meta, but its halves differ in `value`: Meta keeps only one of them.",
        "cure": "Write the same in both; what differs stands below.",
        "values": [{"path": "events[0].parameters.value", "browser": "189000", "server": "198000"}],
        "findings": [],
    }


def test_all_paired_ends_with_0(recording: Path) -> None:
    recording.write_bytes(har(hit("Purchase", "p-1", **ORDER), call(event("Purchase", "p-1", **ORDER))))

    assert ran(str(recording))[0] == 0


def test_a_recording_without_an_event_proves_nothing(recording: Path) -> None:
    recording.write_bytes(har())

    code, output = ran(str(recording))

    assert code == 1
    assert "no hit of Meta's pixel and no call to Scalev's relay" in output


def test_people_read_a_line_for_each_event_and_what_was_left_out(recording: Path) -> None:
    _code, output = ran(str(recording))

    assert "doubled  Purchase ord-88213-Purchase  The browser sent this 2 times with one ID" in output
    assert "not judged: 1 × Preflights" in output


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<html>", "web page"), (har(*visit())[:-40], "breaks off after 11 calls"), (b"", "empty")],
)
def test_what_cannot_be_read_ends_with_3(recording: Path, content: bytes, words: str) -> None:
    recording.write_bytes(content)

    code, message = ran(str(recording), "--json")

    assert code == 3
    assert words in message


def test_a_file_that_is_not_there_ends_with_3(tmp_path: Path) -> None:
    assert ran(str(tmp_path / "visit.har"))[0] == 3
    assert ran(str(tmp_path))[0] == 3


def test_a_dash_is_standard_input(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(recording.read_bytes())))

    assert json.loads(ran("-", "--json")[1])["pairs"][0]["verdict"] == "paired"


def test_no_credential_and_no_buyer_is_printed(recording: Path) -> None:
    recording.write_bytes(har(*visit(), call(event("Lead", f"{EMAIL}\x1b[31m"))))

    for arguments in ((str(recording),), (str(recording), "--json")):
        _code, output = ran(*arguments)
        assert [secret for secret in (COOKIE, KEY, "Wulan", "\x1b") if secret in output] == []


def test_a_store_that_the_console_knows_lends_the_rules_its_country_and_is_asked_for_once(recording: Path) -> None:
    make_store(store_id=STORE_ID, environment="production")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        ran(str(recording))

    assert len(asked) == 1


WRONG = {**ORDER, "value": "Rp 378.000", "currency": "Rp"}


def test_a_pair_that_both_halves_tell_wrong_is_printed_with_what_the_rules_say_of_each(recording: Path) -> None:
    recording.write_bytes(har(hit("Purchase", "p-1", **WRONG), call(event("Purchase", "p-1", **WRONG))))

    _code, output = ran(str(recording))

    assert output.startswith("paired  Purchase p-1  A pair, 400 ms apart")
    assert "\n  warning M021 (browser, cd[value]): " in output
    assert "\n  warning M021 (server, events[0].parameters.value): " in output


def test_a_line_is_followed_by_what_is_to_do_and_by_what_differs(recording: Path) -> None:
    _code, output = ran(str(recording))

    assert "\n  to do: Write the same in both; what differs stands below.\n" in output
    assert "\n  events[0].parameters.value: browser 189000, server 198000. They differ." in output


def test_a_finding_says_on_which_half_it_is_and_how_a_payload_is_mended(recording: Path) -> None:
    recording.write_bytes(har(hit("Purchase", "p-1", **WRONG), call(event("Purchase", "p-1", **WRONG))))

    (pair,) = json.loads(ran(str(recording), "--json")[1])["pairs"]

    found = {(each["side"], each["code"]): each for each in pair["findings"]}
    assert found["browser", "M021"]["place"] == "cd[value]"
    assert found["browser", "M021"]["fix"] is None
    assert found["server", "M021"]["place"] == found["server", "M021"]["path"] == "events[0].parameters.value"
    assert found["server", "M021"]["fix"] == [{"op": "replace", "path": "/events/0/parameters/value", "value": 378000}]


def test_half_a_character_is_printed_as_its_escape(recording: Path) -> None:
    recording.write_bytes(har(call(event("Lead", "\ud83d"))))

    code, output = ran(str(recording), "--json")

    assert (code, json.loads(output)["pairs"][0]["event_id"]) == (1, "\ud83d")
    assert output.encode()
    assert ran(str(recording))[1].encode()


def test_no_key_and_no_buyer_is_printed_where_they_stand_in_an_id(recording: Path) -> None:
    buyer = "sari.dewi@contoh.id"
    wrong = {**WRONG, "note": f"{EMAIL} {buyer}"}
    recording.write_bytes(har(hit("Lead", KEY, **ORDER), hit("Lead", buyer), call(event("Lead", KEY, **wrong))))

    for arguments in ((str(recording),), (str(recording), "--json")):
        assert KEY not in ran(*arguments)[1]
        assert EMAIL not in ran(*arguments)[1]
    assert buyer not in ran(str(recording))[1]


def test_of_more_buyers_than_can_be_masked_the_verdicts_are_printed_and_no_foreign_text(recording: Path) -> None:
    buyers = [call(event("Lead", f"lead-{number}"), user_data={"em": f"b{number}@contoh.id"}) for number in range(120)]
    recording.write_bytes(har(*buyers))

    _code, output = ran(str(recording))

    assert output.startswith("server_only  ••• •••  Only the server sent this: no hit of the pixel")
    assert "lead-7" not in output
