"""`manage.py sandbox`: a stand-in for Scalev on this machine."""

import contextlib
import errno
import signal
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.sandbox.app import Sandbox
from events.sandbox.cross_origin import NotAnOrigin, Registered
from events.sandbox.ledger import Received
from events.sandbox.scenarios import GROUPS, KEY, PREFLIGHTS, STORE_ID
from events.sandbox.server import NotLoopback, Server
from events.sandbox.wire import Pace


class Command(BaseCommand):
    """Serves until Ctrl-C or SIGTERM."""

    help = (
        "Stands in for Scalev on this machine: answers by the published contract, misbehaves on request, "
        "and shows what it received and why it answered so."
    )
    # It needs neither secrets nor a database, and starts while those may still be missing.
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser, with the scenarios below the options as they are laid out."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = scenario_list()
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--port", type=int, help="port (default: $SANDBOX_PORT, else 4010)")
        parser.add_argument("--host", default="127.0.0.1", help="loopback address (default: 127.0.0.1)")
        parser.add_argument(
            "--allow-origin",
            action="append",
            default=[],
            metavar="ORIGIN",
            help="register the pages of this origin, such as https://console.example, and no others; may be "
            "repeated (default: the pages of this machine)",
        )
        parser.add_argument("--list", action="store_true", help="print the scenarios and exit")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve, or list the scenarios."""
        if options["list"]:
            self.stdout.write(scenario_list())
            return
        if settings.CONSOLE_MODE == "production":
            raise CommandError("The sandbox does not run in production mode. Set CONSOLE_MODE=local to use it.")
        pace = Pace()
        registered = _registered(options["allow_origin"])
        app = Sandbox(bomb_bytes=pace.bomb_bytes, registered=registered, on_received=self._say)
        port = options["port"] if options["port"] is not None else settings.SANDBOX_PORT
        server = _listen(options["host"], port, app, pace)
        with _until_stopped(server):
            self.stdout.write(f"Sandbox at {server.origin} (Ctrl-C stops it)")
            self.stdout.flush()
            server.serve_forever(poll_interval=0.1)

    def _say(self, row: Received) -> None:
        """One line a request, without anything that the buyer gave."""
        step = row.decided_by
        what = "preflight " if row.is_preflight else ""
        self.stdout.write(f"{row.number} {what}{row.store_id or row.path} {row.answered}: {step.rule}, {step.place}")
        self.stdout.flush()


def scenario_list() -> str:
    """Every scenario with the store ID and the key that choose it, as plain text."""
    lines = [f"A store that behaves: {STORE_ID}", f"  with the key {KEY}"]
    for title, group in GROUPS:
        lines += ["", f"{title}:"]
        for scenario in group:
            lines.append(f"  {scenario.store_id:<34} {scenario.explanation} ({scenario.expected_outcome})")
            lines.append(f"    or any store with {scenario.key}")
    lines += ["", "Before a send from a browser (by the store ID only, for a preflight carries no key):"]
    lines += [f"  {each.store_id:<34} {each.explanation} ({each.expected_outcome})" for each in PREFLIGHTS]
    return "\n".join(lines)


def _registered(origins: list[str]) -> Registered:
    try:
        return Registered.of(origins)
    except NotAnOrigin as error:
        raise CommandError(f"{error}.") from None


def _listen(host: str, port: int, app: Sandbox, pace: Pace) -> Server:
    try:
        return Server(host, port, app, pace)
    except NotLoopback as error:
        raise CommandError(f"{error}. The sandbox listens on this machine only: use 127.0.0.1.") from None
    except OverflowError:
        raise CommandError(f"{port} is not a port number (0 to 65535).") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = f"Port {port} is taken. Stop what uses it, or choose another with --port or SANDBOX_PORT."
            raise CommandError(words) from None
        raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}") from None


@contextlib.contextmanager
def _until_stopped(server: Server) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block, and with it every open connection."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # Both by hand: a shell starts what runs in its background with SIGINT ignored.
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with contextlib.suppress(KeyboardInterrupt):
        try:
            yield
        finally:
            server.server_close()
