"""A month of calls for an MRI scan (shared/benchmarks/mri_2023): read, played on the day, measured; and the fixed slots others book."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import fmean

from benchmarks.measuring import quantile
from hospital.errors import BadInput

OPEN_MIN, CLOSE_MIN = 8 * 60, 17 * 60
SCANNERS = ("A", "B")
TYPES = ("Type 1", "Type 2")
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Call:
    """A call: when it came, which type of patient, and the scan's true minutes, which nobody may look at before it is done."""

    at: datetime
    kind: str
    true_min: float


@dataclass(frozen=True, slots=True)
class Booked:
    """The answer: a working day, a scanner, minutes after midnight."""

    call: Call
    day: date
    scanner: str
    start_min: float


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of it, in minutes after midnight."""

    booked: Booked
    scanner: str
    begin_min: float
    end_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Working days waited; minutes past the slot; idle minutes between 08:00 and 17:00 and minutes after 17:00 a scanner-day used."""

    wait: float
    wait_p95: float
    past: float
    past_p95: float
    idle: float
    over: float


def read_calls(folder: Path) -> tuple[Call, ...]:
    """The calls in order. Raises BadInput where the file cannot be read."""
    path = folder / "scan_records.csv"
    if not path.is_file():
        raise BadInput("no_such_place", where=str(path))
    with path.open(encoding="utf-8-sig", newline="") as lines:
        calls = [
            Call(_moment(row["Date"], float(row["Time"])), row["PatientType"], 60 * float(row["Duration"]))
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(calls, key=lambda call: call.at))


def _moment(day: str, hour: float) -> datetime:
    return datetime.combine(date.fromisoformat(day), time()) + timedelta(hours=hour)


def next_working_day(day: date) -> date:
    """The first day after it that is neither Saturday nor Sunday."""
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def working_days(first: date, then: date) -> int:
    """Working days from ``first`` (not counted) to ``then``."""
    return sum((first + timedelta(days=n)).weekday() < SATURDAY for n in range(1, (then - first).days + 1))


def fixed_slots(calls: Sequence[Call], minutes: dict[str, int], *, is_pooled: bool) -> tuple[Booked, ...]:
    """Each call gets the next free slot of its type's length: on the scanner that is free earlier, or on its type's own."""
    free: dict[tuple[date, str], float] = defaultdict(lambda: float(OPEN_MIN))
    booked = []
    for call in calls:
        taken, day = minutes[call.kind], next_working_day(call.at.date())
        own = SCANNERS if is_pooled else (SCANNERS[TYPES.index(call.kind)],)
        while True:
            scanner = min(own, key=lambda name, on=day: free[on, name])
            if free[day, scanner] + taken <= CLOSE_MIN:
                break
            day = next_working_day(day)
        booked.append(Booked(call, day, scanner, free[day, scanner]))
        free[day, scanner] += taken
    return tuple(booked)


def play_day(booked: Sequence[Booked], *, is_free: bool = False) -> tuple[Scanned, ...]:
    """One day's scans in the order of their slots: each begins at its slot, or when its scanner is done with the one before.

    With ``is_free`` the patient goes to whichever scanner is done first, the time promised staying as it is.
    """
    done: dict[str, float] = dict.fromkeys(SCANNERS, 0.0)
    scanned = []
    for entry in sorted(booked, key=lambda entry: (entry.start_min, entry.scanner)):
        scanner = min(SCANNERS, key=lambda name: done[name]) if is_free else entry.scanner
        begin = max(entry.start_min, done[scanner])
        done[scanner] = begin + entry.call.true_min
        scanned.append(Scanned(entry, scanner, begin, done[scanner]))
    return tuple(scanned)


def play(booked: Sequence[Booked], *, is_free: bool = False) -> tuple[Scanned, ...]:
    """Every day's scans."""
    by_day: dict[date, list[Booked]] = defaultdict(list)
    for entry in booked:
        by_day[entry.day].append(entry)
    return tuple(scan for day in sorted(by_day) for scan in play_day(by_day[day], is_free=is_free))


def figures(scanned: Sequence[Scanned]) -> Figures:
    """The measures of a played month."""
    lines: dict[tuple[date, str], list[Scanned]] = defaultdict(list)
    for scan in scanned:
        lines[scan.booked.day, scan.scanner].append(scan)
    waits = [working_days(scan.booked.call.at.date(), scan.booked.day) for scan in scanned]
    past = [scan.begin_min - scan.booked.start_min for scan in scanned]
    busy = [sum(min(s.end_min, CLOSE_MIN) - min(s.begin_min, CLOSE_MIN) for s in line) for line in lines.values()]
    over = [max(0.0, max(s.end_min for s in line) - CLOSE_MIN) for line in lines.values()]
    return Figures(
        wait=fmean(waits),
        wait_p95=quantile(waits, 0.95),
        past=fmean(past),
        past_p95=quantile(past, 0.95),
        idle=CLOSE_MIN - OPEN_MIN - fmean(busy),
        over=fmean(over),
    )
