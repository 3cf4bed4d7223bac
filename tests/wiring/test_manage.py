"""`manage.py`: the settings that an option names are the ones that count."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_settings_option_is_heeded_where_nothing_was_prepared(tmp_path: Path) -> None:
    environment = {**os.environ, "CONSOLE_DATA_DIR": str(tmp_path / "nothing-here")}
    for name in ("SECRET_KEY", "CONSOLE_MASTER_KEYS", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--settings", "tests.settings"]

    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (0, "")
