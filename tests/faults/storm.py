"""`python -m tests.faults.storm`: a process that sends one event after another until it is killed, again and again.

For each line on standard input it forks a sender, whose process ID it prints; once that is dead it prints "dead".
Forked, a new life costs milliseconds. Each begins like somebody who presses the button again: with the newest token.
"""

from __future__ import annotations

import os
import sys
import uuid

import django

django.setup()

from django.utils import timezone  # noqa: E402  # models need the apps

from events.delivery import sender  # noqa: E402
from events.models import Delivery, Store  # noqa: E402
from tests.faults.payload import body  # noqa: E402
from tests.faults.worker import STORE  # noqa: E402


def main() -> None:
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            live()
        _say(str(child))
        os.waitpid(child, 0)
        _say("dead")


def live() -> None:
    store = Store.objects.get(name=STORE)
    newest = Delivery.objects.first()
    if newest and newest.form_token:
        sender.send(store=store, payload=body("twice"), by=None, now=timezone.now(), token=newest.form_token)
    while True:
        token = uuid.uuid4()
        sender.send(store=store, payload=body(str(token)), by=None, now=timezone.now(), token=token)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
