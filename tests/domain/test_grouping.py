"""Failures that differ only in IDs, numbers or addresses have one form; different faults have two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.domain import contract, meta
from events.domain.grouping import GAP, KEPT, digest, normal_form
from events.domain.redaction import mask_email, mask_phone, mask_text, scrub
from events.management.invented_words import FAILURES

# What Scalev and Meta call things: kept on purpose, for it tells one error from another.
NAMES = {*contract.KNOWN_KEYS, *meta.PARAMETER_KINDS, "id"}
# What a shop, a server or a buyer puts in the place of a value, each kind as it is seen.
VALUES = {
    "number": st.integers(-10_000, 10**12).map(str),
    "amount": st.decimals(0, 10**9, places=2).map(str),
    "uuid": st.uuids().map(str),
    "hex": st.integers(2**60, 2**64 - 1).map("{:016x}".format),
    "order": st.integers(1, 99_999).flatmap(lambda n: st.sampled_from((f"ORD-{n}", f"ord-{n}", f"INV{n}"))),
    "item": st.text("abcdefgh23456789XYZ", min_size=3, max_size=12).map("variant_{}4k".format),
    "e-mail": st.from_regex(r"[a-z]{3,9}\.[a-z]{3,9}@contoh\.(id|com)", fullmatch=True),
    "phone": st.integers(10**7, 10**8 - 1).flatmap(
        lambda n: st.sampled_from((f"0812{n}", f"+62 812-{str(n)[:4]}-{str(n)[4:]}", f"62812{n}"))
    ),
    "address": st.ip_addresses().map(str),
    "address and port": st.ip_addresses(v=4).flatmap(lambda ip: st.integers(1, 65535).map(lambda n: f"{ip}:{n}")),
    "time": st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M:%S}Z"),
    "quoted": st.from_regex(r"\"[a-z ]{0,20}\"", fullmatch=True).filter(
        lambda text: NAMES.isdisjoint(text[1:-1].split())
    ),
    "masked": st.sampled_from(
        [mask_email("wulan.pertiwi@contoh.id"), mask_phone("6281290076543"), mask_phone("081290076543"),
         mask_text("Wulan"), scrub("sfpk_TokoBatik123456")]
    ),
}  # fmt: skip
PLACES = (
    "{value} was not found",
    "events[0].parameters.value: {value} must not be negative",
    "line 2, `quantity` “must be at least 1, found {value}”",
    "“no buyer matches {value}”",
    "the name leads to {value}, which is not a public address",
    "Internal server error, request {value}",
    "(was {value})",
)


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data(), place=st.sampled_from(PLACES))
def test_two_errors_that_differ_only_in_a_value_have_one_form(kind: str, data: st.DataObject, place: str) -> None:
    one, other = data.draw(VALUES[kind]), data.draw(VALUES[kind])

    form = normal_form(place.format(value=one))

    assert form == normal_form(place.format(value=other))
    assert GAP in form


@given(st.text() | st.lists(st.sampled_from([*"\"'“”…: .,;/@[]-#•1a_", "http://a", " 7", "error "])).map("".join))
def test_the_form_of_a_form_is_the_form_itself(error: str) -> None:
    form = normal_form(error)

    assert normal_form(form) == form
    assert len(form) <= KEPT


@given(st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_different_faults_have_different_forms(one: str, other: str) -> None:
    forms = normal_form(one.format(value=7)), normal_form(other.format(value=8))

    assert (forms[0] == forms[1]) == (one == other)


def test_every_failure_that_a_log_is_filled_with_is_a_group_of_its_own() -> None:
    forms = {normal_form(failure.words.format(trace="00c0ffee00c0ffee", number=17)) for failure in FAILURES}

    assert len(forms) == len(FAILURES)


@pytest.mark.parametrize(
    ("error", "form"),
    [
        ("line 2 has quantity 0", "line … has quantity …"),
        ("events[12].parameters.value: must be a number", "events[…].parameters.value: must be a number"),
        ("line 2, `quantity` “too small”; line 7, `quantity` “too small”", "line …, `quantity` “too small”"),
        ("the buyer's `em` “no match: w•••@contoh.id, +62 812 ••• 543”", "the buyer's `em` “no match: …”"),
        ('"quantity" and "variants[3].quantity" of "Kemeja"', '"quantity" and "variants[…].quantity" of "…"'),
        ("see https://contoh.id/produk/kemeja-batik?em=wulan", "see https://contoh.id/…"),
        ("see https://wulan:rahasia@contoh.id/", "see …"),
        ("no item variant_kRtYuP here", "no item … here"),
        ("items 3, 4, 5 are missing", "items … are missing"),
        ("", ""),
    ],
)
def test_a_person_can_read_the_form(error: str, form: str) -> None:
    assert normal_form(error) == form


@pytest.mark.parametrize(
    "error",
    ["“4001”", "error code: 190", "(#100) Invalid parameter", "the answer did not begin with an HTTP/1 status line",
     "not written in UTF-8", "can't be blank", "variant_unique_id is required", '"currency" is required'],
)  # fmt: skip
def test_what_tells_faults_apart_stays(error: str) -> None:
    assert normal_form(error) == error


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_words_cut_at_their_length_are_one_wherever_the_cut_fell(one: int, other: int) -> None:
    """`Delivery.error` keeps 200 characters: with a long ID in front less of the rest is left."""
    words = "order {} of the shop: " + "the parameters of this purchase do not add up to its value, " * 4

    assert normal_form(words.format(one)[:200]) == normal_form(words.format(other)[:200])


def test_a_form_holds_nothing_of_a_masked_buyer() -> None:
    masked = scrub("Wulan Pertiwi, wulan.pertiwi@contoh.id, 0812-9007-6543, 6281290076543", ("Wulan", "Pertiwi"))

    form = normal_form(f"no buyer {masked}")

    assert form == "no buyer …"


def test_the_digest_tells_outcome_status_and_words_apart() -> None:
    digests = {
        digest("rejected", 400, "Bad request"),
        digest("rejected", 422, "Bad request"),
        digest("unexpected", 400, "Bad request"),
        digest("rejected", 400, "No events"),
        digest("timed_out", None, ""),
    }

    assert {len(each) for each in digests} == {32}
    assert len(digests) == 5


def test_the_digest_of_a_kept_group_never_changes() -> None:
    """Groups are kept with it: whoever changes the forms gives them another version."""
    assert digest("rejected", 400, "Bad request") == "400bb5773f843c814bfee65c847e4ed4"
