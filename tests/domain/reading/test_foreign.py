"""What is no request and no event is called by its name, with what to paste instead."""

from __future__ import annotations

import pytest

from events.domain.reading import read_pasted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is nothing in this."),
        ("  \n", "There is nothing in this."),
        ("Pesanan 88212 sudah dibayar", "text without a request in it"),
        ("sfpk_TokoBatik88212", "This is a storefront key. It was not stored"),
        ("sk_live_TokoBatik88212", "This is a secret key. It was not stored"),
        ("Bearer eyJhbGciOiJIUzI1NiJ9.TokoBatik", "This is a secret key. It was not stored"),
        ("rk_batik_merah", "text without a request in it"),
        ("gtag('event', 'purchase', {value: 95300})", "Google's tag (gtag)"),
        ("ttq.track('CompletePayment', {value: 95300})", "TikTok's pixel"),
        ("dataLayer.push({event: 'purchase'})", "Google Tag Manager"),
        ("axios.post(url, payload)", "a program that sends a request"),
        ("https://batiknusantara.contoh.id/checkout", "an address alone"),
        ("<!doctype html><html><body>Batik</body></html>", "a page (HTML) without a call"),
        ("<script src='https://connect.facebook.net/en_US/fbevents.js'></script>", "the code that loads Meta's pixel"),
        ("fbq('init', '8123')", "none that makes an event"),
        ("Scalev.analytics.track('tiktok', {})", "This call is for tiktok."),
        ("curl --help", "without a request that can be read"),
        ("TypeError: Failed to fetch\n    at send (app.js:12:7)", "the message of an error"),
        ("[1, 2]", ""),
    ],
)
def test_it_is_called_by_its_name(text: str, words: str) -> None:
    reading = read_pasted(text)

    assert words in reading.problem
    assert bool(reading.problem) is (reading.found == ())
    assert "TokoBatik" not in repr(reading)
