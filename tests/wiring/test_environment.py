"""Environment variables are read into their types, or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scalev_console import environment

NAME = "CONSOLE_SOMETHING"


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv(NAME, raising=False)
    return monkeypatch


def test_an_empty_variable_counts_as_not_set(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, " ")

    assert environment.text(NAME, "default") == "default"
    assert environment.number(NAME, 8000, at_least=1, at_most=9000) == 8000
    assert environment.flag(NAME, True) is True


@pytest.mark.parametrize(("value", "read"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False)])
def test_a_flag_is_read_in_its_usual_spellings(given: pytest.MonkeyPatch, value: str, read: bool) -> None:
    given.setenv(NAME, value)

    assert environment.flag(NAME) is read


@pytest.mark.parametrize("value", ["0", "65536", "-1", "80.5", "eighty", "٣"])
def test_a_number_outside_its_bounds_is_refused_by_name(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is .*; it must be a whole number from 1 to 65535"):
        environment.number(NAME, 8000, at_least=1, at_most=65535)


@pytest.mark.parametrize("value", ["0", "-2", "nan", "inf", "301", "soon"])
def test_a_duration_must_be_above_zero_and_bounded(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match="seconds above 0 and up to 300"):
        environment.seconds(NAME, 20, at_most=300)


def test_origins_of_forms_are_origins(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, "https://console.contoh.id/, https://*.contoh.id")

    assert environment.web_origins(NAME) == ["https://console.contoh.id", "https://*.contoh.id"]


@pytest.mark.parametrize("value", ["console.contoh.id", "https://console.contoh.id/sub", "https://"])
def test_an_origin_of_forms_without_its_scheme_is_refused(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=r"it must be https://console\.example"):
        environment.web_origins(NAME)


def test_environments_are_names_with_origins(given: pytest.MonkeyPatch) -> None:
    given.setenv(NAME, "production=https://api.scalev.com, staging=http://127.0.0.1:4010/")

    assert environment.origins(NAME, {}) == {
        "production": "https://api.scalev.com",
        "staging": "http://127.0.0.1:4010",
    }


@pytest.mark.parametrize(
    "value",
    [
        "https://api.scalev.com",
        "production=",
        "=https://api.scalev.com",
        "production=ftp://api.scalev.com",
        "production=https://api.scalev.com/v3",
        "production=https://api.scalev.com?x",
        "production=https://somebody@api.scalev.com",
        "production=https://api.scalev.com\\@elsewhere",
        "production=https://api.scalev.com:0",
        "production=https://api.scalev.com:http",
        "production=https://",
        "a=https://one.contoh.id,a=https://two.contoh.id",
    ],
)
def test_what_is_no_origin_is_refused(given: pytest.MonkeyPatch, value: str) -> None:
    given.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match="name=https://host"):
        environment.origins(NAME, {})


def test_a_secret_comes_from_the_variable_before_the_file(given: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from the file\n")

    assert environment.secret(NAME, file) == "from the file"
    given.setenv(NAME, "from the variable")
    assert environment.secret(NAME, file) == "from the variable"


def test_a_missing_secret_is_empty_and_no_error(tmp_path: Path) -> None:
    assert environment.secret(NAME, tmp_path / "nothing") == ""


def test_an_unreadable_secret_is_named_without_its_content(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"hush \xff\xfe")

    with pytest.raises(ImproperlyConfigured) as caught:
        environment.secret(NAME, file)

    assert str(file) in str(caught.value)
    assert "hush" not in str(caught.value)
