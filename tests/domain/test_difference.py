"""Where the request that was refused differs from the one that was taken: what tells most comes first."""

from __future__ import annotations

import pytest

from events.domain.difference import MOST_FOUND, Difference, Kind, Veiled, apart, differences, veiled
from events.domain.tree import Array, Number, Object, read

TAKEN = read(
    '{"user_data": {"em": "sekar.ayu@contoh.id", "ph": "6281290076999"}, "events": [{"event_id": "ord-1-Purchase", '
    '"event_name": "Purchase", "parameters": {"value": 189000, "currency": "IDR", "order_id": "1"}}], '
    '"variants": [{"variant_unique_id": "variant_k3R9", "quantity": 2}]}'
)


def found(refused: str, **more: object) -> list[Difference]:
    return list(differences(TAKEN, read(refused), **more))  # type: ignore[arg-type]


REFUSED = (
    '{"user_data": {"em": "wulan.pertiwi@contoh.id"}, "events": [{"event_id": "ord-2-Purchase", "event_name": '
    '"Purchase", "parameters": {"value": "189.000", "currency": "IDR", "order_id": "2"}}], '
    '"variants": [{"variant_unique_id": "variant_k3R9", "quantity": 0, "note": "merah"}], "referrer_url": null}'
)


def test_what_tells_most_comes_first() -> None:
    assert [(each.path, each.kind, each.left, each.right) for each in found(REFUSED)] == [
        (("user_data", "ph"), Kind.MISSING, '"6281290076999"', ""),
        (("variants", 0, "note"), Kind.ADDED, "", '"merah"'),
        (("referrer_url",), Kind.ADDED, "", "null"),
        (("events", 0, "parameters", "value"), Kind.TYPE, "189000", '"189.000"'),
        (("variants", 0, "quantity"), Kind.VALUE, "2", "0"),
    ]


def test_what_scalev_named_comes_before_everything_else() -> None:
    assert found(REFUSED, first=(("variants", 0, "quantity"),))[0].path == ("variants", 0, "quantity")


def test_ids_and_the_buyers_values_differ_with_every_event_and_are_left_out() -> None:
    paths = {each.path for each in found(REFUSED)}

    assert not paths & {("events", 0, "event_id"), ("events", 0, "parameters", "order_id"), ("user_data", "em")}


def test_who_asks_for_everything_is_told_of_them_too() -> None:
    paths = {each.path for each in found(REFUSED, everything=True)}

    assert paths >= {("events", 0, "event_id"), ("events", 0, "parameters", "order_id"), ("user_data", "em")}


def test_under_masks_that_look_alike_two_values_still_differ() -> None:
    one, other = (read(f'{{"user_data": {{"em": "{name}@contoh.id"}}}}') for name in ("wulan", "wati"))
    (each,) = differences(one, other, everything=True)

    shown = veiled(each, Veiled.request(one), Veiled.request(other))

    assert (shown.kind, shown.left, shown.right) == (Kind.VALUE, '"w•••@contoh.id"', '"w•••@contoh.id"')


def test_of_two_long_texts_the_part_is_shown_in_which_they_differ() -> None:
    address = "https://batiknusantara.contoh.id/koleksi/kemeja-batik-parang-lengan-panjang/checkout"

    one, other = apart(f"{address}?step=1&{'x' * 90}", f"{address}?step=2&{'x' * 90}")

    assert ("step=1" in one, "step=2" in other) == (True, True)
    assert max(len(one), len(other)) <= 60


@pytest.mark.parametrize(("one", "other"), [("a" * 55, "a" * 54 + "b"), ("a" + "x" * 90, "b" + "x" * 90)])
def test_a_beginning_that_differs_is_shown_from_its_start(one: str, other: str) -> None:
    assert [text[:1] for text in apart(one, other)] == [one[:1], other[:1]]


def test_a_list_of_another_length_is_one_difference() -> None:
    (each,) = differences(read('{"variants": [1, 2, 3]}'), read('{"variants": [1]}'))

    assert each.words == "3 entries in the one that was taken, 1 here"


@pytest.mark.parametrize(("one", "other"), [("1", "true"), ("null", '""'), ("[]", "{}"), ("0", "null")])
def test_another_type_is_said_as_such(one: str, other: str) -> None:
    (each,) = differences(read(one), read(other))

    assert each.kind is Kind.TYPE


def test_equal_payloads_have_none() -> None:
    assert differences(TAKEN, TAKEN) == ()


def test_two_large_payloads_are_compared_in_one_go_and_what_is_found_has_an_end() -> None:
    many = tuple((f"key{number}", Number(str(number))) for number in range(50_000))

    assert differences(Object(many), Object(many)) == ()
    assert len(differences(Object(many), Object())) == MOST_FOUND


def test_a_large_value_is_shown_by_its_beginning() -> None:
    (each,) = differences(Object(), Object((("note", Array(("Kemeja Batik Parang",) * 50)),)))

    assert len(each.right) == 60
    assert each.right.endswith("…")
