"""What is handed out as a file: in the safest wrapping that a browser knows."""

from __future__ import annotations

from typing import TypeVar

from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def as_file(response: Answer, name: str) -> Answer:
    """Saved and never shown, run, guessed at or kept by anything on the way. `name` is ours, never foreign text."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    # Set here, so that the middleware's wider policy leaves it alone.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
