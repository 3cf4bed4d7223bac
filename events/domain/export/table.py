"""CSV for spreadsheets: no cell of it is ever read as a formula.

A spreadsheet runs a cell that begins with = + - or @ (OWASP, "CSV Injection"). Which text begins a cell depends on
the reader: where a semicolon or a tab parts columns, as in Indonesian and German settings, our quotes bind nothing.
So an apostrophe, which spreadsheets do not show, stands before every sign that any of them could begin a formula at.
"""

from __future__ import annotations

import csv
import io
import re

from events.domain.export.entry import BUYER_KEYS, COLUMNS, Cell, Entry

# Full-width signs too: East Asian settings read them as the plain ones. An apostrophe counts, so that it comes back.
_FORMULA = re.compile(r"(?:\A|(?<=[;,|\t\r\n]))(?=[\s\"]{0,8}[=+\-@＝＋－＠'])|\A(?=[\t\r\n])")
_GUARD = re.compile(r"(?:\A|(?<=[;,|\t\r\n]))'(?=[\s\"]{0,8}[=+\-@＝＋－＠'])|\A'(?=[\t\r\n])")
# Excel's own limit is 32,767; it drops the rest without a word.
LONGEST_CELL = 32_000
# What no reader of CSV agrees on, and no UTF-8 file can hold.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
# Without it Excel takes the file for Latin-1, and masks and names for noise.
_MARK = "\ufeff"


class Table:
    """A line of names, then a line for each delivery; with `is_clear` the buyer's values have columns of their own."""

    suffix = "csv"
    media_type = "text/csv; charset=utf-8"
    limit = None

    def __init__(self, *, is_clear: bool = False) -> None:
        self.is_clear = is_clear
        self.needs_exchange = is_clear

    def head(self) -> bytes:
        names = [name for name, _value in COLUMNS]
        return (_MARK + line([*names, *(f"buyer_{name}" for name in BUYER_KEYS if self.is_clear)])).encode()

    def piece(self, entry: Entry, *, is_first: bool) -> bytes:
        cells = [_cell(value(entry)) for _name, value in COLUMNS]
        if self.is_clear:
            known = entry.buyer_in_clear or {}
            cells += [known.get(name, "") for name in BUYER_KEYS]
        return line(cells).encode()

    def tail(self, *, is_cut: bool) -> bytes:
        return b""


def line(cells: list[Cell]) -> str:
    """One line of CSV (RFC 4180), every text in quotes and guarded; numbers are ours and stay numbers."""
    written = io.StringIO()
    guarded_cells = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(written, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(
        "" if cell is None else cell for cell in guarded_cells
    )
    return written.getvalue()


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula, wherever it sees cells begin."""
    text = text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…"
    return _FORMULA.sub("'", _UNWRITABLE.sub("\ufffd", text))


def unguarded(text: str) -> str:
    """The text before it was guarded, for whoever reads the file by program."""
    return _GUARD.sub("", text)


def _cell(value: Cell | tuple[str, ...]) -> Cell:
    return ", ".join(value) if isinstance(value, tuple) else value
