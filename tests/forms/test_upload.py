"""A file that is uploaded lies packed in memory, and reads as it was sent."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from events.forms.upload import PackedFile

CONTENT = b"\x00\xff<har>\r\n" * 300_000


@pytest.fixture
def request_with_file() -> Iterator[HttpRequest]:
    request = RequestFactory().post("/", {"file": io.BytesIO(CONTENT), "words": "Tulis Tangan"})
    yield request
    request.close()


def uploaded(request: HttpRequest) -> PackedFile:
    file = request.FILES["file"]
    assert isinstance(file, PackedFile)
    return file


def test_it_reads_as_it_was_sent_in_pieces_and_again(request_with_file: HttpRequest) -> None:
    file = uploaded(request_with_file)

    assert file.size == len(CONTENT)
    assert file.read(7) == CONTENT[:7]
    assert b"".join(file.chunks()) == CONTENT
    assert request_with_file.POST["words"] == "Tulis Tangan"


def test_its_memory_is_given_back_when_the_request_ends(request_with_file: HttpRequest) -> None:
    file = uploaded(request_with_file)

    request_with_file.close()

    with pytest.raises(ValueError, match="closed"):
        file.read(1)


def test_an_empty_file_is_a_file() -> None:
    request = RequestFactory().post("/", {"file": io.BytesIO(b"")})

    assert uploaded(request).read() == b""
