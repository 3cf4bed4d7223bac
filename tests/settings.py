"""The product's settings, on throw-away data and with cheap password hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="console-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
# Where collected files would lie: WhiteNoise warns where there is nothing.
(Path(_folder) / "static").mkdir()
os.environ["CONSOLE_DATA_DIR"] = _folder
os.environ["SECRET_KEY"] = "only-for-tests-" * 4
os.environ["CONSOLE_MASTER_KEYS"] = "k1:" + "A" * 43 + "="

from scalev_console.settings import *  # noqa: E402, F403
from scalev_console.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests read the files where they stand, without collecting them first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A pool's threads outlive the test database that they hang on.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
