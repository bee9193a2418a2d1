"""An Excel workbook to sheets: guarded before it is unpacked, read as stored values, nothing calculated, no link followed."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import openpyxl
from openpyxl.styles import cell_style

from hospital.errors import BadInput
from intake.cells import Cell, NoValue, Sheet, headings, is_empty
from intake.limits import MAX_BYTES, MAX_COLUMNS, MAX_MEMBERS, MAX_RATIO, MAX_ROWS, MAX_UNPACKED, RATIO_FROM

# The library prints to stdout when a style of a damaged workbook is out of range; stdout belongs to our callers.
vars(cell_style)["print"] = lambda *_: None

Rows = list[tuple[int, list[Cell | NoValue]]]

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")
_CHUNK = 1 << 20


def is_workbook(content: bytes) -> bool:
    """True for bytes that begin like an .xlsx (a zip) or an old or locked .xls."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06", _OLD_EXCEL)


def read_workbook(file: str, content: bytes) -> dict[str, Rows]:
    """Sheet name -> its non-empty rows with their numbers. Raises BadInput for anything that is not a sound, modest workbook."""
    _check_archive(file, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {name: list(rows) for name, rows in _sheets(file, content)}
    except BadInput:
        raise
    except Exception as problem:  # a damaged workbook may break its reader in any way
        raise BadInput("bad_workbook", where=file) from problem


def _check_archive(file: str, content: bytes) -> None:
    """Refuses what is too large, too many, too dense, encrypted, damaged or declares entities, before a sheet is read."""
    if len(content) > MAX_BYTES:
        raise BadInput("file_too_large", where=file, expected=MAX_BYTES // 1_000_000, found=len(content) // 1_000_000)
    if content.startswith(_OLD_EXCEL):
        raise BadInput("old_workbook", where=file)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(file, archive, len(content))
    except BadInput:
        raise
    except Exception as problem:
        raise BadInput("bad_workbook", where=file) from problem


def _check_members(file: str, archive: zipfile.ZipFile, packed: int) -> None:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        raise BadInput("too_many_parts", where=file, expected=MAX_MEMBERS, found=len(members))
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed):
        raise BadInput("too_dense", where=file, expected=MAX_UNPACKED // 1_000_000, found=unpacked // 1_000_000)
    for member in members:
        if member.flag_bits & 1 or member.filename.startswith("/") or ".." in member.filename.split("/"):
            raise BadInput("bad_workbook", where=file)
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_markup(file, archive, member)


def _check_markup(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Markup must be plain UTF-8 without document types or entities: neither is ever in a real workbook."""
    with archive.open(member) as part:
        tail = b""
        first = True
        while chunk := part.read(_CHUNK):
            if (first and b"\0" in chunk[:8]) or _DECLARATION.search(tail + chunk):
                raise BadInput("bad_workbook", where=file)
            tail, first = chunk[-16:], False


def _sheets(file: str, content: bytes) -> Iterator[tuple[str, Rows]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    formulas: Any = None
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            rows = list(_rows(file, sheet))
            if _has_formulas(content, sheet):
                formulas = formulas or openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
                _mark_uncalculated(file, rows, formulas[sheet.title])
            yield sheet.title, rows
    finally:
        book.close()
        if formulas is not None:
            formulas.close()


def _rows(file: str, sheet: Any) -> Iterator[tuple[int, list[Cell | NoValue]]]:
    """Non-empty rows; a file that claims endless rows or columns is refused."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MAX_ROWS:
            raise BadInput("too_many_rows", where=file, expected=MAX_ROWS)
        if len(cells) > MAX_COLUMNS:
            raise BadInput("too_many_columns", where=file, expected=MAX_COLUMNS)
        row = [_cell(value) for value in cells]
        while row and is_empty(row[-1]):
            row.pop()
        if row:
            yield number, row


def _cell(value: Any) -> Cell | NoValue:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x00" in value else value
    if isinstance(value, datetime):
        return _to_the_second(value)
    if value is None or isinstance(value, int | float | bool | timedelta) or hasattr(value, "isoformat"):
        return value  # type: ignore[no-any-return]  # openpyxl gives nothing else for stored values
    return NoValue(str(value))


def _to_the_second(when: datetime) -> datetime:
    """Excel keeps days as floats: 08:00 may come as 07:59:59.999995."""
    return (when + timedelta(microseconds=500_000)).replace(microsecond=0)


def _has_formulas(content: bytes, sheet: Any) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(sheet._worksheet_path) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-16:]
    return False


def _mark_uncalculated(file: str, rows: Rows, sheet: Any) -> None:
    """Formula cells without a stored value become NoValue, so that they are refused instead of passing for empty."""
    by_number = dict(rows)
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > MAX_ROWS:
            raise BadInput("too_many_rows", where=file, expected=MAX_ROWS)
        for index, cell in enumerate(cells):
            if getattr(cell, "data_type", None) == "f":
                _mark(by_number, number, index, str(getattr(cell.value, "text", cell.value)))
    rows[:] = sorted(by_number.items())


def _mark(by_number: dict[int, list[Cell | NoValue]], number: int, index: int, formula: str) -> None:
    row = by_number.setdefault(number, [])
    row.extend([None] * (index + 1 - len(row)))
    if row[index] is None:
        row[index] = NoValue(formula)


def sheet_of(file: str, name: str, rows: Rows, header_at: int) -> Sheet:
    """A workbook's sheet with its header taken apart from its rows."""
    header_row, header = rows[header_at]
    return Sheet(
        file=f"{file} [{name}]",
        name=name,
        header=headings(header),
        header_row=header_row,
        rows=rows[header_at + 1 :],
        is_ragged=True,
        encoding="xlsx",
    )


def first_rows(rows: Sequence[tuple[int, list[Cell | NoValue]]]) -> list[list[Cell | NoValue]]:
    """The first rows without their numbers, enough to find a header in."""
    return [cells for _, cells in rows[:20]]
