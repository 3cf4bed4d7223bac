"""Calls of the browser's pixel are read from a line, a script or a whole page, as Meta would take them."""

from __future__ import annotations

import pytest

from events.domain.reading import read_pasted
from events.domain.reading.pixel import Pixel, PixelEvent, read_pixel
from events.domain.tree import write

PAGE = """<!DOCTYPE html><html><head><title>Don't panic</title>
<!-- Meta Pixel Code -->
<script>
!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,arguments):
n.queue.push(arguments)};}(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');
fbq('init', '812345678901234', {em: 'wulan.pertiwi@contoh.id', ph: phone});
fbq('track', 'PageView');
// fbq('track', 'Lead');
</script>
<noscript><img height="1" width="1" src="https://www.facebook.com/tr?id=812345678901234&ev=PageView&noscript=1"></noscript>
</head><body>
<a onclick="fbq('track', &quot;Contact&quot;, {content_name: 'Batik'})">Isn't it nice</a>
<script>window.fbq && window.fbq('track', 'Purchase', {
  value: 95300.00, currency: 'IDR', content_ids: ['variant_k3R9vQ2'], order_id: orderId,
}, {eventID: 'ord-88212-Purchase'});</script></body></html>"""


def only(text: str) -> PixelEvent:
    (event,) = read_pixel(text).events
    return event


def told(pixel: Pixel | PixelEvent) -> list[str]:
    return [f"{each.what}: {each.why}" for each in pixel.not_read]


def test_a_whole_page_gives_its_pixel_its_buyer_and_its_events() -> None:
    pixel = read_pixel(PAGE)

    assert (pixel.pixel_ids, write(pixel.buyer)) == (("812345678901234",), b'{"em":"wulan.pertiwi@contoh.id"}')
    assert [event.event_name for event in pixel.events] == ["PageView", "Contact", "Purchase"]
    assert pixel.events[2].event_id == "ord-88212-Purchase"
    assert write(pixel.events[2].parameters) == (
        b'{"value":95300.00,"currency":"IDR","content_ids":["variant_k3R9vQ2"]}'
    )


def test_a_page_says_what_of_it_was_not_read() -> None:
    pixel = read_pixel(PAGE)

    assert told(pixel.events[2]) == [
        "parameters.order_id: orderId: A variable, whose value is not in this text. Write in the one that you mean."
    ]
    assert any("stands in a comment" in words for words in told(pixel))
    assert any(words.startswith("ph: phone") for words in told(pixel))


@pytest.mark.parametrize(
    ("text", "command", "name", "pixel_id"),
    [
        ("fbq('track', 'Purchase', {}, {eventID: 'a'})", "track", "Purchase", ""),
        ("fbq('trackCustom', 'BatikDilihat', {}, {eventID: 'a'})", "trackCustom", "BatikDilihat", ""),
        ("fbq('trackSingle', '8123', 'Purchase', {}, {eventID: 'a'})", "trackSingle", "Purchase", "8123"),
        ("fbq('trackSingleCustom', 8123, 'Dilihat', {}, {eventID: 'a'})", "trackSingleCustom", "Dilihat", "8123"),
    ],
)
def test_each_command_has_its_name_at_its_own_place(text: str, command: str, name: str, pixel_id: str) -> None:
    event = only(text)

    assert (event.command, event.event_name, event.pixel_id, event.event_id) == (command, name, pixel_id, "a")
    assert event.is_custom is command.endswith("Custom")


def test_an_id_written_as_a_number_is_kept_to_its_last_digit() -> None:
    event = only("fbq('track', 'Purchase', {}, {eventID: 100200300400500600700})")

    assert (event.event_id, event.is_id_text) == ("100200300400500600700", False)


@pytest.mark.parametrize("key", ["eventId", "event_id", "EventID"])
def test_a_misspelt_id_is_none_as_it_is_for_meta(key: str) -> None:
    event = only(f"fbq('track', 'Purchase', {{}}, {{{key}: 'a'}})")

    assert event.event_id == ""
    assert told(event) == [
        f"{key}: Meta reads “eventID”, written exactly so. The browser's event goes out without an ID."
    ]


def test_an_id_among_the_parameters_is_told() -> None:
    event = only("fbq('track', 'Purchase', {value: 1, eventID: 'a'})")

    assert event.event_id == ""
    assert "It stands among the parameters." in told(event)[0]


def test_curly_quotes_are_read_and_told_once() -> None:
    event = only("fbq(‘track’, ‘Purchase’, {currency: “IDR”})")

    assert write(event.parameters) == b'{"currency":"IDR"}'
    assert [words for words in told(event) if "Curly quotes" in words] == told(event)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("fbq('track', 'Purchase', {value: 1", "A quote, a comma or a bracket is missing"),
        ("fbq('track', eventName, {value: 1})", "The name of the event is missing"),
        ("fbq('trak', 'Purchase')", "no command that makes an event"),
    ],
)
def test_a_call_that_makes_no_event_is_named(text: str, words: str) -> None:
    pixel = read_pixel(text)

    assert pixel.events == ()
    assert words in told(pixel)[0]


def test_a_key_that_stands_near_is_not_repeated() -> None:
    pixel = read_pixel("fbq('trak', 'sfpk_TokoBatik00000001')")

    assert "TokoBatik" not in told(pixel)[0]


def test_a_page_of_calls_without_end_is_cut() -> None:
    pixel = read_pixel("fbq('track', 'PageView');\n" * 500)

    assert len(pixel.events) == 200
    assert told(pixel) == ["…: Only the first 200 calls were looked at."]


def test_an_event_of_the_pixel_becomes_a_payload_with_the_pages_buyer() -> None:
    reading = read_pasted(PAGE)

    assert write(reading.found[2].payload).decode() == (
        '{"user_data":{"em":"wulan.pertiwi@contoh.id"},"events":[{"event_id":"ord-88212-Purchase",'
        '"event_name":"Purchase","parameters":{"value":95300.00,"currency":"IDR","content_ids":["variant_k3R9vQ2"]}}]}'
    )
    assert [each.what for each in reading.found[0].not_read] == ["eventID"]
