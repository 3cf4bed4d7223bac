"""Names and IDs of events: what is only spelt otherwise, what is guessed, and what is not there at all."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.finding import Finding, Severity
from events.domain.mending import is_safe


def said(**event: Any) -> list[Finding]:
    """The remarks on name and ID of an event."""
    payload = Example("", {"event": event}, {}).provoking
    return [finding for finding in review(payload) if finding.path[-1] in event]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("purchase", "Purchase"), ("add_to_cart", "AddToCart"), ("Initiate Checkout", "InitiateCheckout")],
)
def test_a_standard_name_in_other_letters_or_with_signs_is_mended_with_all_others(name: str, meant: str) -> None:
    (finding,) = said(event_name=name)

    assert (finding.code, finding.severity, finding.fix[0].value) == ("M010", Severity.WARNING, meant)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("generate_lead", "Lead"),
        ("view_item", "ViewContent"),
        ("CompletePayment", "Purchase"),
        ("PlaceAnOrder", "Purchase"),
        ("SubmitForm", "Lead"),
        ("Purchases", "Purchase"),
    ],
)
def test_anothers_name_for_the_same_moment_is_a_guess_and_done_by_itself_only(name: str, meant: str) -> None:
    (finding,) = said(event_name=name)

    assert (finding.severity, finding.fix[0].value) == (Severity.HINT, meant)
    assert not is_safe(finding)
    assert "inference" in finding.evidence


@pytest.mark.parametrize("name", ["ClickButton", "Download", "ApplicationApproval"])
def test_what_only_tiktok_knows_is_said_and_nothing_is_proposed(name: str) -> None:
    (finding,) = said(event_name=name)

    assert (finding.code, finding.fix) == ("M010", ())
    assert "TikTok" in finding.message


@pytest.mark.parametrize("name", ["Purchase", "PageView", "BeliSekarang", "lihat_promo"])
def test_exact_names_and_names_of_ones_own_give_no_cause(name: str) -> None:
    assert said(event_name=name) == []


@pytest.mark.parametrize("name", ["", "  "])
def test_an_event_without_a_name_is_warned_about(name: str) -> None:
    assert [(finding.code, finding.severity) for finding in said(event_name=name)] == [("M037", Severity.WARNING)]


@pytest.mark.parametrize("event_id", ["", "   "])
def test_an_id_of_blanks_is_as_good_as_none(event_id: str) -> None:
    assert [finding.code for finding in said(event_id=event_id)] == ["S004"]
