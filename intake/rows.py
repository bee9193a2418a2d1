"""A sheet to hospital values: every row that can be read, and a refusal for every one that cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from intake.cells import Cell, NoValue, Sheet, is_empty
from intake.fields import Field, Table
from intake.header import Column
from intake.quarantine import Refused, RefusedRow, refused_row
from intake.records import built
from intake.values import Read, reader_of

Known = Mapping[str, frozenset[str]]
"""Kind -> the ids that may be referred to; a kind that is not there is not checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What one sheet gave: values with the row each came from, and the refused rows, both in file order."""

    values: tuple[Any, ...]
    numbers: tuple[int, ...]
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A column at work: where its cell stands, which attribute it fills, how it is read."""

    index: int
    field: Field
    target: str
    read: Read


def read_rows(sheet: Sheet, table: Table, columns: Sequence[Column], *, zone: ZoneInfo, known: Known) -> Rows:
    """All rows of the sheet as values of ``table``; ``zone`` is the site's for times without offset.

    Of two rows with one id (or key) the later is refused. A value outside its list, a reference to nothing, an impossible order and a
    row with more or fewer cells than its header are refused.
    """
    readings = _readings(table, columns, zone)
    references = tuple(reading for reading in readings if reading.field.refers_to in known)
    key_targets = tuple(table.field(name).target for name in table.key)
    file, kind = sheet.file, table.kind
    refused = [
        refused_row(Refused(broken.text_id, broken.found), file=file, kind=kind, row=broken.row)
        for broken in sheet.broken
    ]
    values: list[Any] = []
    numbers: list[int] = []
    seen: dict[tuple[Any, ...], int] = {}
    width = len(sheet.header)
    for number, cells in sheet.rows:
        try:
            if len(cells) != width:
                _check_width(cells, width, is_ragged=sheet.is_ragged)
            record = _record(cells, readings)
            _check_references(record, references, known)
            key = tuple(record.get(target) for target in key_targets)
            new = _built(table, record, cells, readings)
            if key:
                _check_new(key, seen, number, table)
        except Refused as problem:
            refused.append(refused_row(problem, file=file, kind=kind, row=number))
        else:
            values.extend(new)
            numbers.extend([number] * len(new))
    refused.sort(key=lambda row: row.row)
    return Rows(values=tuple(values), numbers=tuple(numbers), refused=tuple(refused))


def _readings(table: Table, columns: Sequence[Column], zone: ZoneInfo) -> tuple[_Reading, ...]:
    places = {column.field: index for index, column in enumerate(columns) if column.field}
    return tuple(
        _Reading(places.get(field.name, -1), field, field.target, reader_of(field, zone))
        for field in table.fields
        if field.name in places or field.is_required
    )


def _check_width(cells: Sequence[Cell | NoValue], width: int, *, is_ragged: bool) -> None:
    if any(not is_empty(cell) for cell in cells[width:]) or (len(cells) < width and not is_ragged):
        raise Refused("cells", str(len(cells)), count=width)


def _record(cells: Sequence[Cell | NoValue], readings: Sequence[_Reading]) -> dict[str, Any]:
    """Attribute -> value of the row's non-empty cells. Raises Refused naming the field."""
    record: dict[str, Any] = {}
    width = len(cells)
    for reading in readings:
        cell = cells[reading.index] if 0 <= reading.index < width else None
        if cell is None or (type(cell) is str and (not cell or cell.isspace())):
            if reading.field.is_required:
                raise Refused("value", field=reading.field.name)
            continue
        try:
            record[reading.target] = reading.read(cell)
        except Refused as problem:
            problem.field = reading.field.name
            raise
    return record


def _built(
    table: Table, record: dict[str, Any], cells: Sequence[Cell | NoValue], readings: Sequence[_Reading]
) -> tuple[Any, ...]:
    """The row's hospital values; a contradiction is told with the cell as it stood in the file."""
    try:
        return built(table, record)
    except Refused as problem:
        place = next((reading.index for reading in readings if reading.field.name == problem.field), -1)
        if 0 <= place < len(cells) and not is_empty(cells[place]):
            problem.found = cells[place]
        raise


def _check_references(record: Mapping[str, Any], references: Sequence[_Reading], known: Known) -> None:
    for reading in references:
        kind = reading.field.refers_to
        found = record.get(reading.target)
        for name in found if isinstance(found, tuple) else (found,):
            if name is not None and name not in known[kind]:
                raise Refused("known_id", name, field=reading.field.name, kind=f"intake.kind.{kind}")


def _check_new(key: tuple[Any, ...], seen: dict[tuple[Any, ...], int], number: int, table: Table) -> None:
    if key in seen:
        found = " / ".join(str(part) for part in key if part is not None)
        raise Refused("new_key", found, field=table.key[0], row=seen[key])
    seen[key] = number
