"""`send_payload` with several payloads: one run, whose deliveries are found together."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.domain.query import parse
from events.models import Delivery, Run, Store, search
from events.sandbox.running import Running
from tests.factories import make_store, make_storefront_key

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = '{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[{"event_id":"%s","event_name":"Lead"}]}'
BAD = '{"user_data":{},"events":[{"event_name":"Lead"}]}'


@pytest.fixture
def store() -> Store:
    return make_storefront_key(make_store("Toko Batik Nusantara")).store


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = [tmp_path / f"{name}.json" for name in ("ord-1", "ord-2")]
    for file in made:
        file.write_text(GOOD % file.stem)
    return [str(file) for file in made]


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises((SystemExit, CommandError)) as left:
        call_command("send_payload", *arguments, stdout=out)
    if isinstance(left.value, CommandError):
        return left.value.returncode, str(left.value)
    assert isinstance(left.value, SystemExit)
    return int(left.value.code or 0), out.getvalue()


def test_several_files_are_one_run_that_the_log_finds(sandbox: Running, store: Store, files: list[str]) -> None:
    code, out = run(store.store_id, *files, "--run", "  Uji   Lebaran ")

    made = Run.objects.get()
    assert (code, made.name) == (0, "Uji Lebaran")
    assert f"search the log for run:{made.pk}" in out
    assert f"{files[1]}: Delivery" in out
    found = search.matching(Delivery.objects.all(), parse(f"run:{made.pk}"))
    assert [delivery.first_event_id for delivery in found] == ["ord-2", "ord-1"]
    assert len(sandbox.received) == 2


def test_each_line_of_a_file_is_a_payload_of_its_own(sandbox: Running, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "payloads.jsonl"
    file.write_text(f"{GOOD % 'ord-1'}\r\n\n{GOOD % 'ord-2'}\n")

    code, out = run(store.store_id, str(file), "--lines", "--json")

    told = [json.loads(line) for line in out.splitlines()]
    assert (code, [each["outcome"] for each in told]) == (0, ["accepted", "accepted"])
    assert {each["run"] for each in told} == {Run.objects.get().pk}


def test_one_payload_makes_no_run_unless_it_is_named(sandbox: Running, store: Store, files: list[str]) -> None:
    run(store.store_id, files[0])
    assert not Run.objects.exists()

    run(store.store_id, files[0], "--run", "Uji")
    assert Delivery.objects.filter(run=Run.objects.get()).count() == 1


def test_where_one_has_contract_errors_none_is_sent(
    sandbox: Running, store: Store, files: list[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(BAD)

    code, out = run(store.store_id, files[0], str(bad))

    assert code == 2
    assert f"{bad}: error C023" in out
    assert sandbox.received == ()
    assert not Run.objects.exists()


def test_one_refusal_among_several_leaves_with_1_and_the_others_go_out(
    sandbox: Running, store: Store, files: list[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text(BAD)

    assert run(store.store_id, str(bad), *files, "--force")[0] == 1
    assert sorted(Delivery.objects.values_list("outcome", flat=True)) == ["accepted", "accepted", "rejected"]


@pytest.mark.parametrize("name", ["wulan.pertiwi@contoh.id", "telepon 0812 9007 6543", "x" * 81])
def test_a_name_that_nobody_should_read_is_refused(store: Store, files: list[str], name: str) -> None:
    code, message = run(store.store_id, *files, "--run", name)

    assert code == 3
    assert "name of a run" in message
    assert not Run.objects.exists()


def test_a_line_that_is_no_json_is_named_and_nothing_is_sent(sandbox: Running, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "payloads.jsonl"
    file.write_text(f"{GOOD % 'ord-1'}\n{{\n")

    code, message = run(store.store_id, str(file), "--lines")

    assert code == 3
    assert "payloads.jsonl, line 2 is no JSON" in message
    assert sandbox.received == ()


def test_a_file_without_any_payload_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")

    assert run(store.store_id, str(tmp_path / "empty.jsonl"), "--lines")[0] == 3


def test_a_store_that_cannot_be_sent_to_leaves_no_run_behind(files: list[str]) -> None:
    assert run(make_store().store_id, *files)[0] == 2
    assert not Run.objects.exists()
