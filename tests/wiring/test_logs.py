"""Nothing secret or personal reaches a log or an error report."""

from __future__ import annotations

import io
import logging
import logging.config
import sys
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from scalev_console.logs import RedactingFilter, SafeExceptionReporterFilter, logging_settings

KEY = "sfpk_4f9a1c77d02b"
SECRET_KEY = "sk_live_51Hq8Zt"
EMAIL = "wulan.pertiwi@contoh.id"
PHONE = "6281290076543"
NOTE = "typed-into-the-form"
COOKIE = "kept-by-the-browser"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger of its own behind the product's formatter and filter."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    handler.addFilter(RedactingFilter())
    logger = logging.Logger("tests.logs")
    logger.addHandler(handler)
    yield logger, output
    handler.close()


def test_the_secret_of_an_invitation_is_redacted(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, output = log

    logger.warning("Gone: %s", "/invitation/gZdOl7HC6adKKnCW2TyM7E_ifWzazkvb8vqo12h9dhs/")

    assert output.getvalue() == "Gone: /invitation/[hidden]/\n"


@pytest.mark.parametrize("secret", [KEY, SECRET_KEY, EMAIL, PHONE, "+62 812-9007-6543", "wulan.pertiwi%40contoh.id"])
def test_a_message_and_its_arguments_are_redacted(log: tuple[logging.Logger, io.StringIO], secret: str) -> None:
    logger, output = log

    logger.warning(f"sending with {secret}")
    logger.warning("sending with %s", secret)
    logger.warning("sending with %(it)s", {"it": [secret]})

    assert secret not in output.getvalue()
    assert output.getvalue().count("sending with") == 3


def test_a_refusal_is_one_line_without_a_traceback(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, output = log

    try:
        raise PermissionDenied
    except PermissionDenied:
        logger.warning("Forbidden: %s", "/stores/", exc_info=True)

    assert output.getvalue() == "Forbidden: /stores/\n"


def test_a_logged_exception_is_redacted_down_to_its_cause(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, output = log

    try:
        try:
            raise ValueError(f"no such key: {KEY}")
        except ValueError as error:
            raise RuntimeError(f"could not send for {EMAIL}") from error
    except RuntimeError:
        logger.exception("failed for %s", PHONE)

    text = output.getvalue()
    assert "RuntimeError" in text
    assert "test_logs.py" in text
    for secret in (KEY, EMAIL, PHONE):
        assert secret not in text


def test_arguments_that_do_not_fit_are_not_printed_raw(
    log: tuple[logging.Logger, io.StringIO], capsys: pytest.CaptureFixture[str]
) -> None:
    logger, output = log

    logger.warning("one %s two %s", EMAIL)

    assert EMAIL not in output.getvalue() + capsys.readouterr().err


def test_every_handler_of_the_product_stands_behind_the_filter() -> None:
    handlers = logging_settings()["handlers"]

    assert handlers
    assert all(handler["filters"] == ["redact"] for handler in handlers.values())


def test_an_error_report_holds_nothing_that_was_typed_sent_or_held() -> None:
    text = _report_of_a_failure(_request())

    assert "ValueError" in text
    for secret in (KEY, EMAIL, PHONE, NOTE, COOKIE):
        assert secret not in text


def _request() -> HttpRequest:
    request = RequestFactory().post("/stores/1/keys/", headers={"X-Storefront-Key": KEY})
    request.POST = QueryDict(f"key={KEY}&note={NOTE}")
    request.COOKIES["console_session"] = COOKIE
    return request


def _report_of_a_failure(request: HttpRequest) -> str:
    local_key, local_email = KEY, EMAIL
    try:
        raise ValueError(f"a failure beside {len(local_key)} and {len(local_email)}")
    except ValueError:
        kind, value, trace = sys.exc_info()
        reporter = ExceptionReporter(request, kind, value, trace)
    reporter.filter = SafeExceptionReporterFilter()
    return reporter.get_traceback_text() + reporter.get_traceback_html()
