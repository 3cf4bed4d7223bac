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
    store = make_store(country="id", currency="IDR", hosts=["batiknusantara.contoh.id"])
    out = io.StringIO()
    file.write_text(json.dumps(payload))
    with pytest.raises(SystemExit):
        call_command("send_payload", store.store_id, str(file), "--dry-run", "--json", stdout=out)
    return {each["code"]: each for each in json.loads(out.getvalue())["findings"]}


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
