"""A pharmacy from a folder or workbook, its issues long or wide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from hospital.errors import BadInput
from hospital.pharmacy import Usage, following, step_of
from intake.cells import Cell, NoValue, Sheet, is_empty
from intake.export import table_csv
from intake.folder import Batch, batch_of, place_sheets
from intake.header import match_columns, missing_fields
from intake.pharmacy import is_day
from intake.quarantine import Refused, RefusedRow, Warned, refused_row
from intake.schema import table_of
from intake.times import read_day
from intake.values import reader_of

ISSUES = "drug_issues"
_READ = reader_of(table_of(ISSUES).field("units"), ZoneInfo("UTC"))


def read_pharmacy(place: str | Path) -> Batch:
    """The batch of a pharmacy's folder or workbook: as ``intake.folder.read_site`` reads it, issues long or wide.

    Wide: the first column holds the days, every other column is headed by an item's id. Raises BadInput where a file as a whole
    cannot be read: without the columns it needs, with the columns it has.
    """
    sheets, settings, unread = place_sheets(place, area="orders")
    issues = sheets.get(ISSUES)
    if issues is None or not is_wide(issues):
        batch = batch_of(sheets, settings, area="orders")
        return replace(batch, warnings=(*unread, *batch.warnings))
    rest = {kind: sheet for kind, sheet in sheets.items() if kind != ISSUES}
    batch = batch_of(rest, settings, area="orders")
    usage, refused, skipped = read_wide(issues, {item.id for item in batch.value.items})
    return replace(
        batch,
        value=replace(batch.value, table=usage),
        refused=(*batch.refused, *refused),
        warnings=(*unread, *batch.warnings, *skipped),
    )


def is_wide(sheet: Sheet) -> bool:
    """Whether a table of issues lacks the columns of a long one and has days in its first column."""
    if not missing_fields(match_columns(sheet.header, ISSUES, None), ISSUES):
        return False
    return len(sheet.header) > 1 and any(is_day(cells[0]) for _, cells in sheet.rows[:5] if cells)


def read_wide(sheet: Sheet, known: set[str]) -> tuple[Usage, tuple[RefusedRow, ...], tuple[Warned, ...]]:
    """The table, the rows set aside and a warning for columns that are no item. An empty cell is 0.

    Raises BadInput where no column is headed by an item.
    """
    columns = [(at, heading) for at, heading in enumerate(sheet.header[1:], 1) if heading in known]
    others = [heading for heading in sheet.header[1:] if heading and heading not in known]
    if not columns:
        expected = ", ".join(sorted(known)[:3])
        raise BadInput("missing_columns", where=sheet.file, expected=expected, found=", ".join(sheet.header)[:200])
    rows: dict[date, list[float]] = {}
    refused: list[RefusedRow] = []
    for number, cells in sheet.rows:
        try:
            day = read_day(cells[0])
            if day in rows:
                raise Refused("new_key", day.isoformat(), field="day", row=0)
            rows[day] = [_units(cells[at] if at < len(cells) else None) for at, _ in columns]
        except Refused as problem:
            refused.append(refused_row(problem, file=sheet.file, kind=ISSUES, row=number, field="day"))
    warned = [Warned(file=sheet.file, text_id="columns_not_read", values={"columns": ", ".join(others)[:200]})]
    return _usage(tuple(heading for _, heading in columns), rows), tuple(refused), tuple(warned if others else [])


def _units(cell: Cell | NoValue) -> float:
    if is_empty(cell):
        return 0.0
    try:
        return float(_READ(cell))
    except Refused as problem:
        problem.field = "units"
        raise


def _usage(items: tuple[str, ...], rows: Mapping[date, list[float]]) -> Usage:
    days = sorted(rows)
    step = step_of(days)
    filled, day = [], days[0] if days else date(2000, 1, 1)
    first = day
    while days and day <= days[-1]:
        filled.append(rows.get(day, [0.0] * len(items)))
        day = following(day, step)
    return Usage(items=items, first_day=first, step=step, units=np.array(filled, dtype=float).reshape(-1, len(items)).T)


def wide_csv(usage: Usage) -> str:
    """The table as a file that ``read_wide`` reads to the same."""
    rows = [
        [day.isoformat(), *(f"{units:.12g}" for units in column)]
        for day, column in zip(usage.days, usage.units.T, strict=True)
    ]
    return table_csv(("day", *usage.items), rows)
