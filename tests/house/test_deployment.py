"""A production installation passes Django's own inspection, and opens no door that it should not."""

from __future__ import annotations

import json

import pytest

from tests.installation import Installation

PRODUCTION = {
    "CONSOLE_MODE": "production",
    "CONSOLE_ALLOWED_HOSTS": "console.contoh.id",
    "CONSOLE_MASTER_KEYS": "k1:" + "B" * 43 + "=",
    "SECRET_KEY": "F3jq-8sLwZ0xk_vT6yRb2nHc9mQeUaDg5iKo7pXtWzJ1lNfSuYhE4r",
}
SHOWN = (
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_SECONDS",
    "SCALEV_ENVIRONMENTS",
    "DEBUG",
)


def test_the_deployment_check_has_no_warning(installation: Installation) -> None:
    result = installation.manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    assert "no issues" in result.stdout


def test_a_production_installation_without_hosts_is_refused(installation: Installation) -> None:
    result = installation.manage("check", **PRODUCTION | {"CONSOLE_ALLOWED_HOSTS": ""})

    assert result.returncode != 0
    assert "CONSOLE_ALLOWED_HOSTS is missing" in result.stderr


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"CONSOLE_MASTER_KEYS": ""}, "No master key is set"),
        ({"CONSOLE_MASTER_KEYS": "k1:tooshort"}, "Master key number 1 is malformed"),
    ],
)
def test_a_missing_or_wrong_secret_is_named_by_the_checks(
    installation: Installation, change: dict[str, str], words: str
) -> None:
    result = installation.manage("check", **PRODUCTION | change)

    assert result.returncode != 0
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_production_keeps_its_cookies_to_its_own_host_and_knows_no_sandbox(installation: Installation) -> None:
    dump = f"print(json.dumps({{name: getattr(settings, name) for name in {SHOWN}}}))"
    code = f"import json; from django.conf import settings; {dump}"

    shown = json.loads(installation.manage("shell", "--verbosity", "0", "-c", code, **PRODUCTION).stdout)

    assert shown == {
        "SESSION_COOKIE_NAME": "__Host-console_session",
        "CSRF_COOKIE_NAME": "__Host-console_csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SCALEV_ENVIRONMENTS": {"production": "https://api.scalev.com"},
        "DEBUG": False,
    }
