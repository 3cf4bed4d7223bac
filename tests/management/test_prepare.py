"""`manage.py prepare` makes an installation ready, once."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import ROOT, Installation


def test_it_makes_secrets_that_only_their_owner_reads(prepared: Installation) -> None:
    assert stat.S_IMODE(prepared.folder.stat().st_mode) == 0o700
    for name in ("secret_key", "master_keys", "first-sign-in.txt"):
        assert stat.S_IMODE((prepared.folder / name).stat().st_mode) == 0o600, name


def test_it_says_nothing_when_all_is_well(installation: Installation) -> None:
    result = installation.manage("prepare")

    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_again_it_keeps_secrets_and_accounts(prepared: Installation) -> None:
    before = _secrets(prepared)

    assert prepared.manage("prepare").returncode == 0

    assert _secrets(prepared) == before


def test_a_secret_from_the_environment_is_not_written_down(installation: Installation) -> None:
    result = installation.manage("prepare", SECRET_KEY="from-outside-" * 5, CONSOLE_MASTER_KEYS="k1:" + "B" * 43 + "=")

    assert result.returncode == 0
    assert not (installation.folder / "secret_key").exists()
    assert not (installation.folder / "master_keys").exists()


def test_no_new_master_key_is_made_beside_data_of_a_lost_one(prepared: Installation) -> None:
    prepared.manage("welcome")
    (prepared.folder / "master_keys").unlink()

    result = prepared.manage("prepare")

    assert result.returncode != 0
    assert "put it back into" in result.stderr
    assert not (prepared.folder / "master_keys").exists()


def test_the_passwords_differ_from_installation_to_installation(prepared: Installation) -> None:
    passwords = prepared.first_passwords.values()

    assert len(set(passwords)) == 3
    assert all(re.fullmatch(r"[\w-]{16}", password) for password in passwords)


def test_a_production_installation_gets_no_accounts(installation: Installation) -> None:
    result = installation.manage("prepare", CONSOLE_MODE="production", CONSOLE_ALLOWED_HOSTS="console.contoh.id")

    assert result.returncode == 0
    assert not (installation.folder / "first-sign-in.txt").exists()


def test_a_folder_that_cannot_be_written_gets_one_line(installation: Installation) -> None:
    result = installation.manage("prepare", CONSOLE_DATA_DIR="/dev/null/data")

    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "CONSOLE_DATA_DIR is '/dev/null/data'" in result.stderr


@pytest.mark.parametrize("place", ["", "/deeper"])
def test_a_folder_of_somebody_else_gets_one_line(installation: Installation, place: str) -> None:
    """As `sudo make run` leaves it: it cannot even be looked into."""
    installation.folder.mkdir(mode=0o700)
    command = [*as_anybody_beside(installation.folder), sys.executable, "-W", "error", "manage.py", "prepare"]
    folder = f"{installation.folder}{place}"

    result = subprocess.run(
        command, cwd=ROOT, env=installation.environment | {"CONSOLE_DATA_DIR": folder}, capture_output=True, text=True
    )

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1
    assert folder in result.stderr


@pytest.mark.parametrize("folder", ["~nosuchuser/x", "a" * 300])
def test_a_folder_that_cannot_be_gets_one_line(installation: Installation, folder: str) -> None:
    result = installation.manage("prepare", CONSOLE_DATA_DIR=folder)

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1


def test_master_keys_that_are_none_get_one_line(installation: Installation) -> None:
    result = installation.manage("prepare", CONSOLE_MASTER_KEYS="bad")

    assert result.returncode != 0
    assert result.stderr.count("\n") == 1
    assert "CONSOLE_MASTER_KEYS cannot be used: Master key number 1 is malformed" in result.stderr


def test_static_files_that_cannot_be_written_get_one_line(installation: Installation) -> None:
    installation.folder.mkdir()
    (installation.folder / "static").write_text("in the way")

    result = installation.manage("prepare")

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "static cannot be written" in result.stderr


def test_a_data_folder_stays_out_of_version_control_wherever_it_lies(prepared: Installation) -> None:
    assert (prepared.folder / ".gitignore").read_text() == "*\n"


def test_a_database_that_does_not_answer_gets_one_line_without_its_password(installation: Installation) -> None:
    url = "postgres://console:hush-hush@127.0.0.1:9/console"

    result = installation.manage("prepare", CONSOLE_DATABASE_URL=url)

    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "The database cannot be used" in result.stderr
    assert "hush-hush" not in result.stderr


def as_anybody_beside(folder: Path) -> list[str]:
    """Before a command, to which the folder is somebody else's then. It still reads a clone that is private."""
    if os.geteuid():
        pytest.skip("only an administrator can make a folder of somebody else")
    os.chown(folder, 65534, 65534)
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown"]


def _secrets(installation: Installation) -> list[str]:
    return [(installation.folder / name).read_text() for name in ("secret_key", "master_keys", "first-sign-in.txt")]
