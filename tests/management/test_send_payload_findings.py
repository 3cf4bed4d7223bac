"""What `send_payload` finds in a payload, and what it would put right: as the store stands, as JSON Patch."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import make_store

pytestmark = pytest.mark.django_db


def findings(file: Path, payload: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those of a dry run for a shop in Indonesia, by code."""
    return {each["code"]: each for each in told(file, payload)}


def told(file: Path, payload: dict[str, Any]) -> list[dict[str, Any]]:
    store = make_store(country="id", currency="IDR", hosts=["batiknusantara.contoh.id"])
    out = io.StringIO()
    file.write_text(json.dumps(payload))
    with pytest.raises(SystemExit):
        call_command("send_payload", store.store_id, str(file), "--dry-run", "--json", stdout=out)
    found: list[dict[str, Any]] = json.loads(out.getvalue())["findings"]
    return found


def test_a_fix_is_a_list_of_json_patch_operations_and_rests_on_what_is_known_of_the_store(tmp_path: Path) -> None:
    event = {"event_id": "ord-88213", "event_name": "Lead", "parameters": {"value": 189000}}
    found = findings(tmp_path / "payload.json", {"user_data": {"ph": "081290076543"}, "events": [event]})

    assert found["M001"]["fix"] == [{"op": "replace", "path": "/user_data/ph", "value": "6281290076543"}]
    assert found["M024"]["fix"] == [{"op": "add", "path": "/events/0/parameters/currency", "value": "IDR"}]
    assert found["M001"]["evidence"] == "Meta's documentation"


def test_a_finding_that_only_a_person_can_mend_has_no_fix(tmp_path: Path) -> None:
    event = {"event_id": "ord-88213", "event_name": "Lead"}
    page = "https://tokolain.contoh.id/checkout"

    found = findings(tmp_path / "payload.json", {"user_data": {}, "events": [event], "event_source_url": page})

    assert found["S010"]["fix"] is None


def test_a_placeholder_that_nobody_filled_in_is_an_error_at_its_place(tmp_path: Path) -> None:
    event = {"event_id": "{{order_id}}-Purchase", "event_name": "Lead", "parameters": {"order_id": "{{order.id}}"}}
    payload = {"user_data": {}, "events": [event]}

    found = [each for each in told(tmp_path / "payload.json", payload) if each["code"] == "F002"]

    assert [(each["severity"], each["path"]) for each in found] == [
        ("error", "events[0].event_id"),
        ("error", "events[0].parameters.order_id"),
    ]
    assert found[0]["message"] == "The placeholder {{order_id}} was not filled in."
