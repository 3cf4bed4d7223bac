"""Commands and pages work on the same data at the same time."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

from events.sandbox.scenarios import STORE_ID
from tests.journeys.composing import ITEM, compose_for, sent
from tests.journeys.console import Console
from tests.journeys.test_people_come_and_go import PASSWORD, new_email
from tests.journeys.test_stores_and_keys import new_key
from tests.journeys.visitor import Visitor


def test_what_a_script_sends_is_found_on_the_page(console: Console, support: Visitor, tmp_path: Path) -> None:
    event_id = f"ord-{uuid4().hex[:10]}-Purchase"
    payload = tmp_path / "purchase.json"
    payload.write_text(_purchase(event_id), encoding="utf-8")

    ended = console.installation.manage("send_payload", STORE_ID, str(payload), "--json")

    told = json.loads(ended.stdout)
    assert (ended.returncode, told["outcome"], told["status_code"]) == (0, "accepted", 204)
    assert told["request_body"] == console.received(event_id)[0]["body"]
    page = support.open(f"/log/{told['id']}/")
    assert page.heading.startswith("Accepted")
    assert "command line" in page.text


def test_a_script_learns_by_the_exit_status_how_it_went(console: Console) -> None:
    manage = console.installation.manage
    breach = _purchase(uuid4().hex).replace('"quantity": 2', '"quantity": 0')
    assert manage("send_payload", STORE_ID, "-", stdin=breach).returncode == 2
    forced = manage("send_payload", STORE_ID, "-", "--json", "--force", stdin=breach)
    assert (forced.returncode, json.loads(forced.stdout)["outcome"]) == (1, "rejected")
    assert json.loads(forced.stdout)["findings"][0]["path"] == "variants[0].quantity"
    assert manage("send_payload", "store_Gaib", "-", stdin=breach).returncode == 3


def test_what_was_sent_on_the_page_is_found_by_a_script(console: Console, marketer: Visitor) -> None:
    page = compose_for(marketer)
    sent(marketer, page)

    found = console.installation.manage("search_log", page.value("Event ID"), "--json")

    told = json.loads(found.stdout)
    assert (told["event_ids"], told["outcome"]) == ([page.value("Event ID")], "accepted")


def test_a_store_added_by_a_script_is_offered_at_once(console: Console, marketer: Visitor) -> None:
    name = f"Kopi Gayo {uuid4().hex[:8]}"
    arguments = (name, f"store_Kopi{uuid4().hex[:8]}", "--environment", "sandbox")

    added = console.installation.manage("add_store", *arguments, stdin=new_key())

    assert added.returncode == 0, added.stderr
    assert sent(marketer, compose_for(marketer, name)).heading.startswith("Accepted")


def test_an_invitation_made_by_a_script_lets_somebody_in(console: Console) -> None:
    made = console.installation.manage(
        "add_person", new_email(), "--role", "support", "--invite", "--url", console.origin
    )
    invited = Visitor(console.origin)

    page = invited.open(made.stdout.strip())

    typed = {"New password": PASSWORD, "The same password again": PASSWORD}
    assert invited.press(page, "Join and sign in", typed).heading == "Compose"


def _purchase(event_id: str) -> str:
    return json.dumps(
        {
            "event_source_url": "https://batiknusantara.example/terima-kasih",
            "user_data": {"em": "wulan.pertiwi@contoh.id", "ph": "6281290076543", "fn": "Wulan"},
            "events": [
                {
                    "event_id": event_id,
                    "event_name": "Purchase",
                    "parameters": {"currency": "IDR", "value": 378000, "order_id": event_id[:14]},
                }
            ],
            "variants": [{"variant_unique_id": ITEM, "quantity": 2}],
        }
    )
