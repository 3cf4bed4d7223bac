"""`rotate_secrets` moves everything that is encrypted to the first master key, and changes no hash."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from events.models import AuditEntry, Body, ConsoleSecret, Draft, StorefrontKey, encryption, envelopes
from tests.factories import (
    FIRST_MASTER_KEY,
    SECOND_MASTER_KEY,
    make_body,
    make_delivery,
    make_person,
    make_storefront_key,
)

pytestmark = pytest.mark.django_db

KEY = "sfpk_TokoBatikNusantara88212"


@pytest.fixture
def written_under_k1(settings: Any) -> None:
    """One of everything that is encrypted; the second key is then put in front."""
    settings.CONSOLE_MASTER_KEYS = FIRST_MASTER_KEY
    make_storefront_key(value=KEY)
    delivery = make_delivery()
    delivery.keep_buyer("w•••@contoh.id")
    delivery.save()
    make_body(delivery, b'{"events":[]}', b'{"error":"Bad request"}')
    now = timezone.now()
    Draft(person=make_person(), created_at=now).keep('{"em":"wulan.pertiwi@contoh.id"}', now)
    encryption.index_hasher()
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"


def rotate(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_secrets", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("written_under_k1")
def test_after_it_everything_opens_with_the_new_key_alone(settings: Any) -> None:
    rotate()
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    body = Body.objects.get()
    response = body.read_response()
    assert response is not None
    assert (body.read_request().body, response.body) == (b'{"events":[]}', b'{"error":"Bad request"}')
    assert body.delivery.masked_buyer == "w•••@contoh.id"
    assert StorefrontKey.objects.get().reveal() == KEY
    assert Draft.objects.get().content() == '{"em":"wulan.pertiwi@contoh.id"}'
    assert envelopes.count_by_key().keys() == {"k2"}


@pytest.mark.usefixtures("written_under_k1")
def test_no_hash_changes() -> None:
    before = encryption.index_hasher()("email", "wulan.pertiwi@contoh.id"), encryption.fingerprint(KEY)
    rotate()
    after = encryption.index_hasher()("email", "wulan.pertiwi@contoh.id"), encryption.fingerprint(KEY)
    assert after == before
    assert StorefrontKey.objects.get().fingerprint == before[1]


@pytest.mark.usefixtures("written_under_k1")
def test_status_counts_and_changes_nothing() -> None:
    before = envelopes.count_by_key()
    assert before == {"k1": 7}
    said = rotate("--status")
    assert "k1: needed by 7 stored values" in said
    assert "k2: needed by 0 stored values, the first in the list" in said
    assert envelopes.count_by_key() == before


def test_a_row_more_than_the_batch_is_not_forgotten(settings: Any) -> None:
    for _ in range(5):
        make_body(make_delivery(), b"{}")
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    assert "body request: 5 encrypted again" in rotate("--batch", "2")


@pytest.mark.usefixtures("written_under_k1")
def test_a_run_that_was_stopped_is_taken_up_where_it_ended() -> None:
    next(envelopes.move_to_primary(1))
    assert envelopes.count_by_key() == {"k1": 6, "k2": 1}
    rotate()
    assert envelopes.count_by_key() == {"k2": 7}


@pytest.mark.usefixtures("written_under_k1")
def test_a_second_run_touches_nothing() -> None:
    rotate()
    before = list(Body.objects.values_list("request", "response"))
    assert "encrypted again" not in rotate()
    assert list(Body.objects.values_list("request", "response")) == before
    assert AuditEntry.objects.filter(act="master_key_rotated").count() == 1


@pytest.mark.usefixtures("written_under_k1")
def test_what_changed_meanwhile_keeps_its_new_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody types on in a draft between the reading and the writing of a batch."""
    draft, real = Draft.objects.get(), encryption.unseal

    def slow(envelope: bytes, *, context: str) -> bytes:
        if context == draft.context:
            draft.keep("typed meanwhile", timezone.now())
        return real(envelope, context=context)

    monkeypatch.setattr(encryption, "unseal", slow)
    with pytest.raises(CommandError, match="1: changed meanwhile"):
        rotate()
    monkeypatch.undo()
    assert Draft.objects.get().content() == "typed meanwhile"


@pytest.mark.usefixtures("written_under_k1")
def test_what_cannot_be_read_stays_and_is_named(settings: Any) -> None:
    settings.CONSOLE_MASTER_KEYS = SECOND_MASTER_KEY
    with pytest.raises(CommandError, match="needs master key k1"):
        rotate()
    assert envelopes.count_by_key() == {"k1": 7}
    assert "k1: needed by 7 stored values, NOT IN THE LIST" in rotate("--status")


@pytest.mark.parametrize("size", ["0", "-1", "x", "10001", "1.5"])
def test_a_batch_has_a_size_that_makes_sense(size: str) -> None:
    with pytest.raises(CommandError, match="a whole number from 1 to 10000"):
        rotate(f"--batch={size}")


def test_every_binary_column_takes_part() -> None:
    columns = {(column.model, column.field) for column in envelopes.COLUMNS}
    binary = {
        (model, field.name)
        for model in apps.get_app_config("events").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField)
    }
    assert columns == binary


def test_a_canary_stays_under_the_key_that_it_stands_for(settings: Any) -> None:
    encryption.check_canaries()
    settings.CONSOLE_MASTER_KEYS = f"{SECOND_MASTER_KEY},{FIRST_MASTER_KEY}"
    rotate()
    canary = ConsoleSecret.objects.get(name="canary:k1")
    assert encryption.key_id_of(bytes(canary.envelope)) == "k1"
