"""The web process under large files: what one of them took is there for the next, whichever thread writes it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import requests

from events.management.commands.serve import THREADS
from tests.bench.outside import anonymous_megabytes
from tests.installation import Installation, free_port, new_installation

ROWS = 5_000
MOST_MB = 200
# The C library reserves so much for each heap, at a multiple of it, and uses the beginning.
RESERVED = 64 * 1024 * 1024
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (rw-p|---p) 00000000 00:00 0")

pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="only Linux tells")
SESSION = """from django.conf import settings; from django.test import Client; from events.models import Person
client = Client(); client.force_login(Person.objects.get(role='admin'))
print(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, _freshly_prepared: Installation) -> Iterator[tuple[int, float]]:
    """Heaps and megabytes of a web process that gave out the same file once for each of its threads."""
    folder = tmp_path_factory.mktemp("memory") / "data"
    with new_installation(folder, like=_freshly_prepared) as console:
        console.manage("fill_log", str(ROWS))
        name, cookie = console.manage("shell", "--no-imports", "-c", SESSION).stdout.split()
        port = free_port()
        with console.running("serve", PORT=str(port)) as process:
            console.wait_for_port(port, process)
            for _ in range(THREADS):
                address = f"http://127.0.0.1:{port}/log/export/?format=jsonl"
                answer = requests.get(address, cookies={name: cookie}, timeout=60)
                assert answer.text.count("\n") == ROWS
            yield heaps(process), anonymous_megabytes(process) or MOST_MB


def heaps(process: subprocess.Popen[bytes]) -> int:
    """How many heaps beside the first one its threads have: each is a used part and a reserved one, side by side."""
    lines = Path(f"/proc/{process.pid}/maps").read_text().splitlines()
    found = [(int(each[1], 16), int(each[2], 16), each[3]) for line in lines if (each := _MAPPING.match(line))]
    return sum(
        kind == "rw-p" and rest == "---p" and start % RESERVED == 0 and (end, after) == (begin, start + RESERVED)
        for (start, end, kind), (begin, after, rest) in pairwise(found)
    )


def test_all_threads_write_from_one_heap(measured: tuple[int, float]) -> None:
    # A heap for each would keep what its largest file took: some 20 MB, twelve times.
    assert measured[0] == 1


def test_a_file_from_every_thread_keeps_the_process_small(measured: tuple[int, float]) -> None:
    assert measured[1] < MOST_MB
