"""What people left at deliveries, in files: the tags and the run, and never a note."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Delivery, Note, Run, Tag
from tests.factories import make_delivery, make_person
from tests.views.exchanges import make_exchange

pytestmark = pytest.mark.django_db
REASON = "Scalev asks for the exact requests"


@pytest.fixture(autouse=True)
def _signed_in(client: Client) -> None:
    client.force_login(make_person())


@pytest.fixture
def marked() -> Delivery:
    now = timezone.now()
    delivery = make_exchange(run=Run.objects.create(name="Uji Lebaran", started_at=now))
    for word in ("lebaran", "cod"):
        Tag.objects.create(delivery=delivery, word=word, at=now)
    note = Note(delivery=delivery, at=now)
    note.keep("Bu Wulan menelepon.")
    note.save()
    return delivery


def streamed(response: Any) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_a_table_has_run_and_tags_as_its_last_columns(client: Client, marked: Delivery) -> None:
    make_delivery()

    rows = list(csv.DictReader(io.StringIO(streamed(client.get("/log/export/?format=csv")))))

    assert [(row["run"], row["tags"]) for row in rows] == [("", ""), (str(marked.run_id), "cod, lebaran")]
    assert list(rows[0])[-2:] == ["run", "tags"]


def test_an_object_has_them_as_members(client: Client, marked: Delivery) -> None:
    line = json.loads(streamed(client.get("/log/export/?format=jsonl")))

    assert (line["run"], line["tags"]) == (marked.run_id, ["cod", "lebaran"])


def test_a_page_to_hand_over_names_them(client: Client, marked: Delivery) -> None:
    html = client.get(f"/log/{marked.pk}/export/?format=html").content.decode()

    assert "cod, lebaran" in html
    assert "Uji Lebaran" in html


def test_the_tags_of_a_batch_are_one_query(client: Client, django_assert_max_num_queries: Any) -> None:
    for _number in range(20):
        Tag.objects.create(delivery=make_delivery(), word="lebaran", at=timezone.now())

    with django_assert_max_num_queries(12):
        assert streamed(client.get("/log/export/?format=csv")).count("lebaran") == 20


@pytest.mark.parametrize("kind", ["csv", "jsonl", "jsonl-full", "har"])
def test_no_file_holds_a_note_be_it_in_clear(client: Client, marked: Delivery, kind: str) -> None:
    masked = streamed(client.get(f"/log/export/?format={kind}"))
    clear = streamed(client.post("/log/export/clear/", {"format": kind, "reason": REASON}))

    assert "menelepon" not in masked + clear


@pytest.mark.parametrize("kind", ["html", "har"])
def test_no_file_of_one_delivery_holds_a_note(client: Client, marked: Delivery, kind: str) -> None:
    masked = client.get(f"/log/{marked.pk}/export/?format={kind}").content.decode()
    clear = client.post(f"/log/{marked.pk}/export/clear/", {"format": kind, "reason": REASON}).content.decode()

    assert "menelepon" not in masked + clear
