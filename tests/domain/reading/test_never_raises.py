"""There is no text on which reading raises, and none that keeps it busy for longer than a person waits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.reading import read_pasted
from events.domain.tree import read, write
from tests.domain.reading import specimens
from tests.quickly import quickly

PIECES = st.sampled_from(
    [
        *"'\"`\\^$@#|&;<>(){}[],:=-+. \n\r\t%\x00\ud800\u2019é",
        "curl ", "curl.exe ", "-d ", "-H ", "--next", "<<EOF\n", "EOF", "$(", "${", "$'", '^"', "\\u00", "\\ud83d",
        "Invoke-WebRequest ", "irm -Body ", "@{", "@(", "@'\n", "\n'@", "| ConvertTo-Json", "$body = ", "[char]65",
        "fetch(", "fbq('track', ", "fbq('init', ", "Scalev.analytics.track(", "'facebook', ", "JSON.stringify(", "{{",
        "<script>", "</script>", "<!--", "//", "/*", "eventID: ", "0x", "1_0", "1e999", "null", "...", "=>",
        '{"log":{"creator":{},"entries":[', '{"request":{"method":"POST","url":"', specimens.URL, '"user_data":{',
        '"data":[{"event_name":', '"events":[{"eventName":', "http://[", "sfpk_TokoBatik88212", "```", "```bash\n",
    ]
)  # fmt: skip
SPECIMENS = [
    specimens.curl_bash(),
    specimens.curl_cmd(),
    specimens.curl_cmd_doubled(),
    specimens.powershell(),
    specimens.fetch(),
    specimens.har(specimens.BODY),
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A copy in which a piece was lost or put in: what a hand does that slips."""
    text = draw(st.sampled_from(SPECIMENS))
    start = draw(st.integers(0, len(text)))
    lost = draw(st.integers(0, 40))
    return "".join((text[:start], draw(PIECES), text[start + lost :]))


TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join), damaged())


@settings(max_examples=100)
@given(TEXTS)
def test_no_text_makes_reading_raise_and_all_that_is_found_can_be_written(text: str) -> None:
    reading = read_pasted(text)

    assert bool(reading.found) is not bool(reading.problem)
    for found in reading.found:
        assert found.text if found.payload is None else read(write(found.payload)) == found.payload
    str(reading).encode()


@pytest.mark.parametrize(
    "text",
    [
        "fbq(" * 100_000,
        "fbq('track', {" * 30_000,
        "fetch('" * 140_000,
        "<script>" * 120_000,
        "curl '" * 80_000,
        "curl " + "\\a" * 500_000,
        "curl \r\x0b x",
        "curl x " * 60_000 + "`\n",
        "```a" * 250_000,
        "```a\n" + "curl x " * 60_000,
        "curl <<E" + "\n" * 1_000_000,
        'curl ^"' + "^\\" * 500_000,
        "irm " + "@{a=" * 250_000,
        "irm -Body " + "$(" * 500_000,
        "irm -a $b; " * 90_000,
        "{" * 1_000_000,
        "{a:" * 300_000,
        "{a: " + "b(" * 500_000,
        "[" + "0," * 140_000,
        '{"log":{"creator":{},"entries":' + "[" * 1_000_000,
        "'" * 1_000_000,
        " onload=" * 130_000,
        "ttq" + " " * 1_000_000,
        "x " + "{data:" * 160_000,
        "x {events: [" + "1 + 1, " * 100_000,
    ],
    ids=lambda text: text[:16],
)
def test_no_text_keeps_reading_busy(text: str) -> None:
    with quickly():
        read_pasted(text)
