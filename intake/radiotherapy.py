"""A radiotherapy site from a folder of CSV files and site.toml: the columns are those of data_samples/radiotherapy/README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hospital.clock import localise
from hospital.errors import BadInput
from hospital.plans import Appointment, Booking
from hospital.radiotherapy import (
    LinacClosure,
    LinacHoliday,
    LinacHours,
    RadiotherapySite,
    TreatmentCourse,
    TreatmentLinac,
    TreatmentProtocol,
)
from hospital.sites import SiteSettings
from hospital.texts import say
from intake.csvfile import csv_rows
from intake.settings import read_settings

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "linacs": ("id", "name", "site", "techniques", "energies", "matched", "overtime_max_min"),
    "hours": ("linac", "weekdays", "from", "to"),
    "closures": ("linac", "start", "end", "reason"),
    "holidays": ("day",),
    "protocols": (
        *("id", "priority", "sessions", "first_min", "later_min", "least_a_week", "most_a_week", "a_day", "gap_h"),
        *("start_weekdays", "preparation_days", "techniques", "energies", "allowed", "preferred"),
    ),
    "courses": (
        *("id", "patient", "protocol", "requested", "ready", "target_days", "sessions", "hours", "follows", "is_over"),
    ),
    "booked": ("request", "session", "resource", "start", "end"),
}
"""Columns by file, in the order in which they are written."""
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "linacs": ("id",),
    "hours": ("linac", "weekdays", "from", "to"),
    "closures": ("linac", "start", "end"),
    "holidays": ("day",),
    "protocols": ("id", "priority", "sessions", "first_min", "later_min"),
    "courses": ("id", "patient", "protocol", "requested"),
    "booked": ("request", "session", "resource", "start", "end"),
}
T = TypeVar("T")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """One row that was set aside: where, what was expected, what was found."""

    file: str
    row: int
    field: str
    found: str

    def sentence(self, language: str = "en") -> str:
        """The refusal in words."""
        return say(
            "radiotherapy.refused_row",
            language,
            file=self.file,
            row=self.row,
            field=self.field,
            expected=say(f"radiotherapy.column_{self.field}", language),
            found=self.found or "-",
        )


@dataclass(frozen=True, kw_only=True)
class RadiotherapyBatch:
    """What came through the door: the site made of every good row, and the rows set aside."""

    value: RadiotherapySite
    refused: tuple[RefusedLine, ...] = ()


class _Wrong(ValueError):
    """A cell that cannot be read; the column's name."""


def read_radiotherapy(place: str | Path) -> RadiotherapyBatch:
    """The site in a folder. Raises BadInput or BadSettings where a file as a whole cannot be read; single rows are refused."""
    folder = Path(place)
    if not folder.is_dir():
        raise BadInput("no_such_place", where=str(place))
    toml = folder / "site.toml"
    settings = read_settings(toml.read_bytes(), "site.toml") if toml.is_file() else SiteSettings()
    refused: list[RefusedLine] = []
    tables: dict[str, list[Any]] = {}
    for kind, make in _MAKERS.items():
        path = folder / f"{kind}.csv"
        tables[kind] = []
        if not path.is_file():
            if kind in ("linacs", "hours", "protocols", "courses"):
                raise BadInput("no_such_place", where=str(path))
            continue
        for number, row in _rows(path, kind):
            try:
                made = make(_Row(row, ZoneInfo(settings.timezone)))
                _check_known(kind, row, tables)
                tables[kind] += made
            except _Wrong as wrong:
                field = str(wrong)
                refused.append(RefusedLine(file=path.name, row=number, field=field, found=row.get(field, "")[:80]))
    site = RadiotherapySite(
        settings=settings,
        linacs=tuple(tables["linacs"]),
        hours=tuple(tables["hours"]),
        closures=tuple(tables["closures"]),
        holidays=tuple(tables["holidays"]),
        protocols=tuple(tables["protocols"]),
        courses=tuple(tables["courses"]),
        bookings=tuple(tables["booked"]),
    )
    return RadiotherapyBatch(value=site, refused=tuple(refused))


def _rows(path: Path, kind: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and cells by heading. Raises BadInput for a file without its required columns."""
    rows = csv_rows(path.name, path.read_bytes()).rows
    header = [str(cell).strip() for cell in rows[0][1]] if rows else []
    missing = [name for name in REQUIRED[kind] if name not in header]
    if missing:
        raise BadInput(
            "missing_columns", where=path.name, expected=", ".join(missing), found=", ".join(header)[:200] or "-"
        )
    for number, cells in rows[1:]:
        yield number, dict(zip(header, (str(cell or "").strip() for cell in cells), strict=False))


def _check_known(kind: str, row: Mapping[str, str], tables: Mapping[str, Sequence[Any]]) -> None:
    """An id that stands twice, or for nothing, refuses its row."""
    for field, of in (("linac", "linacs"), ("resource", "linacs"), ("protocol", "protocols"), ("request", "courses")):
        if field in row and kind != of and row[field] not in {each.id for each in tables.get(of, ())}:
            raise _Wrong(field)
    if "id" in row and row["id"] in {each.id for each in tables[kind]}:
        raise _Wrong("id")


class _Row:
    """The cells of one row, read one by one."""

    def __init__(self, cells: Mapping[str, str], zone: ZoneInfo) -> None:
        self._cells, self._zone = cells, zone

    def text(self, name: str, otherwise: str = "") -> str:
        """A text; raises where a required one is missing."""
        value = self._cells.get(name, "")
        if not value and name in ("id", "linac", "patient", "protocol", "request", "resource"):
            raise _Wrong(name)
        return value or otherwise

    def words(self, name: str) -> frozenset[str]:
        """Words separated by blanks, commas or semicolons."""
        return frozenset(self._cells.get(name, "").replace(",", " ").replace(";", " ").split())

    def whole(self, name: str, low: int, high: int, otherwise: int | None = None) -> int:
        """A whole number within its limits."""
        text = self._cells.get(name, "")
        if not text and otherwise is not None:
            return otherwise
        if not text.isdigit() or not low <= int(text) <= high:
            raise _Wrong(name)
        return int(text)

    def optional(self, name: str, low: int, high: int) -> int | None:
        """A whole number, or nothing."""
        return self.whole(name, low, high) if self._cells.get(name) else None

    def number(self, name: str, low: float, high: float, otherwise: float) -> float:
        """A number within its limits."""
        return self._read(name, lambda text: _within(float(text), low, high), otherwise)

    def day(self, name: str) -> date:
        """A date."""
        return self._read(name, date.fromisoformat, None)

    def optional_day(self, name: str) -> date | None:
        """A date, or nothing."""
        return self.day(name) if self._cells.get(name) else None

    def moment(self, name: str) -> datetime:
        """A time, the site's own where it has no offset."""
        return self._read(name, lambda text: localise(datetime.fromisoformat(text), self._zone.key), None)

    def minute(self, name: str) -> int:
        """A time of the day as minutes."""
        return self._read(name, _minute, None)

    def hours(self, name: str) -> tuple[tuple[int, int], ...]:
        """Times of the day such as 08:00-11:30; several separated by blanks."""
        return self._read(name, lambda text: tuple(_span(part) for part in text.split()), ())

    def weekdays(self, name: str, otherwise: frozenset[int] | None = None) -> frozenset[int]:
        """Weekdays such as Mon-Fri or Mon Wed Fri."""
        return self._read(name, _weekdays, otherwise)

    def _read(self, name: str, read: Callable[[str], T], otherwise: T | None) -> T:
        text = self._cells.get(name, "")
        if not text and otherwise is not None:
            return otherwise
        try:
            return read(text)
        except (ValueError, IndexError):
            raise _Wrong(name) from None


def _within(value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise ValueError(value)
    return value


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    value = int(hour) * 60 + int(minute)
    return int(_within(value, 0, 1440))


def _span(text: str) -> tuple[int, int]:
    low, high = (_minute(part) for part in text.split("-"))
    if low >= high:
        raise ValueError(text)
    return low, high


def _weekdays(text: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.replace(",", " ").split():
        first, _, last = part.partition("-")
        found.update(range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1))
    if not found:
        raise ValueError(text)
    return frozenset(found)


def _linac(row: _Row) -> list[TreatmentLinac]:
    return [
        TreatmentLinac(
            id=row.text("id"),
            name=row.text("name"),
            site=row.text("site", "main"),
            techniques=row.words("techniques"),
            energies=row.words("energies"),
            matched=row.text("matched"),
            overtime_max_min=row.whole("overtime_max_min", 0, 600, 0),
        )
    ]


def _hours(row: _Row) -> list[LinacHours]:
    low, high = row.minute("from"), row.minute("to")
    if low >= high:
        raise _Wrong("to")
    linac = row.text("linac")
    return [LinacHours(linac=linac, weekday=day, from_min=low, to_min=high) for day in sorted(row.weekdays("weekdays"))]


def _closure(row: _Row) -> list[LinacClosure]:
    start, end = row.moment("start"), row.moment("end")
    if start >= end:
        raise _Wrong("end")
    return [LinacClosure(linac=row.text("linac"), start=start, end=end, reason=row.text("reason"))]


def _protocol(row: _Row) -> list[TreatmentProtocol]:
    every = frozenset(range(7))
    return [
        TreatmentProtocol(
            id=row.text("id"),
            priority=row.whole("priority", 1, 3),
            sessions=row.whole("sessions", 1, 60),
            first_min=row.whole("first_min", 1, 480),
            later_min=row.whole("later_min", 1, 480),
            least_a_week=row.whole("least_a_week", 0, 14, 5),
            most_a_week=row.whole("most_a_week", 1, 14, 7),
            a_day=row.whole("a_day", 1, 2, 1),
            gap_h=row.number("gap_h", 0, 168, 6.0),
            start_weekdays=row.weekdays("start_weekdays", every),
            preparation_days=row.whole("preparation_days", 0, 90, 0),
            techniques=row.words("techniques"),
            energies=row.words("energies"),
            allowed=row.words("allowed"),
            preferred=row.words("preferred"),
        )
    ]


def _course(row: _Row) -> list[TreatmentCourse]:
    is_over = row.text("is_over", "no").lower()
    if is_over not in ("yes", "no"):
        raise _Wrong("is_over")
    return [
        TreatmentCourse(
            id=row.text("id"),
            patient=row.text("patient"),
            protocol=row.text("protocol"),
            requested=row.day("requested"),
            ready=row.optional_day("ready"),
            target_days=row.optional("target_days", 0, 365),
            sessions=row.optional("sessions", 1, 60),
            hours=row.hours("hours"),
            follows=row.text("follows"),
            is_over=is_over == "yes",
        )
    ]


def _booking(row: _Row) -> list[Booking]:
    start, end = row.moment("start"), row.moment("end")
    if start >= end:
        raise _Wrong("end")
    return [
        Booking(
            appointment=Appointment(
                request=row.text("request"),
                session=row.whole("session", 1, 200),
                resource=row.text("resource"),
                start=start,
                end=end,
            )
        )
    ]


_MAKERS: Mapping[str, Callable[[_Row], list[Any]]] = {
    "linacs": _linac,
    "hours": _hours,
    "closures": _closure,
    "holidays": lambda row: [LinacHoliday(day=row.day("day"))],
    "protocols": _protocol,
    "courses": _course,
    "booked": _booking,
}
