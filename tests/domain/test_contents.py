"""Products as shops write them: lists inside texts, counts inside texts, and lists that name nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.patch import Operation
from events.domain.tree import write

SHOP = Circumstances(country="id", currency="IDR")
SHIRT = {"id": "KMJ-BTK-L", "quantity": 1}


def said(name: str = "Lead", **parameters: Any) -> dict[str, tuple[Operation, ...]]:
    """The fixes of the remarks on an event with these parameters, by code."""
    payload = Example("", {"event": {"event_name": name}, "parameters": parameters}, {}).provoking
    return {finding.code: finding.fix for finding in review(payload, SHOP)}


def put(fix: tuple[Operation, ...]) -> Any:
    return json.loads(write(fix[0].value)) if fix else None


@pytest.mark.parametrize(
    ("ids", "listed"),
    [
        ("KMJ-1", ["KMJ-1"]),
        ("KMJ-1,KMJ-2", ["KMJ-1", "KMJ-2"]),
        ("KMJ-1; KMJ-2;", ["KMJ-1", "KMJ-2"]),
        ('["A","B"]', ["A", "B"]),
        ("[1042]", [1042]),
        (1042, [1042]),
    ],
)
def test_ids_in_one_text_become_a_list_of_each(ids: Any, listed: list[Any]) -> None:
    assert put(said(content_ids=ids)["M035"]) == listed


@pytest.mark.parametrize("ids", ["KMJ-1 KMJ-2", '["A",', "[]", '[{"id": "A"}]', " ", ",", True, {"id": "A"}])
def test_ids_that_cannot_be_told_apart_are_left_to_a_person(ids: Any) -> None:
    assert said(content_ids=ids)["M035"] == ()


@pytest.mark.parametrize("contents", [json.dumps([SHIRT]), json.dumps(SHIRT), SHIRT])
def test_products_in_a_text_or_without_their_list_become_one(contents: Any) -> None:
    assert put(said(contents=contents)["M027"]) == [SHIRT]


@pytest.mark.parametrize("contents", ["KMJ-1", '[{"id"', '["KMJ-1"]', "[]", 7])
def test_products_that_are_none_are_left_to_a_person(contents: Any) -> None:
    assert said(contents=contents)["M027"] == ()


@pytest.mark.parametrize(("count", "meant"), [("2", 2), (0, None), (-1, None), (1.5, None), ("dua", None), ([], None)])
def test_a_quantity_that_counts_no_pieces_is_remarked_on(count: Any, meant: int | None) -> None:
    assert put(said(contents=[SHIRT | {"quantity": count}])["M039"]) == meant


@pytest.mark.parametrize(("price", "meant"), [("Rp 189.000", 189000), ("gratis", None), ({}, None)])
def test_a_price_in_words_is_remarked_on(price: Any, meant: int | None) -> None:
    assert put(said(contents=[SHIRT | {"item_price": price}])["M039"]) == meant


@pytest.mark.parametrize(
    "product", [{"quantity": 2.0}, {"quantity": 1000}, {"item_price": "189000"}, {"item_price": 0}]
)
def test_numbers_however_they_are_written_are_none(product: dict[str, Any]) -> None:
    assert "M039" not in said(contents=[SHIRT | product])


def test_a_number_with_a_zero_behind_its_point_is_whole() -> None:
    assert not {"M034", "M030"} & set(said(contents=[SHIRT], num_items=1.0))
    assert "M030" in said(contents=[SHIRT], num_items=3.0)
    assert "M034" in said(contents=[SHIRT], num_items=1.5)


@pytest.mark.parametrize(
    "parameters", [{"contents": []}, {"content_ids": []}, {"content_ids": [""]}, {"content_ids": [None]}]
)
def test_a_list_that_names_nothing_is_as_good_as_none(parameters: dict[str, Any]) -> None:
    assert "M032" in said("Purchase", **parameters)
