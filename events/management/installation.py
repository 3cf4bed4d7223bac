"""The folder and the secret files of this installation."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from events.models import ConsoleSecret
from events.models.encryption import new_master_key

FIRST_SIGN_IN = "first-sign-in.txt"


def make_data_folder() -> Path:
    """Create CONSOLE_DATA_DIR, closed to everybody else. Raises `CommandError` where it cannot be written."""
    folder: Path = settings.CONSOLE_DATA_DIR
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
        # Wherever the folder lies, its secrets stay out of version control.
        if not (ignored := folder / ".gitignore").exists():
            ignored.write_text("*\n")
    except OSError as error:
        raise CommandError(
            f"CONSOLE_DATA_DIR is {str(folder)!r}, where nothing can be written ({error.strerror}): "
            "choose a folder that is yours."
        ) from None
    return folder


def make_secret_key() -> None:
    """Unless one is set or kept already."""
    file: Path = settings.CONSOLE_SECRET_KEY_FILE
    if not os.environ.get("SECRET_KEY") and not file.exists():
        settings.SECRET_KEY = _create(file, secrets.token_urlsafe(64))


def make_master_key() -> None:
    """Unless one is set or kept already. Never beside data that an earlier one had sealed: it could not open them."""
    if settings.CONSOLE_MASTER_KEYS:
        return
    file: Path = settings.CONSOLE_MASTER_KEYS_FILE
    if ConsoleSecret.objects.exists():
        raise CommandError(f"The data were written under a master key that is missing: put it back into {file}.")
    settings.CONSOLE_MASTER_KEYS = _create(file, new_master_key("k1"))


def write_secret(file: Path, text: str) -> None:
    """Replace a file's content at once; it is readable by its owner only."""
    draft = _draft(file, text)
    draft.replace(file)


def _create(file: Path, text: str) -> str:
    """Write the file unless another process was quicker; the content that stands."""
    try:
        draft = _draft(file, text)
    except OSError as error:
        raise CommandError(f"{file} cannot be written ({error.strerror}).") from None
    # A link, unlike a rename, fails where the name is taken, and the file appears whole or not at all.
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
    return file.read_text(encoding="utf-8").strip()


def _draft(file: Path, text: str) -> Path:
    draft = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(f"{text}\n")
        opened.flush()
        os.fsync(opened.fileno())
    return draft
