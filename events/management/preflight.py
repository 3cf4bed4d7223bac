"""Why this installation must not start: asked by `serve` and by the WSGI entrance."""

from __future__ import annotations

from django.core.checks import run_checks


def problems() -> list[str]:
    """One line each, none when all is well. Secrets and hosts first, then the database."""
    found = run_checks(tags=["console"], databases=["default"])
    return [str(problem.msg) for problem in found if problem.is_serious()]
