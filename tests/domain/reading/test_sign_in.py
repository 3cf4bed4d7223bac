"""Cookies and other ways to sign in are masked in whatever form a request is written down, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.domain.reading import read_pasted
from events.domain.reading.sign_in import without_sign_ins
from tests.domain.reading import specimens
from tests.quickly import quickly

BODY = '{"user_data":{},"events":[]}'


def har(indent: int | None = None) -> str:
    """A HAR as browsers save it: cookies stand in the headers and once more in a list of their own."""
    saved: dict[str, Any] = json.loads(specimens.har(specimens.BODY))
    for entry in saved["log"]["entries"]:
        entry["request"]["cookies"] = [{"name": "session", "value": 'geheim]"'}]
        entry["response"] = {"headers": [{"name": "Set-Cookie", "value": "session=geheim"}]}
    return json.dumps(saved, indent=indent)


COPIES = {
    "bash": specimens.curl_bash(),
    "bash, every sign escaped": specimens.curl_bash().replace("'cookie: ", "$'cookie: \\'"),
    "firefox": specimens.curl_firefox(),
    "cmd": specimens.curl_cmd(),
    "cmd, a quote in it": specimens.curl_cmd().replace("session=", '^\\^"session=^\\^"'),
    "powershell": specimens.powershell().replace("fb.1.1.1", "geheim"),
    "fetch": specimens.fetch(),
    "har": har(),
    "har, indented": har(indent=2),
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_no_copy_shows_a_cookie_and_each_is_still_read(copy: str) -> None:
    shown = without_sign_ins(copy)

    assert "geheim" in copy
    assert "geheim" not in shown
    assert "1098115397" not in shown
    assert read_pasted(shown).found == read_pasted(copy).found


@pytest.mark.parametrize(
    "text",
    [
        "curl -u admin:geheim https://contoh.id",
        "curl -b 's=geheim' --user \"a:geheim\" --oauth2-bearer geheim https://contoh.id",
        "curl -H 'cookie: a='\\''b geheim'\\''' https://contoh.id",
        '-H "Cookie: a=""geheim""" -d x',
        "Authorization: Basic geheim",
        "> Cookie: a=geheim; b=c",
        "cookie\na=geheim",
        "headers.append('Authorization', `Basic geheim`)",
        "{'Authorization': f'Token geheim {x}'}",
        '@{ Authorization = "Basic geheim" }',
        '{\\"authorization\\":\\"geheim\\",\\"b\\":1}',
        "'Authorization' => 'Basic geheim',",
        "requests.post(url, cookies={'s': 'geheim'}, json={})",
        "x-scalev-page-api-key: ab=geheim",
        '["authorization", "geheim"]',
    ],
)
def test_no_other_spelling_shows_one_either(text: str) -> None:
    assert "geheim" not in without_sign_ins(text)


@pytest.mark.parametrize(
    "text",
    [
        specimens.BODY,
        '{"content_name": "Cookie", "value": 95300}',
        '{"content_name":"Cookie","value":"95300"}',
        "{Authorization: token, x: 1}",
        "Cookie: the best in town",
        "cookie-banner: 'x'",
    ],
)
def test_what_only_has_the_name_stays(text: str) -> None:
    assert without_sign_ins(text) == text


def test_what_an_import_names_shows_none_either() -> None:
    reading = read_pasted(f"curl -H 'cookie: s=geheim' x\n```\n{BODY}\n```")

    assert reading.not_read[0].what == "curl -H 'cookie: •••' x"


@pytest.mark.parametrize(
    "text",
    ["'cookie:", "cookie \n", '"cookies":[', 'cookie,"value":', "-b ", "Cookie(", '"name":"cookie",', "cookies='\\"],
)
def test_no_text_keeps_the_mask_busy(text: str) -> None:
    with quickly():
        without_sign_ins(text * (1_000_000 // len(text)))
