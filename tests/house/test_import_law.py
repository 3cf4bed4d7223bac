"""The law of `house.md`'s rooms, as pyproject.toml writes it down, is kept."""

from __future__ import annotations

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_no_room_imports_what_it_must_not(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(no_cache=True)

    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
