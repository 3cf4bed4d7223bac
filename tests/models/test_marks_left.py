"""What a list tells of the marks of its rows, asked once for all of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.models import Note, Pin, Tag
from events.models.called import names
from events.models.mark import Left, MarksLeft, left_at, marks_left_at
from tests.factories import make_delivery, make_person

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


def test_all_that_was_left_at_one_delivery_is_one_query(django_assert_num_queries: Any) -> None:
    rani, now = make_person(), timezone.now()
    delivery, other = make_delivery(), make_delivery()
    for each, word in ((other, "cod"), (delivery, "lebaran"), (delivery, "akhir-bulan"), (other, "lebaran")):
        Tag.objects.create(delivery=each, word=word, at=now, by=rani)
    for each, text in ((delivery, "Dibalas."), (other, "Menunggu."), (delivery, "Selesai.")):
        note = Note(delivery=each, at=now, edited_at=now + timedelta(hours=1))
        note.keep(text)
        note.save()

    with django_assert_num_queries(1):
        left = left_at(delivery, with_words=True)
        assert [(tag.word, str(tag.by), tag.at) for tag in left.tags] == [
            ("lebaran", rani.name, now),
            ("akhir-bulan", rani.name, now),
        ]
        assert [(note.text(), note.by, note.edited_at) for note in left.notes] == [
            ("Dibalas.", None, now + timedelta(hours=1)),
            ("Selesai.", None, now + timedelta(hours=1)),
        ]

    assert left.words == names().tags == ("lebaran", "akhir-bulan", "cod")
    assert left_at(delivery).words == ()


def test_where_nothing_was_left_the_words_in_use_are_told_all_the_same() -> None:
    assert left_at(make_delivery(), with_words=True) == Left()
    Tag.objects.create(delivery=make_delivery(), word="cod", at=timezone.now())

    assert left_at(make_delivery(), with_words=True) == Left(words=("cod",))


def test_an_empty_page_has_no_marks() -> None:
    assert marks_left_at([]) == {}
