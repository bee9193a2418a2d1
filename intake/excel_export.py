"""Tables out as an Excel workbook: text stays text, whatever it begins with; numbers, dates and truths keep their kind."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from hospital.errors import BadInput
from intake.cells import quoted, starts_like_formula
from intake.export import cell_text
from intake.limits import MAX_CELL

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd hh:mm",
}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _MEASURED_ROWS = 60, 200


@dataclass(frozen=True, kw_only=True)
class SheetOut:
    """One table to write: its name, its headings, its rows."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


def workbook(sheets: Sequence[SheetOut], *, is_text_only: bool = False) -> bytes:
    """An .xlsx with the tables, headings frozen and filterable. With ``is_text_only`` every column is formatted as text, so that
    what a person types stays as typed. Raises BadInput for a cell longer than Excel allows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    used: set[str] = set()
    formats = _Formats(book)
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, used))
        _fill(page, sheet, formats, is_text_only=is_text_only)
    book.close()
    return out.getvalue()


class _Formats:
    """The few cell formats a workbook needs."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.text = book.add_format({"num_format": "@"})
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})


def _fill(page: Any, sheet: SheetOut, formats: _Formats, *, is_text_only: bool) -> None:
    for column, heading in enumerate(sheet.header):
        page.write_string(0, column, _text(heading, sheet.name), formats.head)
        page.set_column(column, column, _width(sheet, column), formats.text if is_text_only else None)
    for row, cells in enumerate(sheet.rows, start=1):
        for column, value in enumerate(cells):
            _write(page, row, column, value, formats, sheet.name)
    page.freeze_panes(1, 0)
    if sheet.header and not is_text_only:
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.header) - 1)


def _write(page: Any, row: int, column: int, value: Any, formats: _Formats, where: str) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), formats.moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats.day)
    elif isinstance(value, int | float) and abs(value) < 1e15:
        page.write_number(row, column, value)
    else:
        text = _text(cell_text(value), where)
        page.write_string(row, column, text, formats.quoted if starts_like_formula(text) else formats.text)


def _text(text: str, where: str) -> str:
    """The text as it is; one that begins with a protecting quote, or with white space that looks like nothing, gets a quote mark,
    which the reader takes off again."""
    if len(text) > MAX_CELL - 1:
        raise BadInput("cell_too_long", where=where, expected=MAX_CELL - 1, found=len(text))
    return quoted(text) if text[:1] in ("'", "\t", "\r", "\n") else text


def _width(sheet: SheetOut, column: int) -> int:
    cells = [
        sheet.header[column],
        *(cell_text(row[column]) for row in sheet.rows[:_MEASURED_ROWS] if column < len(row)),
    ]
    widths = [sum(2 if ord(char) > 255 else 1 for char in text[:_WIDEST]) for text in cells]
    return min(_WIDEST, max(widths) + 2)


def _sheet_name(name: str, used: set[str]) -> str:
    """A name Excel allows, 31 characters at most, each once."""
    base = _FORBIDDEN.sub(" ", name).strip()[:28] or "Sheet"
    found, number = base, 2
    while found.casefold() in used:
        found, number = f"{base} {number}", number + 1
    used.add(found.casefold())
    return found
