"""`manage.py serve`: the web process."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any

import waitress
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand
from django.urls import get_resolver

from events.forms.recording import MOST_SENT
from events.management import preflight
from events.management.housekeeping import Housekeeper
from events.management.preflight import CannotStart

# One request may wait a whole deadline for Scalev: enough threads that others get through meanwhile. Each keeps
# a database connection with its page cache.
THREADS = 12
# A little above the largest file that a form takes. Only a recording is ever that large, and only where no script cut
# it down before it was sent: what does not fit into memory then lies in a file without a name, until it was read.
BODY_LIMIT = MOST_SENT + 1_048_576
KEPT_IN_MEMORY = 16 * 1_048_576
# An export is written no further ahead of who reads it.
WRITTEN_AHEAD = 1_048_576
# By which the C library of Linux knows how many heaps its threads share.
_M_ARENA_MAX, _HEAPS = -8, 2


class Command(BaseCommand):
    help = "Serve the console on HOST and PORT until SIGTERM or SIGINT."
    # Asked below, one line a problem.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        os.umask(0o077)
        _share_heaps()
        CannotStart.if_any(preflight.problems())
        # Asked before waitress tries: where that fails it leaves its socket open.
        CannotStart.if_any(preflight.port_problems(settings.HOST, settings.PORT, "PORT"))
        # Loaded now, so that neither the first page waits for it nor a fault in it hides until then.
        _ = get_resolver().url_patterns
        _pass_over_what_is_loaded()
        server = _listen(settings.HOST, settings.PORT)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        self.stdout.write(f"Listening on port {settings.PORT} of {settings.HOST}")
        housekeeper = Housekeeper()
        housekeeper.start()
        server.run()
        housekeeper.stop()
        # waitress gives its threads five seconds; a call to Scalev may take its whole deadline, and its answer is all
        # that the row still needs. Whatever ends us sooner leaves the row to its lease.
        server.task_dispatcher.shutdown(timeout=settings.SCALEV_DEADLINE_SECONDS)


def _share_heaps() -> None:
    """With a heap for each thread, every one of them keeps what its largest answer took: 20 MB and more an export."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _HEAPS)


def _pass_over_what_is_loaded() -> None:
    """What is loaded by now stays until the end: no look for garbage need go through it again.

    An overview reads so many rows that one in six set off a look at everything, and waited 60 ms for it.
    """
    gc.collect()
    gc.freeze()


def _listen(host: str, port: int) -> Any:
    behind_proxy = settings.CONSOLE_BEHIND_TLS_PROXY or settings.CONSOLE_TRUSTED_PROXIES > 0
    return waitress.create_server(
        WSGIHandler(),
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=BODY_LIMIT,
        inbuf_overflow=KEPT_IN_MEMORY,
        outbuf_overflow=KEPT_IN_MEMORY,
        outbuf_high_watermark=WRITTEN_AHEAD,
        # Django judges these headers by CONSOLE_BEHIND_TLS_PROXY and CONSOLE_TRUSTED_PROXIES.
        clear_untrusted_proxy_headers=not behind_proxy,
    )


def _stop(number: int, frame: FrameType | None) -> None:
    # waitress waits for running requests on its way out.
    sys.exit(0)
