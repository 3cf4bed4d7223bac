"""The web process with one person signed in, for faults that are looked at in a browser."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.installation import Installation, free_port
from tests.journeys.composing import compose_for
from tests.journeys.reading import Page
from tests.journeys.visitor import Visitor

# Waits for a lock, or for a server, as long as a test can.
IMPATIENT = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "FAULTS_BUSY_SECONDS": "0.3"}
NOTHING: Mapping[str, str] = {}


@dataclass
class Web:
    """One `serve`, and the marketer in front of it."""

    process: subprocess.Popen[bytes]
    visitor: Visitor

    def compose(self) -> Page:
        """A fresh form for the seeded store."""
        return compose_for(self.visitor)

    def at_hand(self, page: Page) -> Page:
        """A page of an earlier process as it still stands in the browser, leading to this one."""
        return Page(f"{self.visitor.origin}/{page.url.split('/', 3)[3]}", page.status, page.html)


@contextmanager
def web_of(
    installation: Installation, settings: Mapping[str, str] = NOTHING, before: Web | None = None
) -> Iterator[Web]:
    """A running web process; the visitor signs in, or goes on with the session of the process `before`."""
    port = free_port()
    with installation.running("serve", PORT=str(port), **settings) as process:
        installation.wait_for_port(port, process)
        origin = f"http://127.0.0.1:{port}"
        if before:
            yield Web(process, Visitor(origin, before.visitor.cookies))
            return
        visitor = Visitor(origin)
        assert visitor.sign_in("marketer@console.test", installation.first_passwords["marketer"]).heading == "Compose"
        yield Web(process, visitor)
