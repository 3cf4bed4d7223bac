"""A text, or a file with it: one of the two is asked for, the file counts, and too large a one says how large it is."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.forms.products import ProductsForm
from events.forms.snippet import SnippetForm
from events.forms.text_or_file import TextOrFileForm

MOST = 5 * 1_048_576
both = pytest.mark.parametrize("form", [ProductsForm, SnippetForm])


def filled(form: type[TextOrFileForm], text: str = "", content: bytes | None = None) -> TextOrFileForm:
    files = {} if content is None else {"file": SimpleUploadedFile("given.json", content)}
    return form({"text": text}, files=files)


@both
@pytest.mark.parametrize("text", ["", " \n"])
def test_one_of_the_two_is_asked_for(form: type[TextOrFileForm], text: str) -> None:
    asked = filled(form, text)

    assert not asked.is_valid()
    assert "or choose a file with one." in asked.errors["text"][0]


@both
def test_the_file_counts_where_both_are_given(form: type[TextOrFileForm]) -> None:
    text, file = filled(form, "{}"), filled(form, "{}", b"[]")

    assert text.is_valid()
    assert file.is_valid()
    assert (text.given, file.given) == ("text", "file")


@both
def test_a_file_may_have_five_megabytes_and_not_a_byte_more(form: type[TextOrFileForm]) -> None:
    larger = filled(form, content=b" " * (MOST + 1))

    assert filled(form, content=b" " * MOST).is_valid()
    assert not larger.is_valid()
    assert "This file has 5.0 MB, and 5 fit." in larger.errors["file"][0]


@both
def test_the_page_knows_what_is_too_large_before_it_is_sent(form: type[TextOrFileForm]) -> None:
    drawn = str(form()["file"])

    assert f'data-most-bytes="{MOST}"' in drawn
    assert 'data-too-large="This file is larger than 5 MB.' in drawn
