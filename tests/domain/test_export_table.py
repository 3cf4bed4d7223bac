"""The table of an export: spreadsheets read it as text and figures, whatever foreign text its cells hold."""

from __future__ import annotations

import csv
import io
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from events.domain.export.table import LONGEST_CELL, Table, guarded, line, unguarded
from tests.domain.entries import make_entry

ANY_TEXT = st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
TRICKY = st.text(alphabet=st.sampled_from(list("=+-@'\"; ,|\t\r\nab1＝")), max_size=20)
# What spreadsheets of any setting part columns and rows by.
CELL_BEGINS = re.compile(r"\A|[;,|\t\r\n]")
STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("rest", ["cmd|' /C calc'!A0", 'HYPERLINK("http://contoh.id","lunas")', "1+1", ""])
def test_no_cell_begins_a_formula(start: str, rest: str) -> None:
    ((cell,),) = rows_of(line([start + rest]).encode())

    assert cell[0] == "'"
    assert unguarded(cell) == start + rest


@pytest.mark.parametrize(
    "text", ["ord-1;=1+1", "ord-1\n=1+1", 'ord-1";"=1+1', "ord-1\t@SUM(A1)", "a, -2", "a|+3", "  =1", '"=1']
)
def test_nor_where_another_setting_sees_one_begin(text: str) -> None:
    assert not any(guarded(text)[at.end() :].lstrip(' "')[:1] in STARTS for at in CELL_BEGINS.finditer(guarded(text)))


@pytest.mark.parametrize("text", ["ord-88212-Purchase", "wulan@contoh.id", "a=b", "Kemeja Batik Parang", "5'7"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(ANY_TEXT | TRICKY)
@example("'=1")
@example("\t\t'=")
@example(";" * 3 + '"""""""""=')
def test_a_program_gets_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.lists(ANY_TEXT | TRICKY, min_size=1, max_size=5))
def test_every_cell_comes_back_through_the_csv_module(cells: list[str]) -> None:
    assert rows_of(line([*cells]).encode()) == [[guarded(cell) for cell in cells]]


def test_what_no_file_can_hold_is_replaced() -> None:
    assert line(["a\0b\ud83d"]).encode() == '"a\ufffdb\ufffd"\r\n'.encode()


def test_a_huge_value_is_cut_and_quickly_guarded() -> None:
    started = time.perf_counter()
    assert len(guarded("\n" * 2_000_000)) <= LONGEST_CELL + 2
    assert len(guarded('\n"' * 15_000)) >= 30_000
    assert time.perf_counter() - started < 2


def test_the_table_has_a_line_of_names_and_one_a_delivery() -> None:
    table = Table()

    head, row = rows_of(table.head() + table.piece(make_entry(), is_first=True) + table.tail(is_cut=False))

    named = dict(zip(head, row, strict=True))
    assert named["created_at"] == "2026-11-23T03:42:07.118Z"
    assert (named["id"], named["status_code"], named["resend_of"]) == ("88212", "400", "")
    assert named["event_names"] == "Purchase, Lead"
    assert named["buyer"] == "w•••@contoh.id"
    assert not any(name.startswith("buyer_") for name in head)


def test_in_clear_the_buyers_values_have_columns_of_their_own() -> None:
    table = Table(is_clear=True)
    buyer = {"email": "wulan.pertiwi@contoh.id", "phone": "+6281290076543", "first_name": "Wulan"}

    head, row = rows_of(table.head() + table.piece(make_entry(buyer_in_clear=buyer), is_first=True))

    named = dict(zip(head, row, strict=True))
    assert named["buyer_email"] == "wulan.pertiwi@contoh.id"
    assert named["buyer_phone"] == "'+6281290076543"
    assert named["buyer_last_name"] == ""


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert Table().head().startswith(b"\xef\xbb\xbf")
