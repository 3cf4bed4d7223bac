"""The web process under large files: what one of them took is there for the next, whichever thread writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.bench.outside import anonymous_megabytes
from tests.installation import Installation, free_port

ROWS, FILES = 5_000, 14
# A process grows a little by itself; a thread that kept its own heap would add two or three a file.
GROWTH_MB = 12

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells")
SESSION = """from django.conf import settings; from django.test import Client; from events.models import Person
client = Client(); client.force_login(Person.objects.get(role='admin'))
print(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)"""


def test_file_after_file_takes_no_more_memory(prepared: Installation) -> None:
    prepared.manage("fill_log", str(ROWS))
    name, cookie = prepared.manage("shell", "--no-imports", "-c", SESSION).stdout.split()
    port, taken = free_port(), []
    with prepared.running("serve", PORT=str(port)) as process:
        prepared.wait_for_port(port, process)
        for _ in range(FILES):
            address = f"http://127.0.0.1:{port}/log/export/?format=jsonl"
            answer = requests.get(address, cookies={name: cookie}, timeout=60)
            assert answer.text.count("\n") == ROWS
            taken.append(anonymous_megabytes(process) or 0.0)
    assert max(taken) < taken[1] + GROWTH_MB, taken
