"""The IDs of cart lines: what the store's own catalogue knows is right, whatever it looks like."""

from __future__ import annotations

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.finding import Severity


def said(item: str, *known: str) -> list[str]:
    payload = Example(
        "", {"top": {"bundle_price_options": [{"bundle_price_option_unique_id": item, "quantity": 1}]}}, {}
    )
    return [each.code for each in review(payload.provoking, Circumstances(known_items=frozenset(known)))]


@pytest.mark.parametrize("item", ["bpo_7f3k", "1042"])
def test_an_id_of_the_catalogue_gives_no_cause(item: str) -> None:
    assert said(item, item, "bpo_other") == []
    assert said(item) != []


def test_a_line_without_an_id_is_allowed_and_so_only_hinted_at() -> None:
    payload = Example("", {"top": {"variants": [{"variant_unique_id": "", "quantity": 1}]}}, {}).provoking
    (finding,) = review(payload)

    assert (finding.code, finding.severity) == ("S005", Severity.HINT)
