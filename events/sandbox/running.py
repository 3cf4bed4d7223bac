"""A sandbox that runs inside this process, for tests and journeys."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from .app import Sandbox
from .cross_origin import Registered
from .ledger import Received
from .limiter import Limiter
from .server import Server
from .wire import Pace

# Short enough for a test, long enough to be seen on a busy machine.
QUICK = Pace(slow_seconds=0.3, hang_seconds=30, drip_seconds=0.05, huge_bytes=8_000_000, bomb_bytes=16_000_000)


@dataclass(frozen=True)
class Running:
    """A sandbox that is listening. `origin` is what an environment of the console would name."""

    origin: str
    app: Sandbox

    @property
    def received(self) -> tuple[Received, ...]:
        """The requests to the events endpoint so far, oldest first."""
        return self.app.ledger.rows()

    def reset(self) -> None:
        """Forget them."""
        self.app.ledger.reset()

    def url(self, store_id: str) -> str:
        """The address of the events endpoint of a store."""
        return f"{self.origin}/v3/stores/{store_id}/public/analytics/meta/events"


@contextmanager
def running_sandbox(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    pace: Pace = QUICK,
    limiter: Limiter | None = None,
    registered: Registered | None = None,
) -> Iterator[Running]:
    """Serve from a thread on a free port; everything has ended when the block is left."""
    app = Sandbox(limiter=limiter or Limiter(), bomb_bytes=pace.bomb_bytes, registered=registered or Registered())
    server = Server(host, port, app, pace)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Running(server.origin, app)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
