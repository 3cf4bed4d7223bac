"""Why this installation must not start: asked by `welcome`, `serve` and the WSGI entrance."""

from __future__ import annotations

import errno
import socket

from django.core.checks import run_checks
from django.core.management.base import CommandError

ADVICE = {
    errno.EADDRINUSE: "is taken: stop what listens there, or choose another with {variable}=",
    errno.EACCES: "needs rights that you do not have: choose one above 1023 with {variable}=",
    errno.EADDRNOTAVAIL: "cannot be used: HOST must be an address of this machine, like 127.0.0.1",
}


class CannotStart(CommandError):
    """Ends a command with its reasons, one line each; Django prints the name of this class before them."""

    @classmethod
    def if_any(cls, problems: list[str]) -> None:
        if problems:
            raise cls("\n".join(problems))


def problems() -> list[str]:
    """One line each, none when all is well. Secrets and hosts first, then the database."""
    found = run_checks(tags=["console"], databases=["default"], include_deployment_checks=True)
    return [str(problem.msg) for problem in found if problem.is_serious()]


def port_problems(host: str, port: int, variable: str) -> list[str]:
    """Why nothing can listen there: one line, or none when it can. `variable` is what chooses the port."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the servers do: an address that only lingers after a stop is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except socket.gaierror:
        return [f"HOST is {host!r}, which names no address: write one of this machine, like 127.0.0.1."]
    except OSError as error:
        advice = ADVICE.get(error.errno or 0, f"cannot be used ({error.strerror})")
        return [f"Port {port} on {host} {advice.format(variable=variable)}."]
    return []
