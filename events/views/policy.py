"""What a page may do beyond the content security policy of all pages."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponse

Answer = TypeVar("Answer", bound=HttpResponse)


def may_call_scalev(response: Answer) -> Answer:
    """Let this page call Scalev: `connect-src` gains exactly the environments' origins.

    The one place that knows who writes the policy. django-csp's middleware reads this attribute; Django 6's own
    reads `_csp_config`, a whole policy to stand in for `SECURE_CSP`.
    """
    response._csp_update = {"connect-src": list(settings.SCALEV_ENVIRONMENTS.values())}  # type: ignore[attr-defined]
    return response
