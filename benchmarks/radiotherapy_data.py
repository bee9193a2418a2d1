"""A year of radiotherapy (shared/benchmarks/radiotherapy_iridium) as it is stored: protocols, courses asked for, sessions booked."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hospital.errors import BadInput

LINACS = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10")
HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        *(
            "2020-01-01",
            "2020-04-13",
            "2020-05-01",
            "2020-05-21",
            "2020-06-01",
            "2020-07-21",
            "2020-11-11",
            "2020-12-25",
        ),
        "2021-01-01",
    )
)
LEAST_A_WEEK, PREPARATION_DAYS = 3, 7
"""What is read where a protocol has words instead of a number: never less, more where the words or a number beside them say so."""
READINGS: Mapping[str, tuple[int, str]] = {
    # words for the least sessions a week: (sessions a week, how they are read)
    "min 4 -  preferably 5x": (4, "at least four a week"),
    "": (3, "nothing written: three a week"),
    "one-off": (3, "a single session"),
    "1 x on the day of surgery + 1 day 2 fractions": (3, "the day of surgery and the day after"),
    "5 x /week (never 2 x / day) ask doctor!": (5, "five a week, one a day"),
    "3 x week (1 day rest between each RT)": (
        3,
        "three a week; the day of rest is not asked for here, it counts as stretch",
    ),
    "2x per day: 3 x week (Mon - Tue - Wed)": (3, "three a week; the benchmark gives one session a day"),
    "3x (1x/week)": (3, "three sessions; the benchmark's least of three a week"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRow:
    """One protocol; ``reading`` says how free text was read ("" where all was numbers)."""

    id: str
    priority: int
    least_a_week: int
    preparation_days: int
    first_min: int
    fit: tuple[int, ...]
    reading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRow:
    """One course asked for."""

    id: str
    patient: str
    requested: date
    protocol: ProtocolRow
    minutes: tuple[int, ...]
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedRow:
    """One session booked before the year began."""

    course: str
    patient: str
    protocol: ProtocolRow
    linac: int
    day: date
    minutes: int
    session: int
    num_sessions: int


@dataclass(frozen=True, kw_only=True)
class Year:
    """What is known at first, and the courses in order of request; ``before`` are courses asked for earlier, to learn from only."""

    protocols: Mapping[str, ProtocolRow]
    booked: tuple[BookedRow, ...]
    courses: tuple[CourseRow, ...]
    before: tuple[CourseRow, ...] = ()

    @property
    def first_day(self) -> date:
        """The first day of the records."""
        return min([row.day for row in self.booked] + [row.requested for row in self.courses])


def read_year(folder: Path, arrivals: Path | None = None) -> Year:
    """The folder; ``arrivals`` plays another file, and what the folder's own file has from before is learned from. Raises BadInput."""
    protocols = read_protocols(folder)
    own = folder / "arrivals_2020_h1.csv"
    courses = _courses(arrivals or own, protocols)
    before: tuple[CourseRow, ...] = ()
    if arrivals is not None and own.is_file() and courses:
        earliest = min(course.requested for course in courses)
        known = {course.id for course in courses}
        before = tuple(c for c in _courses(own, protocols) if c.requested < earliest and c.id not in known)
    return Year(protocols=protocols, booked=_booked(folder, protocols), courses=courses, before=before)


def read_protocols(folder: Path) -> dict[str, ProtocolRow]:
    """The protocols by name."""
    return {row["RTTreatment"]: _protocol(row) for row in rows_of(folder / "protocols.csv")}


def rows_of(path: Path, delimiter: str = ",") -> Sequence[dict[str, str]]:
    """The rows of a CSV file. Raises BadInput where there is none."""
    if not path.is_file():
        raise BadInput("no_such_place", where=str(path))
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def _protocol(row: Mapping[str, str]) -> ProtocolRow:
    a_week = row["Minimum number of fractions per week"].strip()
    preparation = row["Minimum number of days for pre-treatment"].strip()
    is_number = a_week.isdigit() and preparation.isdigit()
    least, days = _number(a_week, 0), _number(preparation, 0)
    reading = ""
    if not is_number:
        read, told = (least, a_week) if a_week.isdigit() else READINGS.get(a_week, (LEAST_A_WEEK, a_week))
        least, days = max(LEAST_A_WEEK, read), max(PREPARATION_DAYS, days)
        reading = f"{row['RTTreatment']}: {told}; {days} days"
    return ProtocolRow(
        id=row["RTTreatment"],
        priority=int(row["Priority"]),
        least_a_week=least,
        preparation_days=days,
        first_min=_number(row["Time slot at start RT (min)"].strip(), 24),
        fit=tuple(int(row[linac]) for linac in LINACS),
        reading=reading,
    )


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() else otherwise


def _courses(path: Path, protocols: Mapping[str, ProtocolRow]) -> tuple[CourseRow, ...]:
    rows = (
        CourseRow(
            id=row["CourseID"],
            patient=row["PatientID"],
            requested=date.fromisoformat(row["CreationDate"][:10]),
            protocol=protocols[row["RTTreatment"]],
            minutes=minutes_of(row),
            follows="" if row["FollowsCourseID"] == row["CourseID"] else row["FollowsCourseID"],
        )
        for row in rows_of(path)
    )
    return tuple(sorted(rows, key=lambda row: row.requested))


def minutes_of(row: Mapping[str, str]) -> tuple[int, ...]:
    """Minutes by session of a course's row."""
    later = (int(row["SessionTimeSecond"]),) * (int(row["NoFractions"]) - 1)
    return (int(row["SessionTimeFirst"]), *later)


def _booked(folder: Path, protocols: Mapping[str, ProtocolRow]) -> tuple[BookedRow, ...]:
    return tuple(
        BookedRow(
            course=row["CourseID"],
            patient=row["PatientID"],
            protocol=protocols[row["RTTreatment"]],
            linac=LINACS.index(row["MachineID"]),
            day=date.fromisoformat(row["Start time of appointment"][:10]),
            minutes=int(row["SessionTime"]),
            session=int(row["SessionNum"]),
            num_sessions=int(row["NoFractions"]),
        )
        for row in rows_of(folder / "booked_from_2019.csv")
    )
