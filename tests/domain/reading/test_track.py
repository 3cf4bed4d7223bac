"""`Scalev.analytics.track` of an HTML-mode page says the same in the words of the relay's contract."""

from __future__ import annotations

from events.domain.reading.script import read_script
from events.domain.reading.track import read_tracks, tracks_of
from events.domain.tree import write

CALL = """const order = await Scalev.checkout.createOrder(cart);
await Scalev.analytics.track("facebook", {
  firstName: "Wulan", phone: "6281290076543", email: buyer.email,
  variants: [{ uniqueId: "variant_k3R9vQ2", quantity: 1, price: 179000 }],
  bundlePriceOptions: [{ uniqueId: "bundle_price_option_p1", quantity: 2 }],
  events: [{ eventName: "Lead", eventId: "ord-88212-Lead", parameters: { value: 179000.00, currency: "IDR" } }],
  chatMessage: null
});
Scalev.analytics.track("tiktok", { events: [] });"""


def test_camel_case_becomes_the_contracts_words() -> None:
    (track,) = read_tracks(CALL)

    assert write(track.payload).decode() == (
        '{"user_data":{"fn":"Wulan","ph":"6281290076543"},'
        '"variants":[{"variant_unique_id":"variant_k3R9vQ2","quantity":1}],'
        '"bundle_price_options":[{"bundle_price_option_unique_id":"bundle_price_option_p1","quantity":2}],'
        '"events":[{"event_name":"Lead","event_id":"ord-88212-Lead","parameters":{"value":179000.00,"currency":"IDR"}}]}'
    )


def test_what_the_relay_has_no_word_for_is_named() -> None:
    (track,) = read_tracks(CALL)

    told = [f"{each.what}: {each.why}" for each in track.not_read]
    assert any(words.startswith("email: buyer.email: A variable") for words in told)
    assert any(words.startswith("variants[0].price: The relay takes no price") for words in told)
    assert any(words.startswith("chatMessage: Scalev's relay has no field") for words in told)


def test_a_call_for_somebody_else_is_named_and_not_read() -> None:
    tracks, others = tracks_of(read_script(CALL))

    assert len(tracks) == 1
    assert [str(each.why) for each in others] == ["This call is for tiktok. Only calls for facebook reach Meta."]


def test_a_call_with_a_variable_for_everything_is_named() -> None:
    tracks, others = tracks_of(read_script("Scalev.analytics.track('facebook', payload)"))

    assert tracks == ()
    assert "put together by the running page" in others[0].why
