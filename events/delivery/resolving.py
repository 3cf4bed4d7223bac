"""Names to addresses within a time limit. `getaddrinfo` has none of its own, so it runs in a thread."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future

from events.delivery.attempt import Unreached
from events.domain.exchange import Failure

Resolver = Callable[[str, int], list[str]]


def ask_system(host: str, port: int) -> list[str]:
    """Ask the operating system; raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in answers]


class Resolution:
    """Lookups under a deadline. Sends that need the same name at the same time share one lookup and its thread,
    so that a resolver that hangs collects one thread per name and not one per send."""

    def __init__(self, resolver: Resolver = ask_system) -> None:
        """Resolve with `resolver`, which may block and raise OSError."""
        self._resolver = resolver
        self._under_way: dict[tuple[str, int], Future[list[str]]] = {}
        self._lock = threading.Lock()

    def lookup(self, host: str, port: int, timeout_s: float) -> list[str]:
        """Return the addresses of `host` as texts, at least one; raises Unreached."""
        try:
            answers = self._shared(host, port).result(timeout_s)
        except TimeoutError:
            raise Unreached(Failure.DNS, f"the name server did not answer for {host} in time") from None
        except (OSError, UnicodeError):
            raise Unreached(Failure.DNS, f"the name {host} was not found") from None
        if not answers:
            raise Unreached(Failure.DNS, f"the name {host} has no address")
        return answers

    def _shared(self, host: str, port: int) -> Future[list[str]]:
        key = (host, port)
        with self._lock:
            if key in self._under_way:
                return self._under_way[key]
            future = self._under_way[key] = Future()
        threading.Thread(target=self._run, args=(key, future), name="resolve", daemon=True).start()
        return future

    def _run(self, key: tuple[str, int], future: Future[list[str]]) -> None:
        try:
            answers = self._resolver(*key)
        except BaseException as error:
            # Whatever it is, it belongs to those who wait.
            self._close(key)
            future.set_exception(error)
        else:
            self._close(key)
            future.set_result(answers)

    def _close(self, key: tuple[str, int]) -> None:
        with self._lock:
            self._under_way.pop(key, None)
