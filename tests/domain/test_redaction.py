"""What is left of keys and of a buyer where everybody may read."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from events.domain import matching
from events.domain.personal import buyer_values
from events.domain.redaction import (
    Scrubber,
    mask_email,
    mask_payload,
    mask_phone,
    mask_storefront_key,
    mask_text,
    masked_buyer,
    scrub,
)
from events.domain.tree import Json, Object, pretty, read, walk, write

WULAN = read(
    """{"event_source_url": "https://toko.contoh.id/terima-kasih?email=Wulan.Pertiwi%40contoh.id&hp=%2B6281290076543",
    "user_data": {"em": "wulan.pertiwi@contoh.id", "ph": "6281290076543", "fn": "Wulan", "ln": "Pertiwi",
      "country": "id", "external_id": "CUST-0093", "client_ip_address": "103.28.12.45", "location_id": 3172,
      "fbc": "fb.1.1700000000000.IwAR2x", "aliases": ["Lani", {"kakak": "Rahajeng"}]},
    "events": [{"event_id": "ord-88213-Purchase", "event_name": "Purchase",
      "parameters": {"value": 95300.00, "hp": 6281290076543, "note": "untuk ibu WULAN, 0812-9007-6543"}}]}"""
)
VALUES = buyer_values(WULAN)


@pytest.mark.parametrize(
    ("value", "mask"),
    [("wulan@contoh.id", "w•••@contoh.id"), ("tanpa-domain", "t•••"), ("@contoh.id", "@contoh.id"), ("", "")],
)
def test_an_email_keeps_its_first_letter_and_its_domain(value: str, mask: str) -> None:
    assert mask_email(value) == mask


@pytest.mark.parametrize(
    ("value", "mask"),
    [
        ("081290076543", "0812•••543"),
        ("6281290076543", "+62 812 ••• 543"),
        ("+62 812-9007-6543", "+62 812 ••• 543"),
        ("+6591234567", "+65 912 ••• 567"),
        ("12345678", "•••678"),
        ("nol-delapan", "n•••"),
    ],
)
def test_a_phone_keeps_its_start_and_its_last_three_digits(value: str, mask: str) -> None:
    assert mask_phone(value) == mask


def test_a_storefront_key_keeps_its_last_four() -> None:
    assert mask_storefront_key("sfpk_TokoBatik0042") == "sfpk_…0042"


def test_other_text_keeps_its_first_letter() -> None:
    assert (mask_text("Wulan"), mask_text(" "), mask_text("-x")) == ("W•••", "", "•••")


@pytest.mark.parametrize(
    ("user_data", "mask"),
    [
        ('{"ph": "6281290076543", "em": "wulan@contoh.id"}', "w•••@contoh.id"),
        ('{"ph": "6281290076543", "em": ""}', "+62 812 ••• 543"),
        ('{"em": ["wulan@contoh.id", "sari@contoh.id"]}', "w•••@contoh.id"),
        ('{"fn": "Wulan"}', "W•••"),
        ('{"country": "id"}', ""),
        ("{}", ""),
        ("null", ""),
        ('{"em": "\\ud83d@contoh.id"}', "•••@contoh.id"),
    ],
)
def test_the_buyer_of_a_list_is_an_email_or_a_phone_or_a_name(user_data: str, mask: str) -> None:
    assert masked_buyer(read(f'{{"user_data": {user_data}}}')) == mask


def test_no_buyer_is_found_in_what_is_no_object() -> None:
    assert masked_buyer(read("[1]")) == ""
    assert buyer_values(read('"teks"')) == ()


def test_a_masked_payload_names_the_buyer_nowhere() -> None:
    shown = pretty(mask_payload(WULAN)).casefold()
    for value in VALUES:
        assert value.casefold() not in shown
    for trace in ("wulan", "pertiwi", "9007", "28.12", "rahajeng", "lani", "3172", "IwAR2x"):
        assert trace.casefold() not in shown


def test_a_masked_payload_keeps_what_explains_a_failure() -> None:
    shown = pretty(mask_payload(WULAN))
    for kept in ('"country": "id"', "95300.00", "ord-88213-Purchase", "https://toko.contoh.id/terima-kasih?"):
        assert kept in shown


def test_a_masked_payload_has_the_same_shape() -> None:
    assert [path for path, _ in walk(mask_payload(WULAN)) if "user_data" not in path] == [
        path for path, _ in walk(WULAN) if "user_data" not in path
    ]


ECHOES = [
    "wulan.pertiwi@contoh.id",
    "WULAN.Pertiwi@Contoh.ID",
    "wulan.pertiwi%40contoh.id",
    "wulan.pertiwi%2540contoh.id",
    "wulan%2Epertiwi%40contoh%2Eid",
    "wulan.pertiwi&#64;contoh.id",
    "wulan.pertiwi&#x40;contoh.id",
    "wulan.pertiwi\\u0040contoh.id",
    "a.n. wulan pertiwi",
    "fn%3DWulan",
    "+62 812-9007-6543",
    "(0812) 9007 6543",
    "ph=%2B6281290076543",
    "103.28.12.45",
]


@pytest.mark.parametrize("echo", ECHOES)
def test_an_answer_that_echoes_the_buyer_is_scrubbed(echo: str) -> None:
    scrubbed = scrub(f'{{"error":"user_data: \\"{echo}\\" is not valid for store_Batik0001"}}', VALUES).casefold()
    for trace in ("wulan", "pertiwi", "9007", "28.12"):
        assert trace not in scrubbed
    assert "is not valid for store_batik0001" in scrubbed


@pytest.mark.parametrize("text", ["0812-9007-6543", "+62 812 9007 6543", "sari@kopisenja.contoh.id", "a%40b.co"])
def test_emails_and_phones_are_scrubbed_unasked(text: str) -> None:
    assert text not in scrub(f"untuk {text}.")


def test_two_phones_side_by_side_are_both_scrubbed() -> None:
    assert "9007" not in scrub("6281290076543 +62 812-9007-6543")


@pytest.mark.parametrize("key", ["sfpk_TokoBatik00000001", "sk_live_Rahasia123", "rk_live_Rahasia123"])
def test_keys_are_scrubbed(key: str) -> None:
    assert scrub(f"key {key} unknown") == f"key {key.split('_')[0]}_••• unknown"


@pytest.mark.parametrize(
    "text",
    [
        "events[0].parameters.value must be a number, got 95300.00",
        "ord-88213-Purchase at 2026-11-23T10:42:07Z after 182 ms",
        "order 20261123001",
        "fb.1.1700000000000.4",
        "Wulandari Batik",
        "quantity 0 is less than 1",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert scrub(text, VALUES) == text


def test_a_scrubbed_place_can_be_left_blank() -> None:
    assert scrub("em wulan.pertiwi@contoh.id", VALUES, instead="") == "em "


# What ends or begins beside another text, in every spelling that is looked for.
PARTS = (
    *VALUES, "Wul", "an", "pertiwi", "@contoh.id", "%40", "contoh.id", "+62 812", "0812", "-9007-", "6543", "62", "8",
    "\0", "%00", "%2B", "&#64;", "\\u0040", "d3VsYW4ucGVydGl3aUBjb250b2guaWQ=", "sfpk_", "abcdEFGH1234", "sk_live_9aB",
    "Bearer ", "EAA", "0c9c3e6b-62ea-4f3c-9c3e-08123456789a", "Animasi", " ", "•••", "kemeja batik",
)  # fmt: skip


@given(
    st.lists(st.lists(st.sampled_from(PARTS), max_size=4).map("".join), max_size=6), st.sampled_from([None, " ", "x"])
)
def test_texts_that_were_looked_through_together_read_as_each_would_alone(
    texts: list[str], instead: str | None
) -> None:
    together = Scrubber(VALUES)
    together.look_through(texts)

    assert [together(text, instead) for text in texts] == [Scrubber(VALUES)(text, instead) for text in texts]


@given(st.lists(st.lists(st.sampled_from(PARTS), max_size=4).map("".join), max_size=6))
def test_texts_in_which_nothing_was_found_hold_no_contact(texts: list[str]) -> None:
    scrubber = Scrubber(VALUES)
    scrubber.look_through(texts)

    if any(matching.contacts(text) for text in texts):
        assert not scrubber.found_nothing
    if scrubber.found_nothing:
        assert [scrubber(text) for text in texts] == texts


def test_scrubbing_a_hostile_page_is_quick() -> None:
    scrub("a@" * 20_000 + "1 " * 20_000 + "x." * 20_000, VALUES)


SIGNS = {
    "b": "bB", "i": "iIıİ", "k": "kKK", "s": "sSſ", "7": "7",
    "@": ["@", "%40", "%2540", "&#64;", "&#x40;", "\\u0040"], "é": ["é", "%C3%A9", "&#233;", "\\u00e9"],
}  # fmt: skip


@given(st.lists(st.sampled_from([(sign, way) for sign, ways in SIGNS.items() for way in ways]), min_size=6))
def test_a_value_is_found_however_its_signs_are_written(signs: list[tuple[str, str]]) -> None:
    value, written = ("".join(column) for column in zip(*signs, strict=True))

    assert scrub(f"“{written}” is unknown", (value,), instead="*") == "“*” is unknown"


@given(st.lists(st.sampled_from(["", " ", "-", ". ", "%20"]), min_size=8, max_size=8))
def test_a_phone_is_found_however_its_digits_are_spaced(gaps: list[str]) -> None:
    written = "".join(digit + gap for digit, gap in zip("29007654", gaps, strict=True)) + "3"

    assert scrub(f"tel {written}?", ("6281290076543",), instead="*") == "tel *?"


LEAVES = st.text(min_size=1, max_size=12) | st.integers().map(lambda number: read(str(number)))
TREES: st.SearchStrategy[Json] = st.recursive(
    LEAVES | st.none() | st.booleans(),
    lambda inner: st.dictionaries(st.text(max_size=6), inner, max_size=4).map(
        lambda members: Object(tuple(members.items()))
    ),
    max_leaves=12,
)


@given(user_data=TREES, extra=TREES)
def test_any_payload_can_be_masked_and_written(user_data: Json, extra: Json) -> None:
    tree = Object((("user_data", user_data), ("extra", extra)))
    masked = mask_payload(tree)
    write(masked)
    masked_buyer(tree).encode()
    assert isinstance(masked, Object)
    assert masked.keys() == ("user_data", "extra")


@given(st.uuids())
@example(UUID("62850609-1916-4dd6-9e30-bd488c809fcf"))
@example(UUID("a0d87a96-0584-4485-8999-6c0f538b228c"))
@example(UUID("cc1fc442-ae4b-4e34-b1c0-057180203865"))
def test_an_event_id_that_is_a_uuid_never_passes_for_a_phone(event_id: UUID) -> None:
    assert scrub(f"{event_id} ord-{event_id}") == f"{event_id} ord-{event_id}"


@given(st.emails())
def test_no_local_part_of_an_email_survives(email: str) -> None:
    local, _, domain = email.rpartition("@")
    shown = mask_email(email)
    assert shown.endswith("@" + domain)
    assert local not in shown.rpartition("@")[0] or len(local) == 1
    if local.replace(".", "").isalnum():
        assert email not in scrub(f"to {quote(email)}: {email}", (email,))
