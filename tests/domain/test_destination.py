"""Which of a store's configurations an event takes: inferred from its addresses, or by the store's proven rule."""

from __future__ import annotations

import pytest

from events.domain.destination import Configuration, Proven, Rule, Seen, destination, is_checkout, rule_shown

SHOP = "https://batiknusantara.contoh.id/"
CHECKOUT = "https://batiknusantara.contoh.id/checkout"


@pytest.mark.parametrize(
    "url",
    [
        CHECKOUT,
        "https://batiknusantara.contoh.id/id/Checkout/step-2?ref=ig",
        "https://batiknusantara.contoh.id/pembayaran/ord-88213",
        "https://batiknusantara.contoh.id/terima-kasih",
        "https://batiknusantara.contoh.id/orders/88213/success",
    ],
)
def test_a_path_that_speaks_of_buying_looks_like_checkout(url: str) -> None:
    assert is_checkout(url)


@pytest.mark.parametrize(
    "url",
    [
        SHOP,
        f"{SHOP}produk/kemeja-batik-parang",
        f"{SHOP}?next=/checkout",
        "https://checkout.contoh.id/",
        "",
        "http://[x",
    ],
)
def test_any_other_address_does_not(url: str) -> None:
    assert not is_checkout(url)


def test_addresses_that_agree_are_an_inference_without_a_doubt() -> None:
    home, checkout = destination(SHOP, SHOP), destination(CHECKOUT, CHECKOUT)

    assert (home.configuration, checkout.configuration) == (Configuration.HOME, Configuration.CHECKOUT)
    assert not any(each.is_proven or each.is_contradictory for each in (home, checkout))


def test_one_address_alone_is_enough_for_an_inference() -> None:
    assert destination(CHECKOUT, "").configuration is Configuration.CHECKOUT
    assert destination("", SHOP).configuration is Configuration.HOME


@pytest.mark.parametrize(("page", "referrer"), [(SHOP, CHECKOUT), (CHECKOUT, SHOP)])
def test_addresses_that_contradict_each_other_are_told_as_such(page: str, referrer: str) -> None:
    assert destination(page, referrer).is_contradictory


def test_without_addresses_nothing_can_be_told() -> None:
    assert destination("", "").configuration is None


@pytest.mark.parametrize(
    ("home_page", "checkout_page", "rule"),
    [
        (Seen.HOME, Seen.CHECKOUT, Rule.PAGE),
        (Seen.CHECKOUT, Seen.HOME, Rule.REFERRER),
        (Seen.CHECKOUT, Seen.CHECKOUT, Rule.EITHER),
        (Seen.HOME, Seen.HOME, Rule.BOTH),
        (Seen.BOTH, Seen.BOTH, Rule.SAME),
        (Seen.NOWHERE, Seen.CHECKOUT, None),
        (Seen.BOTH, Seen.HOME, None),
    ],
)
def test_two_events_from_crossed_addresses_show_the_rule(
    home_page: Seen, checkout_page: Seen, rule: Rule | None
) -> None:
    assert rule_shown(home_page, checkout_page) is rule


@pytest.mark.parametrize(
    "rule", [Rule.PAGE, Rule.REFERRER, Rule.EITHER, Rule.BOTH], ids=lambda rule: f"by {rule.value}"
)
def test_a_proven_rule_sends_the_crossed_addresses_where_they_were_seen(rule: Rule) -> None:
    seen = tuple(
        Seen(destination(page, referrer, Proven(rule)).configuration or "")
        for page, referrer in ((SHOP, CHECKOUT), (CHECKOUT, SHOP))
    )

    assert rule_shown(*seen) is rule


def test_a_proven_rule_needs_the_address_that_it_goes_by() -> None:
    assert destination("", CHECKOUT, Proven(Rule.PAGE)).configuration is None
    assert destination(CHECKOUT, "", Proven(Rule.REFERRER)).configuration is None


def test_where_both_lead_to_the_same_pixels_there_is_nothing_to_choose() -> None:
    found = destination(SHOP, CHECKOUT, Proven(Rule.SAME))
    assert (found.configuration, found.is_proven, found.is_contradictory) == (None, True, False)


@pytest.mark.parametrize("url", [f"{SHOP}c/88213", f"{SHOP}C/"])
def test_the_checkout_that_was_proven_with_is_known_by_its_path(url: str) -> None:
    proven = Proven(Rule.PAGE, checkout_path="/c")
    assert destination(url, SHOP, proven).configuration is Configuration.CHECKOUT


def test_a_path_that_only_begins_like_it_is_another_one() -> None:
    proven = Proven(Rule.PAGE, checkout_path="/c")
    assert destination(f"{SHOP}celana", SHOP, proven).configuration is Configuration.HOME
