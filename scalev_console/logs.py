"""What a log may say: storefront keys, e-mails and phone numbers never reach it."""

from __future__ import annotations

import logging
import re
from collections.abc import ItemsView, Mapping
from types import FrameType, TracebackType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter as DjangoFilter

from events.domain.redaction import scrub

HIDDEN = "[hidden]"
# Whoever reads a log while the link still works could walk in by it.
_INVITATION = re.compile(r"(/invitation/)[\w-]+")


def redact(text: str) -> str:
    return scrub(_INVITATION.sub(rf"\1{HIDDEN}", text), instead=HIDDEN)


class RedactingFilter(logging.Filter):
    """Rewrites a record in place, so that every handler behind it sees the redacted words only."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(_message(record))
        record.args = None
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            # The console works as it should: who was refused what is said by the line itself.
            record.exc_info = None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        record.exc_text = redact(record.exc_text) if record.exc_text else None
        record.stack_info = redact(record.stack_info) if record.stack_info else None
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # logging itself would print the raw arguments to stderr here.
        return f"{record.msg} (arguments do not fit)"


class SafeExceptionReporterFilter(DjangoFilter):
    """Error reports without anything that a person typed, a browser sent or a function held."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return dict.fromkeys(request.POST, HIDDEN) if request else {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return dict.fromkeys(request.COOKIES, HIDDEN)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {name: redact(str(value)) for name, value in request.META.items() if name in _SAFE_META}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType | TracebackType
    ) -> ItemsView[str, Any]:
        return {}.items()


_SAFE_META = ("REQUEST_METHOD", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "REMOTE_ADDR", "CONTENT_TYPE")


def logging_settings() -> Mapping[str, Any]:
    """Everything to stderr, through the filter: where it goes from there is the operator's choice."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"redact": {"()": "scalev_console.logs.RedactingFilter"}},
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["redact"], "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "events": {"level": "INFO"},
        },
    }
