"""Wards as the generic records that are kept, and back: a ward's whole series of beds taken is one record, all its stays another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

import numpy as np

from forecasting.bed_flow import Stay
from forecasting.beds import Wards
from forecasting.beds_reading import read_wards
from forecasting.frequency import Frequency
from forecasting.panel import Panel
from hospital.errors import BadInput
from planning.rows import Record
from planning.site_data import digest

AREA = "beds"
OCCUPIED, STAYS, BEDS, PLANNED = "occupied", "stays", "beds", "planned"
_DAY_0 = date(2000, 1, 1)
_KNOWN = ("stays", "occupancy", "wards", "planned")


def wards_of_files(files: Mapping[str, bytes]) -> Wards:
    """The wards of a person's files: one table of occupancy or of stays by any name, or several named stays, occupancy, wards, planned.

    Raises BadInput naming file, column and what was found.
    """
    if not files:
        raise BadInput("no_tables", where="", expected="stays.csv, occupancy.csv")
    with tempfile.TemporaryDirectory(prefix="wards-") as folder:
        for name, content in files.items():
            (Path(folder) / _place(name, content, is_alone=len(files) == 1)).write_bytes(content)
        return read_wards(Path(folder))


def _place(name: str, content: bytes, *, is_alone: bool) -> str:
    """What a file is called in the folder: by its name, else by its columns."""
    path = PurePath(name.replace("\\", "/"))
    stem = path.stem.lower()
    known = next((word for word in _KNOWN if stem.startswith(word)), "")
    if not known and is_alone:
        head = content[:300].decode("utf-8", errors="replace").lower()
        known = "stays" if any(word in head for word in ("admitted", "入院")) else "occupancy"
    if not known:
        raise BadInput("no_tables", where=path.name, expected=", ".join(f"{word}.csv" for word in _KNOWN))
    return f"{known}.csv"


def records_of(wards: Wards, *, source: str, at: datetime) -> tuple[Record, ...]:
    """All of the wards as records."""
    panel = wards.occupied
    found = [
        _record(
            OCCUPIED,
            ward,
            {"first": panel.dates[0].isoformat(), "values": [None if np.isnan(v) else float(v) for v in row]},
            source=source,
            at=at,
        )
        for ward, row in zip(panel.names, panel.values, strict=True)
    ]
    for ward in panel.names:
        stays = sorted((s for s in wards.stays if s.ward == ward), key=lambda s: (s.admitted, s.discharged or date.max))
        if stays:
            found.append(_record(STAYS, ward, _packed(stays), source=source, at=at))
        plan = {day.isoformat(): num for (name, day), num in sorted(wards.planned.items()) if name == ward}
        if plan:
            found.append(_record(PLANNED, ward, plan, source=source, at=at))
    found += [_record(BEDS, ward, {"beds": num}, source=source, at=at) for ward, num in sorted(wards.beds.items())]
    return tuple(found)


def wards_of(records: Iterable[Record]) -> Wards | None:
    """The wards that the records say; None where there are none."""
    rows = [row for row in records if not row.is_cancelled]
    series = {row.key: row.payload for row in rows if row.kind == OCCUPIED}
    if not series:
        return None
    firsts = {ward: date.fromisoformat(str(payload["first"])) for ward, payload in series.items()}
    first = min(firsts.values())
    last = max(firsts[ward] + timedelta(days=len(series[ward]["values"]) - 1) for ward in series)
    values = np.full((len(series), (last - first).days + 1), np.nan)
    for at, (ward, payload) in enumerate(series.items()):
        begin = (firsts[ward] - first).days
        row = [np.nan if v is None else v for v in payload["values"]]
        values[at, begin : begin + len(row)] = row
    panel = Panel(names=tuple(series), dates=Frequency.DAY.between(first, last), values=values, frequency=Frequency.DAY)
    return Wards(
        occupied=panel,
        beds={row.key: int(row.payload["beds"]) for row in rows if row.kind == BEDS},
        stays=tuple(stay for row in rows if row.kind == STAYS for stay in _unpacked(row.key, row.payload)),
        planned={
            (row.key, date.fromisoformat(day)): int(num)
            for row in rows
            if row.kind == PLANNED
            for day, num in row.payload.items()
        },
    )


def _packed(stays: list[Stay]) -> dict[str, list[int | None]]:
    return {
        "admitted": [(stay.admitted - _DAY_0).days for stay in stays],
        "days": [None if stay.discharged is None else (stay.discharged - stay.admitted).days for stay in stays],
        "planned": [int(stay.is_planned) for stay in stays],
    }


def _unpacked(ward: str, payload: Mapping[str, Any]) -> Iterable[Stay]:
    for start, days, planned in zip(payload["admitted"], payload["days"], payload["planned"], strict=True):
        admitted = _DAY_0 + timedelta(days=start)
        discharged = None if days is None else admitted + timedelta(days=days)
        yield Stay(ward=ward, admitted=admitted, discharged=discharged, is_planned=bool(planned))


def _record(kind: str, key: str, payload: Mapping[str, Any], *, source: str, at: datetime) -> Record:
    return Record(kind=kind, key=key[:200], payload=payload, digest=digest(payload), source=source, updated=at)
