"""`python -m tests.faults.worker [PLACE]`: a process that sends what it is told to, and may stand still in the middle.

It reads one JSON command a line and answers with one JSON object a line. At PLACE, the name of an entry of `PLACES`,
it says so and waits for one more line before it goes on: there the test kills, stops or starves it.
"""

from __future__ import annotations

import functools
import json
import sys
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  # models need the apps
from django.utils import timezone  # noqa: E402

from events.delivery import client, sender  # noqa: E402
from events.models import Delivery, Store, statements  # noqa: E402
from tests.faults.payload import body  # noqa: E402

STORE = "Toko Batik Nusantara"


def main() -> None:
    if sys.argv[1:]:
        PLACES[sys.argv[1]]()
    _say({"ready": True})
    for line in sys.stdin:
        command = json.loads(line)
        _say(COMMANDS[command.pop("do")](**command))


def send(token: str, event_id: str, padding: int = 0, blanks: int = 0, at: float = 0) -> dict[str, Any]:
    """Send one Purchase, made larger as `body` says, and not before the time `at` (seconds since the epoch)."""
    store = Store.objects.get(name=STORE)
    time.sleep(max(0.0, at - time.time()))
    try:
        sent = sender.send(
            store=store, payload=body(event_id, padding, blanks), by=None, now=timezone.now(), token=uuid.UUID(token)
        )
    except sender.NotSendable as refusal:
        return {"refused": str(refusal.text)}
    return _told(sent)


def crowd(token: str, event_id: str, threads: int) -> list[dict[str, Any]]:
    """Send it from that many threads at once."""
    start = threading.Barrier(threads)

    def one(_number: int) -> dict[str, Any]:
        start.wait()
        try:
            return send(token, event_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as at_once:
        return list(at_once.map(one, range(threads)))


def look(ahead_s: float = 0) -> list[dict[str, Any]]:
    """All deliveries, as whoever looks finds them; the clock of who looks may run ahead or behind."""
    Delivery.objects.close_expired(timezone.now() + timedelta(seconds=ahead_s))
    return [_told(each) | _kept(each) for each in Delivery.objects.select_related("body").order_by("id")]


def _told(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "token": str(delivery.form_token),
        "event_id": delivery.first_event_id,
        "outcome": str(delivery.outcome),
        "status_code": delivery.status_code,
        "answer_lost": delivery.answer_lost,
    }


def _kept(delivery: Delivery) -> dict[str, Any]:
    response = delivery.body.read_response()
    return {
        "request": len(delivery.body.read_request().body),
        "response": response.body.decode() if response else None,
    }


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _stand_still(place: str) -> None:
    _say({"at": place})
    sys.stdin.readline()


def _before(room: Any, name: str, place: str) -> None:
    real = getattr(room, name)

    @functools.wraps(real)
    def late(*arguments: Any, **named: Any) -> Any:
        _stand_still(place)
        return real(*arguments, **named)

    setattr(room, name, late)


def _after(room: Any, name: str, place: str) -> None:
    real = getattr(room, name)

    @functools.wraps(real)
    def late(*arguments: Any, **named: Any) -> Any:
        found = real(*arguments, **named)
        _stand_still(place)
        return found

    setattr(room, name, late)


PLACES: dict[str, Callable[[], None]] = {
    "before the commit": lambda: _after(statements, "insert", "before the commit"),
    "before the call": lambda: _before(client, "post", "before the call"),
    "after the answer": lambda: _after(client, "post", "after the answer"),
}
COMMANDS: dict[str, Callable[..., Any]] = {"send": send, "crowd": crowd, "look": look}

if __name__ == "__main__":
    main()
