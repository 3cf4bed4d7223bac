"""What a list tells of the marks of its rows, asked once for all of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from events.models import Note, Pin, Tag
from events.models.mark import MarksLeft, marks_left_at
from tests.factories import make_delivery

pytestmark = pytest.mark.django_db


def test_the_marks_of_a_page_are_one_query(django_assert_num_queries: Any) -> None:
    now = timezone.now()
    pinned, tagged, noted, plain = (make_delivery() for _ in range(4))
    Pin.objects.create(delivery=pinned, at=now)
    for word in ("lebaran", "cod"):
        Tag.objects.create(delivery=tagged, word=word, at=now)
    for each in (noted, noted, tagged):
        note = Note(delivery=each, at=now)
        note.keep("Dibalas.")
        note.save()

    with django_assert_num_queries(1):
        found = marks_left_at([pinned.pk, tagged.pk, noted.pk, plain.pk])

    found[tagged.pk].tags.sort()
    assert found == {
        pinned.pk: MarksLeft(is_pinned=True),
        tagged.pk: MarksLeft(tags=["cod", "lebaran"], note_count=1),
        noted.pk: MarksLeft(note_count=2),
    }


def test_an_empty_page_has_no_marks() -> None:
    assert marks_left_at([]) == {}
