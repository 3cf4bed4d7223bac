"""Scripts find each other by the names that change with their content; what no page loads is not collected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "scalev_console.static_files.StaticFiles"}}
    call_command("collectstatic", verbosity=0, interactive=False)
    return tmp_path


def test_an_imported_script_is_asked_for_by_the_name_of_its_version(collected: Path) -> None:
    (script,) = collected.glob("js/browser-send.????????????.js")
    imported = re.findall(r'from "\./(.+?)"', script.read_text())
    plain = [re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in imported]
    assert plain == ["browser-call.js", "browser-line.js", "browser-report.js"]
    assert all((collected / "js" / name).exists() for name in imported)
    assert not set(plain) & set(imported)


def test_of_htmx_only_what_pages_load_is_collected(collected: Path) -> None:
    files = {str(file.relative_to(collected)) for file in (collected / "django_htmx").rglob("*") if file.is_file()}
    plain = {re.sub(r"\.[0-9a-f]{12}\.", ".", name) for name in files}
    script = "django_htmx/htmx-2.min.js"
    assert plain == {script, f"{script}.br", f"{script}.gz"}
