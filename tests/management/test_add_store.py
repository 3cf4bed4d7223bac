"""`add_store`: the same rules as the form, the key from standard input, an exit status for scripts."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from events.models import AuditEntry, Store, StorefrontKey
from tests.factories import make_store
from tests.installation import Installation

pytestmark = pytest.mark.django_db

KEY = "sfpk_4fQ9xTokoBatikNusantara7Kx2QdP4mZr8Lw"
SECRET = "sk_live_4fQ9xTokoBatikNusantara7Kx2"
STORE_ID = "store_vlzpML8edzxO5roOdV7Oyfn6"


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Any:
    def add(*arguments: str, stdin: bytes | str = KEY) -> str:
        source = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(source), encoding="utf-8"))
        out = io.StringIO()
        call_command("add_store", *arguments, stdout=out)
        return out.getvalue()

    return add


def test_it_adds_the_store_with_its_key_and_says_so_in_one_line(add: Any) -> None:
    said = add("Toko Batik Nusantara", STORE_ID, "--environment", "sandbox", "--label", "CI", stdin=f"{KEY}\n")
    assert said == f"Added Toko Batik Nusantara ({STORE_ID}, sandbox) with the key sfpk_…r8Lw\n"
    key = StorefrontKey.objects.get()
    assert (key.reveal(), key.label, key.is_active) == (KEY, "CI", True)
    assert (key.store.environment, key.store.currency, key.store.country) == ("sandbox", "IDR", "id")


def test_production_is_where_a_store_goes_unless_told_otherwise(add: Any) -> None:
    add("Toko Batik Nusantara", STORE_ID)
    assert Store.objects.get().environment == "production"


def test_it_is_written_down_without_values(add: Any) -> None:
    add("Toko Batik Nusantara", STORE_ID)
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.by, entry.target) == ("store_added", None, "Toko Batik Nusantara")
    assert STORE_ID not in str(entry.fields)


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("Toko", STORE_ID), SECRET, "revoke it"),
        (("Toko", STORE_ID), "sfpk_ab cd", "blank"),
        (("Toko", "88212"), KEY, "number"),
        (("Toko", KEY), KEY, "storefront key"),
        (("Toko", STORE_ID, "--environment", "staging"), KEY, "staging"),
        (("Hijab Sari", STORE_ID), KEY, "name"),
    ],
)
def test_what_the_form_refuses_is_refused_with_2_and_nothing_stays(
    add: Any, arguments: tuple[str, ...], stdin: str, words: str
) -> None:
    make_store("Hijab Sari")
    with pytest.raises(CommandError, match=words) as caught:
        add(*arguments, stdin=stdin)
    assert caught.value.returncode == 2
    assert stdin not in str(caught.value)
    assert [store.name for store in Store.objects.all()] == ["Hijab Sari"]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("stdin", [b"", b" \n", b"\xff\xfe\x00", b"x" * 20_000])
def test_input_that_cannot_be_read_ends_with_3(add: Any, stdin: bytes) -> None:
    with pytest.raises(CommandError) as caught:
        add("Toko", STORE_ID, stdin=stdin)
    assert caught.value.returncode == 3


@pytest.mark.parametrize("arguments", [(), ("Toko",), ("Toko", STORE_ID, "--color"), ("Toko", STORE_ID, "x")])
def test_wrong_usage_ends_with_3(add: Any, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as caught:
        add(*arguments)
    assert caught.value.returncode == 3


def test_from_a_shell_it_ends_as_it_says(prepared: Installation) -> None:
    added = prepared.manage("add_store", "Toko Batik", STORE_ID, stdin=KEY)
    assert (added.returncode, added.stderr) == (0, "")
    assert prepared.manage("add_store", "Toko Batik", STORE_ID, stdin=KEY).returncode == 2
    assert prepared.manage("add_store", "Toko Batik", stdin=KEY).returncode == 3


def test_neither_a_kept_nor_a_refused_key_stands_in_any_file(prepared: Installation) -> None:
    """A byte search of everything that the installation has written: database, journal, secrets."""
    assert prepared.manage("add_store", "Toko Batik", STORE_ID, stdin=KEY).returncode == 0
    assert prepared.manage("add_store", "Hijab Sari", f"{STORE_ID}2", stdin=SECRET).returncode == 2
    written = b"".join(file.read_bytes() for file in prepared.folder.rglob("*") if file.is_file())
    assert STORE_ID.encode() in written or "CONSOLE_DATABASE_URL" in prepared.environment
    assert KEY.encode() not in written
    assert SECRET.encode() not in written
