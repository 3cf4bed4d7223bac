"""The product's settings with less patience, fewer pages, or a database file that is opened for reading only."""

from __future__ import annotations

import os

from scalev_console.settings import *  # noqa: F403
from scalev_console.settings import DATABASES

_options = DATABASES["default"]["OPTIONS"]
_seconds = float(os.environ.get("FAULTS_BUSY_SECONDS", "20"))
if "pool" in _options:
    _options["pool"] = {**_options["pool"], "timeout": _seconds}
    _options["options"] = f"-c lock_timeout={_seconds * 1000:.0f}"
else:
    _options["timeout"] = _seconds
if "FAULTS_PAGES" in os.environ:
    _options["init_command"] += f";PRAGMA max_page_count={os.environ['FAULTS_PAGES']}"
if "FAULTS_READ_ONLY" in os.environ:
    DATABASES["default"]["NAME"] = f"file:{DATABASES['default']['NAME']}?mode=ro"
