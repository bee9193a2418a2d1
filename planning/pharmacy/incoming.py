"""Files of a pharmacy on their way in: what applying them would store. Issues are laid over the series that are there, item by item."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

import numpy as np

from hospital.errors import BadInput
from hospital.pharmacy import Delivery, Pharmacy, Step, Usage, following, usage_of
from intake.folder import place_sheets
from intake.quarantine import RefusedRow, Warned
from intake.usage import ISSUES, is_wide, read_wide
from planning.pharmacy.records import USAGE, rows_of, usage_records
from planning.rows import Record

LOTS, DELIVERIES = "drug_lots", "drug_deliveries"
OWN = re.compile(r"F\d+-")
"""How the order numbers begin of what was put under way by accepting an order here."""


@dataclass(frozen=True, kw_only=True)
class WideIssues:
    """A table of issues with a column an item: its series, what was refused, and what the page shows of it."""

    usage: Usage
    refused: tuple[RefusedRow, ...]
    warnings: tuple[Warned, ...]
    headings: tuple[str, ...]
    sample_rows: tuple[dict[str, str], ...]
    num_rows: int


def wide_issues(filename: str, content: bytes, site: Pharmacy) -> WideIssues | None:
    """The table, if the file is one; None for any other. Raises BadInput where no column is headed by an item."""
    suffix = PurePath(filename).suffix.lower()
    if suffix not in (".csv", ".xlsx", ".xlsm"):
        return None
    with tempfile.TemporaryDirectory(prefix="issues-") as folder:
        (Path(folder) / f"issues{suffix}").write_bytes(content)
        try:
            sheets, _, _ = place_sheets(folder, area="orders")
        except BadInput:
            return None
    sheet = sheets.get(ISSUES)
    if sheet is None or not is_wide(sheet):
        return None
    usage, refused, warnings = read_wide(sheet, {item.id for item in site.items})
    shown = tuple(
        {head: str(cell) for head, cell in zip(sheet.header[:8], cells[:8], strict=False)}
        for _, cells in sheet.rows[:5]
    )
    return WideIssues(
        usage=usage,
        refused=refused,
        warnings=warnings,
        headings=tuple(sheet.header[:8]),
        sample_rows=shown,
        num_rows=len(sheet.rows),
    )


def matched(
    site: Pharmacy,
    tables: Mapping[str, Iterable[Any]],
    kept: Mapping[str, Mapping[str, str]],
    *,
    source: str,
    at: datetime,
    usage: Usage | None = None,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rows to store and keys to cancel by kind, and counts beside what is there. ``kept`` are digests by key and kind; ``usage`` is a wide
    table of issues. Stock is what the file says and nothing else; what was ordered here gives way to the hospital's own orders."""
    put: dict[str, list[dict[str, Any]]] = {}
    replaced: dict[str, list[str]] = {}
    counts = {"num_new": 0, "num_changed": 0, "num_unchanged": 0}
    for kind, values in tables.items():
        rows = list(values)
        if kind == ISSUES:
            usage = usage_of(rows) if rows else usage
            continue
        records = rows_of(kind, rows, source=source, at=at)
        _count(records, kind, kept.get(kind, {}), put, counts)
        if kind == LOTS:
            keys = {row.key for row in records}
            replaced[kind] = [key for key in kept.get(kind, {}) if key not in keys]
        if kind == DELIVERIES:
            replaced[kind] = _given_way(site, rows)
    if usage is not None and usage.items:
        whole = merged(site.table, usage)
        _count(usage_records(whole, source=source, at=at), USAGE, kept.get(USAGE, {}), put, counts)
    return {"put": put, "replaced": replaced}, counts | {"missing": []}


def merged(there: Usage | None, incoming: Usage) -> Usage:
    """The series with an incoming file laid over them: its days count as it says, the others stay. A file of another step, or of weeks that
    begin on another day, takes the place of all."""
    if there is None or not there.items or there.step is not incoming.step or not _fit(there, incoming):
        return incoming
    days, day = [], min(there.first_day, incoming.first_day)
    last = max(there.days[-1], incoming.days[-1])
    while day <= last:
        days.append(day)
        day = following(day, there.step)
    items = (*there.items, *(item for item in incoming.items if item not in set(there.items)))
    row = {item: at for at, item in enumerate(items)}
    place = {day: at for at, day in enumerate(days)}
    units = np.zeros((len(items), len(days)))
    for usage in (there, incoming):
        begin = place[usage.first_day]
        for item, values in zip(usage.items, usage.units, strict=True):
            units[row[item], begin : begin + len(values)] = values
    return Usage(items=items, first_day=days[0], step=there.step, units=units)


def _fit(there: Usage, incoming: Usage) -> bool:
    """Whether both series lie on one row of days."""
    if there.step is not Step.WEEK:
        return True
    gap: int = (incoming.first_day - there.first_day).days
    return gap % 7 == 0


def _given_way(site: Pharmacy, rows: Iterable[Delivery]) -> list[str]:
    """Keys of what was ordered here and has not arrived, up to the last day that the hospital's own file speaks of."""
    ordered = [row.ordered for row in rows]
    last = max(ordered, default=date.min)
    ids = {row.order for row in rows}
    return [
        f"{row.order}/{row.item}/"
        for row in site.deliveries
        if OWN.match(row.order) and row.received is None and row.ordered <= last and row.order not in ids
    ]


def _count(
    records: Iterable[Record],
    kind: str,
    kept: Mapping[str, str],
    put: dict[str, list[dict[str, Any]]],
    counts: dict[str, int],
) -> None:
    there = list(records)
    new = [row for row in there if row.key not in kept]
    changed = [row for row in there if row.key in kept and kept[row.key] != row.digest]
    counts["num_new"] += len(new)
    counts["num_changed"] += len(changed)
    counts["num_unchanged"] += len(there) - len(new) - len(changed)
    put[kind] = _stored([*new, *changed])


def _stored(records: Iterable[Record]) -> list[dict[str, Any]]:
    return [{"key": row.key, "payload": dict(row.payload), "digest": row.digest} for row in records]
