"""Readers of environment variables that fail loudly.

Each returns the value in its final type, or raises `ImproperlyConfigured` in one sentence that names the
variable, the wrong value (never a secret's) and the right form. An empty variable counts as not set.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def choice(name: str, options: Iterable[str], default: str) -> str:
    value = text(name, default)
    if value not in options:
        raise _wrong(name, value, f"one of {', '.join(options)}")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE + FALSE:
        raise _wrong(name, value, "1 or 0")
    return value in TRUE


def number(name: str, default: int, *, at_least: int, at_most: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and at_least <= int(value) <= at_most):
        raise _wrong(name, value, f"a whole number from {at_least} to {at_most}")
    return int(value)


def seconds(name: str, default: float, *, at_most: float) -> float:
    """A duration above zero, fractions allowed."""
    value = text(name, str(default))
    try:
        duration = float(value)
    except ValueError:
        duration = 0.0
    if not 0 < duration <= at_most:
        raise _wrong(name, value, f"seconds above 0 and up to {at_most:g}, like 20 or 2.5")
    return duration


def names(name: str) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """An absolute path; the folder need not exist yet."""
    try:
        return Path(text(name, str(default))).expanduser().absolute()
    except RuntimeError:
        raise _wrong(name, text(name), "a folder; whose home ~ means here, nobody knows") from None


def origins(name: str, default: dict[str, str]) -> dict[str, str]:
    """`name=origin` pairs separated by commas; an origin is scheme, host and port, nothing behind it."""
    if not text(name):
        return default
    found: dict[str, str] = {}
    for pair in names(name):
        key, separator, origin = (part.strip() for part in pair.partition("="))
        if not (separator and key) or key in found or not _is_origin(origin):
            raise _wrong(name, pair, "name=https://host or name=http://127.0.0.1:4010, each name once")
        found[key] = origin.rstrip("/")
    return found


def web_origins(name: str) -> list[str]:
    """Origins parted by commas, as a browser sends them: scheme, host and port. `https://*.console.example` is one."""
    found = [origin.rstrip("/") for origin in names(name)]
    for origin in found:
        if not _is_origin(origin.replace("://*.", "://any.")):
            raise _wrong(name, origin, "https://console.example, several parted by commas")
    return found


def secret(name: str, file: Path) -> str:
    """The variable's value, else the file's content, else ''. What is missing is reported by the checks."""
    if value := text(name):
        return value
    try:
        return file.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{file} cannot be read ({type(error).__name__}); {name} is kept there.") from None


def _is_origin(value: str) -> bool:
    if not value.isascii() or any(character <= " " or character in "\\@?#" for character in value):
        return False
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/") and port_is_fine


def _wrong(name: str, value: str, form: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} is {value!r}; it must be {form}.")
