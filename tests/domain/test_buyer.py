"""The buyer's names and places: judged by the country that is meant, and found under other keys."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.circumstances import Circumstances
from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.patch import apply
from events.domain.tree import at, write

SHOP = Circumstances(country="id", currency="IDR")


def said(**buyer: Any) -> dict[str, str]:
    """By code, the buyer as its fix would leave her."""
    payload = Example("", {"buyer": buyer}, {}).provoking
    findings = review(payload, SHOP)
    return {each.code: write(at(apply(payload.tree, each.fix), ("user_data",))).decode() for each in findings}


@pytest.mark.parametrize(
    "city", ["Kab.Bandung", "Kota. Bandung", "KOTA Bandung", "Kota Adm. Bandung", "kabupaten Bandung"]
)
def test_what_kind_of_city_it_is_stands_before_its_name_in_many_ways(city: str) -> None:
    assert '"ct":"Bandung"' in said(ct=city)["M009"]


@pytest.mark.parametrize(("city", "country"), [("Kota Kinabalu", "my"), ("Kotabumi", "id"), ("Kota.", "id")])
def test_where_it_belongs_to_the_name_it_stays(city: str, country: str) -> None:
    assert "M009" not in said(ct=city, country=country)


@pytest.mark.parametrize("country", ["us", "US", "USA", "United States"])
def test_a_state_of_two_letters_is_right_in_the_united_states_however_they_are_written(country: str) -> None:
    assert "M011" not in said(st="CA", country=country)


@pytest.mark.parametrize(
    "buyer", [{}, {"fn": ""}, {"fn": None, "ct": " "}, {"country": "id", "client_user_agent": "x"}]
)
def test_a_buyer_of_whom_nothing_tells_her_from_others_is_hinted_at(buyer: dict[str, Any]) -> None:
    assert "M014" in said(em=..., **buyer)


def test_the_shops_own_id_is_enough_to_tell_her() -> None:
    assert said(em=..., external_id="CUST-1042") == {}


@pytest.mark.parametrize(
    ("key", "meant"), [("email", "em"), ("phone_number", "ph"), ("firstName", "fn"), ("No HP", "ph"), ("kota", "ct")]
)
def test_a_value_under_another_key_is_moved_to_scalevs(key: str, meant: str) -> None:
    value = "628129007654" if meant == "ph" else "wulan.pertiwi@contoh.id"

    assert said(**{"em": ..., key: value})["M019"] == f'{{"{meant}":"{value}"}}'


def test_what_stands_under_the_right_key_as_well_is_left_alone() -> None:
    assert said(email="dewi.lestari@contoh.id") == {}
