"""One uploaded file of one kind: its columns, the mapping to keep for its source, five rows to look at, values and refusals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from hospital.errors import BadInput
from intake.cells import Sheet, shown
from intake.checks import request_warnings
from intake.csvfile import csv_rows
from intake.excelfile import Rows as BookRows
from intake.excelfile import first_rows, is_workbook, read_workbook, sheet_of
from intake.header import (
    Column,
    Fit,
    header_index,
    kind_of_name,
    mapping_of,
    match_columns,
    missing_fields,
    num_exact,
)
from intake.quarantine import RefusedRow, Warned
from intake.rows import Known, read_rows
from intake.schema import table_of, tables_of
from intake.sheets import sheet_warnings, without_template

_SAMPLE_ROWS = 5


class Timed(Protocol):
    """Settings of any area, as far as reading a file needs them."""

    @property
    def timezone(self) -> str:
        """The site's IANA time zone, for times without an offset."""


@dataclass(frozen=True, kw_only=True)
class TableBatch:
    """What one file gave.

    ``mapping`` is heading -> field ("" = not read), to be corrected by a person and kept for the next file of the same source.
    ``missing`` are required fields that no column fills: while there are any, nothing is read and ``rows`` and ``refused`` are empty.
    ``sample_rows`` are the first five rows as text, in the order of ``columns``. ``rows`` are hospital values in file order.
    ``refused_ids`` are the ids that stand in refused rows: they were in the file, however unreadable the rest of the row was.
    """

    kind: str
    file: str
    columns: tuple[Column, ...]
    mapping: Mapping[str, str]
    missing: tuple[str, ...]
    sample_rows: tuple[tuple[str, ...], ...]
    rows: tuple[Any, ...]
    refused: tuple[RefusedRow, ...]
    warnings: tuple[Warned, ...]
    num_rows: int
    refused_ids: frozenset[str] = frozenset()

    @property
    def is_readable(self) -> bool:
        """True once every required field has its column."""
        return not self.missing


def read_table(
    kind: str,
    filename: str,
    content: bytes,
    *,
    settings: Timed,
    mapping: Mapping[str, str] | None = None,
    known: Any = None,
) -> TableBatch:
    """The table of that kind in an uploaded CSV or workbook.

    ``mapping`` overrides the matching of columns by name. ``known`` is the area's site whose rows may be referred to (None = references
    are not checked). Raises BadInput where the file as a whole cannot be read.
    """
    table = table_of(kind)
    sheet, skipped = without_template(_Source(filename, content).sheet(kind), kind)
    columns = match_columns(sheet.header, kind, mapping)
    missing = missing_fields(columns, kind)
    sample = tuple(
        tuple(shown(cells[place]) if place < len(cells) else "" for place in range(len(columns)))
        for _, cells in sheet.rows[:_SAMPLE_ROWS]
    )
    batch = TableBatch(
        kind=kind,
        file=sheet.file,
        columns=columns,
        mapping=mapping_of(columns),
        missing=missing,
        sample_rows=sample,
        rows=(),
        refused=(),
        warnings=(*sheet_warnings(sheet, columns), *skipped),
        num_rows=len(sheet.rows) + len(sheet.broken),
    )
    if missing:
        return batch
    rows = read_rows(sheet, table, columns, zone=ZoneInfo(settings.timezone), known=_known_ids(known, table.area))
    warned = batch.warnings
    if kind == "requests" and known is not None:
        warned += tuple(request_warnings(replace(known, requests=rows.values), sheet.file))
    ids = ids_set_aside(sheet, columns, rows.refused)
    return replace(batch, rows=rows.values, refused=rows.refused, refused_ids=ids, warnings=warned)


def ids_set_aside(sheet: Sheet, columns: Sequence[Column], refused: Iterable[RefusedRow]) -> frozenset[str]:
    """The ids in a sheet's refused rows; empty for a kind of table whose rows have no id."""
    place = next((index for index, column in enumerate(columns) if column.field == "id"), None)
    if place is None:
        return frozenset()
    numbers = {row.row for row in refused}
    cells = (cells for number, cells in sheet.rows if number in numbers and place < len(cells))
    return frozenset(shown(row[place]).strip() for row in cells)


def _known_ids(site: Any, area: str) -> Known:
    """The ids of every table whose rows have one."""
    if site is None:
        return {}
    return {
        kind: frozenset(value.id for value in getattr(site, table.attribute))
        for kind, table in tables_of(area).items()
        if table.key == ("id",)
    }


class _Source:
    """An uploaded file, unpacked once; a sheet of any kind can be asked of it."""

    def __init__(self, filename: str, content: bytes) -> None:
        self.filename = filename
        self.is_book = is_workbook(content)
        self.books = _filled(read_workbook(filename, content)) if self.is_book else {}
        self.rows = None if self.is_book else csv_rows(filename, content)

    def sheet(self, kind: str) -> Sheet:
        """The CSV, or the workbook's sheet named for the kind, or the one whose headings fit best."""
        if self.rows is not None:
            return self.rows.sheet(kind)
        if not self.books:
            raise BadInput("no_header", where=self.filename)
        area = table_of(kind).area
        named = [name for name in self.books if kind_of_name(name, area) == kind]
        name = named[0] if named else max(self.books, key=lambda sheet_name: _fit(self.books[sheet_name], kind)[0])
        return sheet_of(self.filename, name, self.books[name], _fit(self.books[name], kind)[1])


def _filled(books: dict[str, BookRows]) -> dict[str, BookRows]:
    return {name: rows for name, rows in books.items() if rows}


def _fit(rows: BookRows, kind: str) -> tuple[int, int]:
    """How many columns of a sheet fit the kind, and where its header stands."""
    cells = first_rows(rows)
    index = header_index(cells, kind) or 0
    return num_exact(cells[index], kind), index


def guess_kind(filename: str, content: bytes, area: str = "imaging") -> str | None:
    """The kind of the area's tables a file holds: by its name, else by its sheets' names, else by its headings; None where in doubt.

    Raises BadInput where the file as a whole cannot be read.
    """
    stem = filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if (kind := kind_of_name(stem, area)) is not None:
        return kind
    source = _Source(filename, content)
    kinds = [kind for name in source.books if (kind := kind_of_name(name, area)) is not None]
    if kinds:
        return kinds[0] if len(kinds) == 1 else None
    scores = {kind: _score(source.sheet(kind), kind) for kind in tables_of(area)}
    best = max(scores.values())
    winners = [kind for kind, score in scores.items() if score == best]
    return winners[0] if best[0] > 0 and len(winners) == 1 else None


def _score(sheet: Sheet, kind: str) -> tuple[float, int]:
    """Share of the file's columns that fit, 0 where a required one is missing, and their number."""
    columns = match_columns(sheet.header, kind)
    fits = sum(column.fit is Fit.EXACT for column in columns)
    return (0.0 if missing_fields(columns, kind) or not columns else fits / len(columns), fits)
