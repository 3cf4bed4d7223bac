"""`manage.py erase_buyer`."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from events.domain.tree import read
from events.models import AuditEntry, Delivery, search
from tests.factories import make_body, make_delivery, make_store

pytestmark = pytest.mark.django_db

EMAIL = "wulan.pertiwi@contoh.id"
HERS = f'{{"user_data": {{"em": "{EMAIL}", "ph": "6281290076543", "fn": "Wulan", "external_id": "cust-7"}}}}'


@pytest.fixture(autouse=True)
def delivery() -> Delivery:
    made = make_delivery(make_store("Toko Batik"))
    make_body(made, HERS.encode())
    search.index(made, read(HERS))
    return made


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    lines = io.StringIO(f"{EMAIL}\n")
    monkeypatch.setattr("sys.stdin", lines)
    return lines


def erase(*words: str) -> str:
    output = io.StringIO()
    # Rewriting the files takes no transaction around it: see the journey.
    call_command("erase_buyer", *words, "--later", stdout=output, stderr=io.StringIO())
    return output.getvalue()


def is_kept() -> bool:
    return Delivery.objects.filter(erased_at=None).exists()


def test_she_is_erased_and_it_is_written_down(typed: io.StringIO) -> None:
    assert "Erased from 1 delivery and 0 other entries." in erase("--email", "--reason=She asked", "--yes")
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target, entry.reason) == (
        "buyer_erased", None, "1 delivery, 0 other entries", "She asked",
    )  # fmt: skip
    assert not is_kept()


@pytest.mark.parametrize(("kind", "value"), [("phone", "0812 9007 6543"), ("external-id", "CUST-7")])
def test_she_may_be_known_by_something_else(monkeypatch: pytest.MonkeyPatch, kind: str, value: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{value}\n"))
    erase(f"--{kind}", "--reason=She asked", "--yes")
    assert not is_kept()


def test_a_dry_run_only_tells(typed: io.StringIO) -> None:
    assert erase("--email", "--dry-run") == "1 delivery (Toko Batik: 1), 0 other entries.\n"
    assert is_kept()
    assert not AuditEntry.objects.exists()


def test_nothing_it_says_names_her(typed: io.StringIO) -> None:
    assert "wulan" not in erase("--email", "--reason=wulan.pertiwi@contoh.id asked", "--yes")
    assert AuditEntry.objects.get().reason == "••• asked"


@pytest.mark.parametrize("named", ["wulan.pertiwi@contoh.id", "Wulan", "0812 9007 6543"])
def test_the_reason_is_kept_without_her(typed: io.StringIO, named: str) -> None:
    erase("--email", f"--reason={named} asked", "--yes")
    assert AuditEntry.objects.get().reason == "••• asked"


def test_what_other_deliveries_hold_of_hers_is_said(typed: io.StringIO) -> None:
    other = make_delivery()
    search.index(other, read('{"user_data": {"em": "wulan@kantor.example", "ph": "081290076543"}}'))
    assert "Other deliveries hold her phone, too" in erase("--email", "--dry-run")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--email", "--yes"), "Say why she is erased"),
        (("--email", "--reason=She asked"), "Add --yes where nobody can be asked"),
        (("--reason=She asked", "--yes"), "one of the arguments --email --phone --external-id is required"),
        (("--phone", "--reason=She asked", "--yes"), "no whole phone number"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_erased(
    typed: io.StringIO, words: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        erase(*words)
    assert is_kept()


@pytest.mark.parametrize("line", ["", "\n", "contoh.id\n"])
def test_half_a_value_is_refused(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    with pytest.raises(CommandError, match=r"on standard input|no whole e-mail"):
        erase("--email", "--reason=She asked", "--yes")
    assert is_kept()


def test_while_one_is_under_way_she_cannot_be_erased(typed: io.StringIO) -> None:
    Delivery.objects.update(outcome="pending")
    with pytest.raises(CommandError, match="1 delivery under way"):
        erase("--email", "--reason=She asked", "--yes")
    assert is_kept()
