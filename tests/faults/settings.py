"""The product's settings with a shorter patience, or a database file that is opened for reading only."""

from __future__ import annotations

import os

from scalev_console.settings import *  # noqa: F403
from scalev_console.settings import DATABASES

if "FAULTS_BUSY_SECONDS" in os.environ:
    DATABASES["default"]["OPTIONS"]["timeout"] = float(os.environ["FAULTS_BUSY_SECONDS"])
if "FAULTS_PAGES" in os.environ:
    DATABASES["default"]["OPTIONS"]["init_command"] += f";PRAGMA max_page_count={os.environ['FAULTS_PAGES']}"
if "FAULTS_READ_ONLY" in os.environ:
    DATABASES["default"]["NAME"] = f"file:{DATABASES['default']['NAME']}?mode=ro"
