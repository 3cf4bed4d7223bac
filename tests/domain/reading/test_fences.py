"""Requests as chats and documents show them: between fences, and among words that name a tool or two."""

from __future__ import annotations

import pytest

from events.domain.reading import Form, Found, read_pasted
from events.domain.tree import read, write
from tests.domain.reading import specimens

SMALL = '{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[]}'
CURL = f"curl {specimens.URL} -d '{SMALL}'"


def only(text: str) -> Found:
    (found,) = read_pasted(text).found
    return found


@pytest.mark.parametrize(
    ("copy", "form"),
    [
        (specimens.curl_bash(), Form.CURL_BASH),
        (specimens.curl_cmd(), Form.CURL_CMD),
        (specimens.powershell(), Form.POWERSHELL),
        (specimens.fetch(), Form.FETCH),
        (specimens.BODY, Form.JSON),
    ],
)
@pytest.mark.parametrize("language", ["", "bash", "powershell"])
def test_a_copy_in_fences_is_read_as_without(copy: str, form: Form, language: str) -> None:
    text = f"```{language}\n{copy}\n```\n"

    assert (read_pasted(text).form, read_pasted(text).not_read) == (form, ())
    assert write(only(text).payload) == write(read(specimens.BODY))


def test_fences_may_stand_on_the_line_of_the_code() -> None:
    assert write(only(f"```{CURL}```").payload).decode() == SMALL


def test_words_around_the_fences_are_named_and_left_out() -> None:
    reading = read_pasted(f"It's this one:\n```\n{CURL}\n```\nIt doesn't work")

    assert (reading.form, len(reading.found)) == (Form.CURL_BASH, 1)
    assert [each.what for each in reading.not_read] == ["It's this one: It doesn't work"]


def test_fences_inside_of_a_value_are_part_of_it() -> None:
    body = SMALL.replace("wulan", "```x```")

    assert write(only(CURL.replace("wulan", "```x```")).payload).decode() == body
    assert write(only(body).payload).decode() == body


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"I used curl and sent this:\n{SMALL}\nbut it doesn't work", Form.JSON),
        (f"// like curl does\nfetch('{specimens.URL}', {{method: 'POST', body: '{SMALL}'}})", Form.FETCH),
        (f"irm does it, and curl -d too:\n{SMALL}", Form.JSON),
        (f"curl '{specimens.URL}' -d '{SMALL}", Form.JSON),
    ],
)
def test_where_the_looks_deceive_another_form_is_tried(text: str, form: Form) -> None:
    assert read_pasted(text).form is form
    assert write(only(text).payload).decode() == SMALL


def test_what_is_no_event_of_the_relay_is_not_read_as_something_else() -> None:
    reading = read_pasted(CURL.replace("/meta/", "/tiktok/"))

    assert (reading.form, reading.found) == (Form.CURL_BASH, ())
    assert "relay to tiktok" in reading.problem
