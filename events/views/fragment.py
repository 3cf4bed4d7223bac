"""Whether a request wants a part of a page or the whole of it."""

from __future__ import annotations

from django.http import HttpRequest


def wants_fragment(request: HttpRequest) -> bool:
    """True for htmx, but not where it restores a page from history: that needs all of it."""
    details = request.htmx  # type: ignore[attr-defined]  # set by django-htmx's middleware
    return bool(details) and not details.history_restore_request
