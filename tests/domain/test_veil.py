"""The veil hides the buyer on both sides of an exchange, and a key from everybody."""

from __future__ import annotations

from events.domain.tree import Json, Object, at, read, write
from events.domain.veil import Veil, names_buyer, without_buyer

PAYLOAD = (
    '{"event_source_url": "https://batiknusantara.contoh.id/checkout?email=wulan.pertiwi@contoh.id",'
    '"user_data": {"fn": "Wulan", "em": "wulan.pertiwi@contoh.id", "ph": "6281290076543", "country": "id"},'
    '"events": [{"event_id": "ord-88212-Purchase", "event_name": "Purchase",'
    '"parameters": {"value": 189000.00, "note": "untuk wulan.pertiwi@contoh.id"}}],'
    '"variants": [{"variant_unique_id": "variant_k3R9", "quantity": 1}]}'
)
ECHO = (
    '{"error": "no buyer 6281290076543",'
    ' "wulan.pertiwi@contoh.id": [6281290076543, true, null], "key": "sfpk_Abcd12345"}'
)


def shown(tree: Json) -> str:
    return write(tree).decode()


def test_an_answer_that_repeats_the_buyer_is_veiled_in_keys_texts_and_numbers() -> None:
    veiled = shown(Veil.over(read(PAYLOAD)).tree(read(ECHO)))

    assert "wulan.pertiwi" not in veiled
    assert "6281290076543" not in veiled
    assert "true,null" in veiled


def test_a_lifted_veil_shows_the_buyer_but_no_key() -> None:
    veil = Veil.over(read(PAYLOAD), is_lifted=True)

    clear = shown(veil.tree(read(ECHO)))

    assert "wulan.pertiwi@contoh.id" in clear
    assert "sfpk_Abcd12345" not in clear
    assert veil.payload(read(PAYLOAD)) == read(PAYLOAD)
    assert "sfpk_Abcd12345" not in shown(veil.payload(read(ECHO)))


def test_without_the_buyer_the_country_and_everything_about_the_order_stay() -> None:
    rest = without_buyer(read(PAYLOAD))

    assert at(rest, ("user_data",)) == Object((("country", "id"),))
    assert at(rest, ("events", 0, "event_id")) == "ord-88212-Purchase"
    assert "189000.00" in shown(rest)
    assert at(rest, ("variants",)) == at(read(PAYLOAD), ("variants",))


def test_a_value_that_names_the_buyer_elsewhere_is_left_out_not_masked() -> None:
    rest = shown(without_buyer(read(PAYLOAD)))

    assert "•••" not in rest
    assert "wulan" not in rest
    assert "note" not in rest
    assert "event_source_url" not in rest


def test_odd_payloads_lose_their_buyer_too() -> None:
    assert shown(without_buyer(read('{"user_data": ["wulan@contoh.id"], "tags": ["wulan@contoh.id", "x"]}'))) == (
        '{"user_data":{},"tags":["x"]}'
    )
    assert without_buyer(read("[1]")) == read("[1]")


def test_an_event_id_made_of_the_buyers_value_is_noticed() -> None:
    named = PAYLOAD.replace("ord-88212-Purchase", "wulan.pertiwi@contoh.id-Purchase")

    assert names_buyer(read(named), "event_id")
    assert not names_buyer(read(PAYLOAD), "event_id")
