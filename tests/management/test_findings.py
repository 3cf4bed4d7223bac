"""What the commands for scripts print of odd payloads: one line, JSON, and every digit as it was."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_store

pytestmark = pytest.mark.django_db

LONG = "9" * 5000
EVENT = '{"event_id":"1","event_name":"Purchase","parameters":{"value":95300.00,"n":0.1234567890123456789012}}'


def payload(*members: str, events: str = f"[{EVENT}]") -> str:
    return "{" + ",".join((*members, f'"events":{events}')) + "}"


def quantity(text: str) -> str:
    return f'"variants":[{{"variant_unique_id":"variant_1","quantity":"{text}"}}]'


ODD = {
    "a quantity of 5000 digits": payload('"user_data":{}', quantity(LONG)),
    "a quantity beyond every number": payload('"user_data":{}', quantity("1e999")),
    "a location of 5000 digits": payload(f'"user_data":{{"location_id":"{LONG}"}}'),
    "a price of 5000 digits": payload('"user_data":{}', events=f"[{EVENT}]".replace("95300.00", f'"Rp {LONG}"')),
    "half a character as a key": payload('"user_data":{"\\ud800":""}'),
    "half a character in an ID": payload('"user_data":{}', events=f"[{EVENT}]".replace('"1"', '"x1234 \\ud800 "')),
}


def printed(text: str, file: Path, *command: str) -> str:
    file.write_text(text)
    out = io.StringIO()
    with pytest.raises((SystemExit, CommandError)):
        call_command(*command, str(file), "--json", stdout=out)
    return out.getvalue()


def refuse(name: str) -> None:
    raise ValueError(name)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", ["send_payload", "read_snippet"])
def test_an_odd_payload_is_told_as_one_line_of_json(name: str, text: str, tmp_path: Path) -> None:
    command = ("send_payload", make_store().store_id, "--dry-run") if name == "send_payload" else (name,)

    told = printed(text, tmp_path / "payload.json", *command)

    assert told.count("\n") == 1
    assert json.loads(told.encode(), parse_int=str, parse_float=str, parse_constant=refuse)["findings"]


@pytest.mark.parametrize("name", ["send_payload", "read_snippet"])
def test_a_fix_keeps_every_digit(name: str, tmp_path: Path) -> None:
    command = ("send_payload", make_store().store_id, "--dry-run") if name == "send_payload" else (name,)

    told = printed(payload('"user_data":{}', events=EVENT), tmp_path / "payload.json", *command)

    assert f'"fix":[{{"op":"replace","path":"/events","value":[{EVENT}]}}]' in told
