"""The lock files pin every package by hash, and name no address to fetch it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_carries_no_address(name: str) -> None:
    assert re.findall(r"https?:|file:/|--(?:extra-)?index-|--find-links|--trusted-host", _text(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    for entry in re.split(r"\n(?=[a-z])", _text(name).strip()):
        assert "--hash=sha256:" in entry, entry.partition("\n")[0]


def test_both_locks_agree() -> None:
    runtime, develop = (dict(PIN.findall(_text(name))) for name in LOCKS)

    assert runtime
    assert runtime.items() <= develop.items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = dict.fromkeys(project["dependencies"], "requirements.lock")
    wanted |= dict.fromkeys(project["optional-dependencies"]["dev"], "requirements-dev.lock")

    for requirement, lock in wanted.items():
        name = re.match(r"[A-Za-z0-9.-]+", requirement)
        assert name is not None
        assert name[0].lower() in dict(PIN.findall(_text(lock))), f"`make lock` for {requirement}"


def _text(name: str) -> str:
    return (ROOT / name).read_text()
