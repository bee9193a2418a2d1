"""A dialysis unit from a folder of CSV files and site.toml, and back: the columns are those of data_samples/dialysis/README.md."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

from hospital import dialysis as words
from hospital.clock import localise
from hospital.dialysis import DialysisSettings, DialysisSite
from hospital.errors import BadInput, BadSettings
from hospital.plans import Booking
from hospital.requests import Mobility
from hospital.texts import say
from intake.csvfile import csv_rows
from intake.export import table_csv
from intake.plans import read_plan_csv, write_plan_csv

TABLES: Mapping[str, type] = {
    "stations": words.DialysisStation,
    "shifts": words.ShiftHours,
    "holidays": words.Holiday,
    "closures": words.StationClosure,
    "releases": words.ZoneRelease,
    "nurses": words.NurseDuty,
    "patients": words.DialysisPatient,
    "absences": words.Absence,
    "one_offs": words.OneOff,
}
"""Kinds of files, each row one of these."""
NEEDED = ("stations", "shifts", "patients")
HEADINGS = {"from_min": "from", "to_min": "to"}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
IDS = {"station": "stations", "patient": "patients"}
"""Columns that name a row of another file (a closure's resource may be a water loop, so it is not among them)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """One row that was set aside: where, which column, what was found."""

    file: str
    row: int
    field: str
    found: str

    def sentence(self, language: str = "en") -> str:
        """The refusal in words."""
        return say(
            "dialysis.refused_row", language, file=self.file, row=self.row, field=self.field, found=self.found or "-"
        )


@dataclass(frozen=True, kw_only=True)
class DialysisBatch:
    """What came through the door: the unit made of every good row, and the rows set aside."""

    value: DialysisSite
    refused: tuple[RefusedLine, ...] = ()


class _Wrong(ValueError):
    """A cell that cannot be read; the column's name."""


def heading(field: str) -> str:
    """The column of a field."""
    return HEADINGS.get(field, field)


def columns(kind: str) -> tuple[str, ...]:
    """All columns of a kind of file, in order."""
    return tuple(heading(field.name) for field in fields(TABLES[kind]))


def read_dialysis(place: str | Path) -> DialysisBatch:
    """The unit in a folder. Raises BadInput or BadSettings where a file as a whole cannot be read; single rows are refused."""
    folder = Path(place)
    if not folder.is_dir():
        raise BadInput("no_such_place", where=str(place))
    settings = _settings(folder / "site.toml")
    refused: list[RefusedLine] = []
    tables: dict[str, tuple[Any, ...]] = {}
    for kind in TABLES:
        path = folder / f"{kind}.csv"
        if path.is_file():
            tables[kind] = tuple(_read(path, kind, settings, refused, tables))
        elif kind in NEEDED:
            raise BadInput("no_such_place", where=str(path))
    site = DialysisSite(settings=settings, **tables)
    booked = folder / "booked.csv"
    if booked.is_file():
        rows = read_plan_csv(booked, timezone=settings.timezone)
        site = replace(site, bookings=tuple(Booking(appointment=entry) for entry in rows.appointments))
    return DialysisBatch(value=site, refused=tuple(refused))


def write_dialysis(folder: Path, site: DialysisSite) -> None:
    """The unit as files that ``read_dialysis`` reads to the same."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in TABLES:
        values = getattr(site, kind)
        if values:
            rows = [[_cell(field.name, getattr(value, field.name)) for field in fields(value)] for value in values]
            (folder / f"{kind}.csv").write_text(table_csv(columns(kind), rows), encoding="utf-8", newline="\n")
    if site.bookings:
        write_plan_csv(folder / "booked.csv", [booking.appointment for booking in site.bookings])
    (folder / "site.toml").write_text(_toml(site.settings), encoding="utf-8", newline="\n")


def _read(
    path: Path, kind: str, settings: DialysisSettings, refused: list[RefusedLine], tables: Mapping[str, tuple[Any, ...]]
) -> Iterator[Any]:
    rows = csv_rows(path.name, path.read_bytes()).rows
    header = [str(cell).strip() for cell in rows[0][1]] if rows else []
    needed = [heading(f.name) for f in fields(TABLES[kind]) if f.default is MISSING and f.default_factory is MISSING]
    missing = [name for name in needed if name not in header]
    if missing:
        found = ", ".join(header)[:200] or "-"
        raise BadInput("missing_columns", where=path.name, expected=", ".join(missing), found=found)
    known = {of: {each.id for each in tables.get(of, ())} for of in set(IDS.values())}
    seen: set[str] = set()
    for number, cells in rows[1:]:
        row = dict(zip(header, (str(cell or "").strip() for cell in cells), strict=False))
        try:
            yield _made(kind, row, ZoneInfo(settings.timezone), known, seen)
        except _Wrong as wrong:
            field = str(wrong)
            refused.append(RefusedLine(file=path.name, row=number, field=field, found=row.get(field, "")[:80]))


def _made(kind: str, row: Mapping[str, str], zone: ZoneInfo, known: Mapping[str, set[str]], seen: set[str]) -> Any:
    """One row as its hospital type. Raises _Wrong naming the column."""
    hints = get_type_hints(TABLES[kind])
    values: dict[str, Any] = {}
    for field in fields(TABLES[kind]):
        name = heading(field.name)
        text = row.get(name, "")
        if not text:
            if field.default is MISSING and field.default_factory is MISSING:
                raise _Wrong(name)
            continue
        try:
            values[field.name] = _value(field.name, hints[field.name], text, zone)
        except (ValueError, KeyError):
            raise _Wrong(name) from None
        of = IDS.get(name)
        if of is not None and of != kind and kind != "patients" and text not in known[of]:
            raise _Wrong(name)
    for low, high in (("start", "end"), ("from_min", "to_min"), ("first_day", "last_day"), ("day", "last_day")):
        if low in values and high in values:
            is_empty = values[high] == values[low] and low in ("start", "from_min")
            if is_empty or values[high] < values[low]:
                raise _Wrong(heading(high))
    if values.get("id") in seen:
        raise _Wrong("id")
    seen.update([values["id"]] if "id" in values else [])
    return TABLES[kind](**values)


def _value(name: str, kind: Any, text: str, zone: ZoneInfo) -> Any:
    if name in HEADINGS:
        return _clock(text)
    if name == "weekday":
        return WEEKDAYS.index(text)
    if name == "pattern":
        return tuple(sorted({WEEKDAYS.index(part) for part in text.split()}))
    readers: Mapping[Any, Callable[[str], Any]] = {
        str: str,
        int: _whole,
        float: _number,
        bool: {"yes": True, "no": False}.__getitem__,
        frozenset[str]: lambda words: frozenset(words.split()),
        Mobility: Mobility,
        date: date.fromisoformat,
        date | None: date.fromisoformat,
        datetime: lambda words: localise(datetime.fromisoformat(words), zone.key),
    }
    return readers[kind](text)


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 10_000:
        raise ValueError(text)
    return number


def _number(text: str) -> float:
    number = float(text)
    if not 0 <= number <= 10_000:
        raise ValueError(text)
    return number


def _clock(text: str) -> int:
    if text == "24:00":
        return 1440
    moment = time.fromisoformat(text)
    return moment.hour * 60 + moment.minute


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in HEADINGS:
        return f"{value // 60:02}:{value % 60:02}"
    if name == "weekday":
        return WEEKDAYS[value]
    if name == "pattern":
        return " ".join(WEEKDAYS[day] for day in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return " ".join(sorted(value))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _settings(path: Path) -> DialysisSettings:
    """The settings of a site.toml. Raises BadInput or BadSettings naming the key."""
    if not path.is_file():
        return DialysisSettings()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadInput("bad_toml", where=path.name, found=str(problem)) from None
    usual = {field.name: getattr(DialysisSettings(), field.name) for field in fields(DialysisSettings)}
    for key, value in table.items():
        if key not in usual:
            raise BadSettings("unknown_key", where=path.name, found=key, expected=", ".join(usual))
        if not _is_like(value, usual[key], key):
            expected = "date" if key == "now" else type(usual[key]).__name__
            raise BadSettings("bad_setting", where=f"{path.name} {key}", expected=expected, found=str(value)[:80])
    settings = DialysisSettings(**table)
    return settings if settings.now is None else replace(settings, now=localise(settings.now, settings.timezone))


def _is_like(value: Any, usual: Any, key: str) -> bool:
    if key == "now":
        return isinstance(value, datetime)
    if isinstance(usual, Mapping):
        return isinstance(value, dict)
    if isinstance(usual, int):
        is_zero_fine = key in ("turnover_min", "days_off_pattern", "soon_h")
        return type(value) is int and (value > 0 or (value == 0 and is_zero_fine))
    return isinstance(value, str)


def _toml(settings: DialysisSettings) -> str:
    lines, tables = [], []
    for field in fields(DialysisSettings):
        value = getattr(settings, field.name)
        if isinstance(value, Mapping):
            rows = [f"{key} = {_literal(part)}" for key, part in value.items()]
            tables += [f"\n[{field.name}]", *rows] if rows else []
        elif value not in (None, ""):
            lines.append(f"{field.name} = {_literal(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _literal(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value)
