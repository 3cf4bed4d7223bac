"""`export_log`: the page's files for scripts, masked."""

from __future__ import annotations

import json
import stat
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.models import AuditEntry
from tests.views.exchanges import EMAIL
from tests.views.exports import FORMATS, ids_of, make_found, names_buyer

pytestmark = pytest.mark.django_db


def export_log(*arguments: str) -> str:
    told = StringIO()
    call_command("export_log", *arguments, stderr=told)
    return told.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_holds_what_is_found_masked(tmp_path: Path, kind: str) -> None:
    found, file = make_found(), tmp_path / "log"
    make_found(outcome="accepted", status=204)

    assert export_log("outcome:refused", "--format", kind, "--output", str(file)) == "1 deliveries\n"

    assert ids_of(kind, file.read_bytes()) == [found.pk]
    assert not names_buyer(file.read_bytes())


def test_without_a_file_it_writes_to_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery, written = make_found(), BytesIO()
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(written))

    export_log("", "--format", "jsonl")

    assert json.loads(written.getvalue())["id"] == delivery.pk


def test_a_row_leads_to_its_page_where_no_address_of_the_console_is_set(tmp_path: Path, settings: Any) -> None:
    settings.CONSOLE_URL, settings.HOST, settings.PORT = "", "0.0.0.0", 8123
    delivery, file = make_found(), tmp_path / "log"

    export_log("", "--format", "jsonl", "--output", str(file))

    assert json.loads(file.read_bytes())["url"] == f"http://127.0.0.1:8123/log/{delivery.pk}/"


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    export_log("", "--output", str(tmp_path / "log.csv"))

    assert stat.S_IMODE((tmp_path / "log.csv").stat().st_mode) == 0o600


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text("penting")

    with pytest.raises(CommandError) as refused:
        export_log("", "--output", str(file))

    assert refused.value.returncode == 2
    assert file.read_text() == "penting"


def test_half_a_file_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_found()

    def broken(*_args: object, **_kwargs: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("events.domain.export.table.Table.piece", broken)
    with pytest.raises(CommandError, match="No space left"):
        export_log("", "--output", str(tmp_path / "log.csv"))

    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_ends_with_3_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        export_log("foo:bar", "--output", str(tmp_path / "log.csv"))

    assert refused.value.returncode == 3
    assert list(tmp_path.iterdir()) == []


def test_it_is_recorded_without_the_buyer(tmp_path: Path) -> None:
    make_found()
    export_log(EMAIL, "--output", str(tmp_path / "log.csv"))

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.fields) == ("exported", None, ["csv", "1 deliveries"])
    assert EMAIL not in str(vars(entry))
