"""`read_snippet` from a shell: what was read, what was not, and an exit status that a script can go by."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.domain.reading import Form
from events.models import Draft
from tests.domain.reading import specimens
from tests.factories import make_store

pytestmark = pytest.mark.django_db


def run(text: str | bytes, tmp_path: Path, *options: str) -> tuple[int, str]:
    file = tmp_path / "snippet"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("read_snippet", str(file), *options, stdout=out)
    return int(str(end.value.code)), out.getvalue()


def as_json(text: str | bytes, tmp_path: Path) -> tuple[int, dict[str, Any]]:
    code, out = run(text, tmp_path, "--json")
    return code, json.loads(out)


def test_a_copied_request_is_printed_as_payload_with_what_was_left_out(tmp_path: Path) -> None:
    code, told = as_json(specimens.curl_cmd(), tmp_path)

    assert (code, told["form"], told["store_id"]) == (0, Form.CURL_CMD, specimens.STORE)
    assert told["payload"] == json.loads(specimens.BODY)
    assert {"what": "cookie", "why": "Cookies are not read: no event carries them."} in told["not_read"]
    assert {finding["severity"] for finding in told["findings"]} <= {"warning", "hint"}


def test_every_digit_is_printed_as_it_was_written(tmp_path: Path) -> None:
    _code, out = run(specimens.fetch(), tmp_path, "--json")

    assert '"value":95300.00,' in out


def test_no_key_is_printed(tmp_path: Path) -> None:
    for options in ([], ["--json"]):
        assert "TokoBatikNusantara" not in run(specimens.powershell(), tmp_path, *options)[1]


def test_contract_errors_end_with_one_and_carry_their_fix(tmp_path: Path) -> None:
    code, told = as_json("fbq('track', 'purchase', {value: '95.300', currency: 'Rp'})", tmp_path)

    assert (code, told["form"]) == (1, Form.FBQ)
    assert [finding["path"] for finding in told["findings"] if finding["severity"] == "error"] == ["events[0].event_id"]
    assert any(finding["fix"] for finding in told["findings"])


def test_a_placeholder_that_nobody_filled_in_is_an_error(tmp_path: Path) -> None:
    code, told = as_json('{"user_data":{},"events":[{"event_id":"{{order.id}}","event_name":"Lead"}]}', tmp_path)

    assert (code, told["findings"][0]["code"]) == (1, "F002")
    assert told["findings"][0]["path"] == "events[0].event_id"


def test_several_requests_are_listed(tmp_path: Path) -> None:
    lead = '{"user_data":{"fn":"Sari"},"events":[{"event_id":"b","event_name":"Lead"}]}'

    code, told = as_json(specimens.har(specimens.BODY, lead), tmp_path)

    assert (code, [each["payload"]["events"][0]["event_name"] for each in told["payloads"]]) == (
        0,
        ["Purchase", "Lead"],
    )
    assert [each["at"][11:19] for each in told["payloads"]] == ["02:00:00", "02:00:01"]


def test_a_store_that_the_console_knows_is_judged_by_its_own_facts(tmp_path: Path) -> None:
    make_store(store_id=specimens.STORE, hosts=["toko-lain.contoh.id"])

    _code, told = as_json(specimens.curl_bash(), tmp_path)

    assert any("event_source_url" in finding["path"] for finding in told["findings"])


def test_json_that_does_not_parse_is_handed_back_as_text(tmp_path: Path) -> None:
    code, told = as_json('{"user_data": {}, "events": [}', tmp_path)

    assert (code, told["payload"], told["text"]) == (1, None, '{"user_data": {}, "events": [}')


@pytest.mark.parametrize("text", ["", "gtag('event', 'purchase')", f"curl {specimens.URL} -d @payload.json"])
def test_what_cannot_be_read_ends_with_three_and_says_why(text: str, tmp_path: Path) -> None:
    code, told = as_json(text, tmp_path)

    assert (code, told["payload"]) == (3, None)
    assert told["problem"]
    with pytest.raises(CommandError, match=r"\w") as refusal:
        call_command("read_snippet", str(tmp_path / "snippet"), stdout=StringIO())
    assert refusal.value.returncode == 3


def test_a_file_that_is_not_there_ends_with_three(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as refusal:
        call_command("read_snippet", str(tmp_path / "none"))

    assert refusal.value.returncode == 3


def test_standard_input_and_what_powershell_saves_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = BytesIO(specimens.powershell().encode("utf-16"))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=given))

    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("read_snippet", "-", stdout=out)

    assert "Read from a PowerShell command:" in out.getvalue()
    assert "not read: -WebSession." in out.getvalue()


def test_nothing_is_kept(tmp_path: Path) -> None:
    run(specimens.curl_bash(), tmp_path)

    assert not Draft.objects.exists()
