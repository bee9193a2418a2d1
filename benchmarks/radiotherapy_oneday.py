"""`caretable bench radiotherapy-oneday`: one day's new courses to their proven optimum, each on one linac."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.radiotherapy_data import LINACS, Year, minutes_of, read_year, rows_of
from benchmarks.radiotherapy_play import is_working, year_problem
from benchmarks.report import Report, Row
from hospital.errors import BadInput
from scheduler.kernel.solve import Settings
from scheduler.radiotherapy.presets import preset
from scheduler.radiotherapy.problem import Course, Promise, Protocol, RadiotherapyProblem
from scheduler.radiotherapy.solve import solve

ROOM_MIN = 540
FIRST_DAY = date(2020, 1, 2)
EVE = FIRST_DAY - timedelta(days=1)
PUBLISHED_S = {2: 41.4, 3: 9.7, 8: 2.8, 9: 0.8, 11: 146.2, 12: 661.8, 15: 6.7, 17: 504.7}
MOST_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """One instance: its number, the sum over days in use, the least it can be, whether each course has one linac, seconds, faults."""

    number: int
    value: int
    bound: int
    is_one_linac: bool
    seconds: float
    faults: tuple[str, ...]


def run(data: Path | None) -> Report:
    """Every instance of the folder. Raises BadInput without its data."""
    if data is None:
        raise BadInput("bench_needs_data", id="radiotherapy-oneday")
    year = replace(read_year(data.parent / "radiotherapy_iridium"), courses=())
    paths = sorted(data.glob("instance_*.csv"), key=lambda path: int(path.stem.split("_")[1]))
    if not paths:
        raise BadInput("no_such_place", where=str(data / "instance_*.csv"))
    _solved(paths[0], year)  # compiles the engine: seconds below count solving alone
    found = [_solved(path, year) for path in paths]
    published = {f"CP-SAT {number}": seconds for number, seconds in PUBLISHED_S.items()}
    ours = {f"instance {each.number}": each.seconds for each in found}
    rows = (
        Row(
            name="radiotherapy_oneday_proven",
            unit="",
            ours=sum(each.value == each.bound for each in found),
            target=len(found),
            better="higher",
        ),
        Row(
            name="radiotherapy_oneday_one_linac",
            unit="",
            ours=sum(each.is_one_linac for each in found),
            target=len(found),
            better="higher",
        ),
        Row(
            name="radiotherapy_oneday_seconds",
            unit="s",
            ours=max(each.seconds for each in found),
            target=MOST_SECONDS,
            peers={**ours, **published},
            slack=0.5,
        ),
    )
    return Report(
        bench="radiotherapy-oneday", rows=rows, faults=tuple(fault for each in found for fault in each.faults)
    )


def _solved(path: Path, year: Year) -> Solved:
    """Read, solve and judge one instance; seconds from the rows to the verified plan."""
    rows = {row["PatientID"]: row for row in rows_of(path, ";")}
    began = time.perf_counter()
    courses = [
        _course(row, [LINACS[m] for m, fit in enumerate(year.protocols[row["RTTreatment"]].fit) if fit == 1])
        for row in rows.values()
    ]
    longest = max(len(course.minutes) for course in courses)
    problem = _problem(year, courses, longest)
    outcome = solve(problem, Settings(seconds=MOST_SECONDS), 1)
    seconds = time.perf_counter() - began
    decided = outcome.plan.problem
    assert isinstance(decided, RadiotherapyProblem)
    first = len(problem.courses) - len(courses)
    promises = {decided.courses[at].id: promise for at, promise in decided.promised.items() if at >= first}
    used = {(EVE + timedelta(days=day)) for promise in promises.values() for day in promise.days}
    numbers = {day: at for at, day in enumerate(_working_days(400))}
    number = int(path.stem.split("_")[1])
    return Solved(
        number=number,
        value=sum(numbers[day] + 1 for day in used),
        bound=longest * (longest + 1) // 2,
        is_one_linac=all(len(set(promise.linacs)) == 1 for promise in promises.values()),
        seconds=seconds,
        faults=tuple(f"{number}: {what}" for what in _breaches(year, courses, promises)),
    )


def _problem(year: Year, courses: Sequence[Course], longest: int) -> RadiotherapyProblem:
    """As many working days as the longest course has sessions: a plan within them is optimal, for those days are in use anyway."""
    last = _working_days(longest)[-1]
    weights = preset("standard", {"most_stretch_days": 0, "load": 0, "same_hour": 0})
    booked = year_problem(year, ROOM_MIN, weights, first_day=EVE, num_days=(last - EVE).days + 1)
    return replace(booked, courses=(*booked.courses, *courses))


def _course(row: dict[str, str], linacs: Sequence[str]) -> Course:
    protocol = Protocol(id=f"{row['RTTreatment']} on {', '.join(linacs)}", allowed=frozenset(linacs))
    return Course(
        id=row["PatientID"], patient=row["PatientID"], protocol=protocol, minutes=minutes_of(row), requested=0, ready=1
    )


def _working_days(num: int) -> list[date]:
    days = (FIRST_DAY + timedelta(days=at) for at in range(2 * num + 30))
    return [day for day in days if is_working(day)][:num]


def _breaches(year: Year, courses: Sequence[Course], promises: dict[str, Promise]) -> Iterator[str]:
    """The plan judged from the rows, knowing nothing of the planner."""
    used: dict[tuple[int, date], int] = defaultdict(int)
    booked: dict[tuple[int, date], int] = defaultdict(int)
    for row in year.booked:
        booked[row.linac, row.day] += row.minutes
    calendar = _working_days(400)
    for course in courses:
        promise = promises.get(course.id)
        if promise is None or len(promise.days) != len(course.minutes):
            yield f"{course.id}: no place"
            continue
        days = [EVE + timedelta(days=day) for day in promise.days]
        at = calendar.index(days[0]) if days[0] in calendar else -1
        if at < 0 or calendar[at : at + len(days)] != days:
            yield f"{course.id}: not on consecutive working days from the day of request on"
        for linac, day, minutes in zip(promise.linacs, days, course.minutes, strict=True):
            used[linac, day] += minutes
            if LINACS[linac] not in course.protocol.allowed:
                yield f"{course.id}: {LINACS[linac]} not allowed"
    for (linac, day), minutes in used.items():
        if minutes + booked[linac, day] > ROOM_MIN:
            yield f"{LINACS[linac]} {day}: {minutes} and {booked[linac, day]} booked of {ROOM_MIN} minutes"
