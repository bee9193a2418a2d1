"""A CSV file to a sheet: delimiter found from the header, rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from hospital.errors import BadInput
from intake.cells import BrokenRow, Cell, NoValue, Sheet, headings, shown
from intake.charset import decode
from intake.header import header_index
from intake.limits import MAX_BYTES, MAX_CELL, MAX_ROWS

_DELIMITERS = (",", ";", "\t", "，", "；", "|")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRows:
    """A CSV cut into rows, its header not yet found."""

    file: str
    rows: list[tuple[int, list[Cell | NoValue]]]
    broken: tuple[BrokenRow, ...]
    encoding: str
    is_unsure: bool

    def sheet(self, kind: str) -> Sheet:
        """The rows as a sheet of that kind, under the header that fits it best. Raises BadInput for an empty file."""
        index = header_index([cells for _, cells in self.rows[:20]], kind)
        if index is None:
            raise BadInput("no_header", where=self.file)
        header_row, header = self.rows[index]
        return Sheet(
            file=self.file,
            name="",
            header=headings(header),
            header_row=header_row,
            rows=self.rows[index + 1 :],
            broken=self.broken,
            encoding=self.encoding,
            is_unsure=self.is_unsure,
        )


def csv_rows(file: str, content: bytes) -> CsvRows:
    """The rows of a CSV file, whatever it holds. Raises BadInput for a file too large or not text."""
    if len(content) > MAX_BYTES:
        raise BadInput("file_too_large", where=file, expected=MAX_BYTES // 1_000_000, found=len(content) // 1_000_000)
    decoded = decode(content, file)
    rows, broken = _cut(file, *_dialect(decoded.text.removeprefix("\ufeff")))
    return CsvRows(file=file, rows=rows, broken=tuple(broken), encoding=decoded.encoding, is_unsure=decoded.is_unsure)


def read_csv(file: str, content: bytes, kind: str) -> Sheet:
    """The table in a CSV file; ``kind`` helps to find the header under a title line.

    Raises BadInput for a file too large, not text, or without a header. Rows with broken quotes are kept as ``broken``.
    """
    return csv_rows(file, content).sheet(kind)


def _dialect(text: str) -> tuple[str, str]:
    """The text without a leading ``sep=`` line and its delimiter; a header with full-width commas over plain rows is mended."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    counts = {mark: _outside_quotes(first).count(mark) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: counts[mark])
    if best in "，；" and counts[best]:
        plain = "," if best == "，" else ";"
        body = _outside_quotes(rest.partition("\n")[0])
        if body.count(plain) >= counts[best]:
            return first.replace(best, plain) + "\n" + rest, plain
    return text, best if counts[best] else ","


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _cut(file: str, text: str, delimiter: str) -> tuple[list[tuple[int, list[Cell | NoValue]]], list[BrokenRow]]:
    """Non-empty rows, counted as a spreadsheet counts them, and the rows that cannot be cut; the line after such a row goes on."""
    csv.field_size_limit(MAX_CELL)
    rows: list[tuple[int, list[Cell | NoValue]]] = []
    broken: list[BrokenRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[str] = []
    for number in range(1, MAX_ROWS + 1):
        line = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return rows, broken
        except csv.Error as problem:
            lines = lines or io.StringIO(text, newline="").readlines()
            broken.append(BrokenRow(row=number, text_id=_expected(str(problem)), found=shown(lines[line].strip())))
        else:
            if any(cell.strip() for cell in cells):
                rows.append((number, cells))  # type: ignore[arg-type]  # a list of str is a list of cells here
    raise BadInput("too_many_rows", where=file, expected=MAX_ROWS)


def _expected(problem: str) -> str:
    """What the row should have been, from what the reader complained of."""
    if "unexpected end" in problem:
        return "closing_quote"
    return "short_cell" if "field larger" in problem else "csv_row"
