"""Personal data outside the buyer's fields: by its form, or because the payload itself says that it is hers."""

from __future__ import annotations

from typing import Any

import pytest

from events.domain.diagnosis import review
from events.domain.diagnosis.examples import Example
from events.domain.patch import apply
from events.domain.tree import format_path

HER = {"ph": "6281290076543", "fn": "Wulan", "ln": "Pertiwi"}
PAGE = "https://batiknusantara.contoh.id/terima-kasih"


def said(**changes: Any) -> dict[str, bool]:
    """Where a remark on personal data stands, and whether one click mends it."""
    payload = Example("", {"buyer": HER, **changes}, {}).provoking
    found = [finding for finding in review(payload) if finding.code in ("M050", "M051")]
    for finding in found:
        after = {
            each.path for each in review(type(payload).of(apply(payload.tree, finding.fix))) if each.code == "M051"
        }
        assert not finding.fix or finding.path not in after
    return {format_path(finding.path): bool(finding.fix) for finding in found}


@pytest.mark.parametrize(
    "parameters",
    [
        {"nama": "Wulan Pertiwi"},
        {"catatan": "untuk pertiwi, wulan"},
        {"nama_pembeli": "Wulan"},
        {"telp": 6281290076543},
        {"telp": 81290076543},
        {"telp": "812-9007-6543"},
        {"surat": "dewi.lestari@contoh.id"},
    ],
)
def test_her_name_and_phone_in_a_parameter_are_found_however_they_are_written(parameters: dict[str, Any]) -> None:
    assert said(parameters=parameters) == {f"events[0].parameters.{next(iter(parameters))}": True}


@pytest.mark.parametrize(
    "parameters",
    [
        {"content_name": "Wulan"},
        {"content_name": "Kemeja Batik Wulan, warna pertama"},
        {"warna": "Wulan"},
        {"telp": 6281290076544},
        {"nomor": 88213},
    ],
)
def test_what_only_resembles_her_is_left_alone(parameters: dict[str, Any]) -> None:
    assert said(parameters=parameters) == {}


@pytest.mark.parametrize(
    "parameters",
    [
        {"contents": [{"id": "012345678905", "quantity": 1}]},
        {"content_ids": ["012345678905"], "content_type": "product"},
        {"order_id": "0812345678905"},
        {"sku": "012345678905"},
    ],
)
def test_a_barcode_or_an_order_number_is_no_phone(parameters: dict[str, Any]) -> None:
    assert said(parameters=parameters) == {}


def test_her_own_phone_as_an_order_number_is_said_and_the_number_left_to_a_person() -> None:
    assert said(parameters={"order_id": "081290076543"}) == {"events[0].parameters.order_id": False}


@pytest.mark.parametrize("query", ["nama=Wulan", "a=1&name=Wulan+Pertiwi", "hp=81290076543", "q=wulan%20pertiwi"])
def test_her_values_in_an_address_are_cut_off_with_its_query(query: str) -> None:
    assert said(top={"event_source_url": f"{PAGE}?{query}"}) == {"event_source_url": True}


@pytest.mark.parametrize("query", ["utm_campaign=Wulan", "order=88213", "nama=Dewi"])
def test_an_address_without_her_gives_no_cause(query: str) -> None:
    assert said(top={"event_source_url": f"{PAGE}?{query}"}) == {}


@pytest.mark.parametrize("event_id", ["wulan.pertiwi@contoh.id-Purchase", "081290076543", "Wulan-Pertiwi-1"])
def test_an_event_id_that_names_her_is_remarked_on(event_id: str) -> None:
    assert said(event={"event_id": event_id}) == {"events[0].event_id": False}


@pytest.mark.parametrize("event_id", ["ord-0812345678905", "88213-Purchase-FORM"])
def test_an_event_id_of_numbers_is_only_that(event_id: str) -> None:
    assert said(event={"event_id": event_id}) == {}
