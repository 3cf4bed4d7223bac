"""The console and its sandbox, running as processes of their own as `make run` starts them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.installation import Installation, free_port
from tests.journeys.visitor import Visitor

ROLES = ("marketer", "support", "admin")


@dataclass
class Console:
    """`origin` is where people find it, `passwords` by role what they sign in with at first."""

    installation: Installation
    origin: str
    passwords: dict[str, str]
    _signed_in: dict[str, Visitor] = field(default_factory=dict)

    @property
    def sandbox(self) -> str:
        return f"http://127.0.0.1:{self.installation.environment['SANDBOX_PORT']}"

    def visitor(self, role: str) -> Visitor:
        """A browser in which the seeded person of this role is signed in: sign-ins are rationed, so once each."""
        if role not in self._signed_in:
            fresh = Visitor(self.origin)
            assert fresh.sign_in(f"{role}@console.test", self.passwords[role]).heading == "Compose"
            self._signed_in[role] = fresh
        return self._signed_in[role].tab()

    def received(self, event_id: str) -> list[dict[str, Any]]:
        """The requests with this event ID that reached the sandbox, newest first."""
        told = requests.get(f"{self.sandbox}/requests.json", timeout=10).json()
        return [each for each in told["requests"] if json.dumps(event_id) in each.get("body", "")]


@contextmanager
def console_of(prepared: Installation, **environment: str) -> Iterator[Console]:
    """Web and sandbox of a prepared installation, both listening."""
    with sandbox_of(prepared, **environment) as console, web_of(console):
        yield console


@contextmanager
def sandbox_of(prepared: Installation, **environment: str) -> Iterator[Console]:
    """A prepared installation with its sandbox listening: `web_of` brings up the rest of it."""
    prepared.environment |= {"SCALEV_ENVIRONMENTS": _environments(prepared)} | environment
    with prepared.running("sandbox") as sandbox:
        prepared.wait_for_port(int(prepared.environment["SANDBOX_PORT"]), sandbox)
        yield Console(prepared, "", prepared.first_passwords)


@contextmanager
def web_of(console: Console) -> Iterator[subprocess.Popen[bytes]]:
    """A web process; `console.origin` points to it."""
    installation, port = console.installation, free_port()
    with installation.running("serve", PORT=str(port)) as process:
        installation.wait_for_port(port, process)
        console.origin = f"http://127.0.0.1:{port}"
        yield process


def _environments(prepared: Installation) -> str:
    """The sandbox, and three addresses at which nothing can be delivered."""
    sandbox = f"127.0.0.1:{prepared.environment['SANDBOX_PORT']}"
    origins = {
        "production": "https://api.scalev.com",
        "sandbox": f"http://{sandbox}",
        "closed": f"http://127.0.0.1:{free_port()}",
        "nowhere": "https://toko.invalid",
        "without-tls": f"https://{sandbox}",
    }
    return ",".join(f"{name}={origin}" for name, origin in origins.items())
