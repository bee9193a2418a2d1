"""A check of a year's plan against the benchmark's rules that knows nothing of any planner: it reads the raw files itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from benchmarks.radiotherapy_data import rows_of

PlanRow = tuple[str, int, str, date]
"""Course, session, linac, day."""
CLOSED = {
    date.fromisoformat(f"2020-{day}")
    for day in ("01-01", "04-13", "05-01", "05-21", "06-01", "07-21", "11-11", "12-25")
} | {date(2021, 1, 1)}
TARGET_DAYS = {1: 2, 2: 7, 3: 14}
MOST_STRETCH_DAYS, MEAN_STRETCH_DAYS = 7, 0.5
FRIDAY = 4


@dataclass
class Checked:
    """Every breach in words, and what was counted on the way: waits by priority, stretches, share on a preferred linac, minutes used."""

    breaches: list[str] = field(default_factory=list)
    waits: dict[int, list[int]] = field(default_factory=lambda: {1: [], 2: [], 3: []})
    stretches: list[int] = field(default_factory=list)
    num_preferred: int = 0
    used: dict[tuple[str, date], int] = field(default_factory=lambda: defaultdict(int))

    @property
    def all_waits(self) -> list[int]:
        """Waits of all priorities."""
        return [wait for waits in self.waits.values() for wait in waits]

    def share_late(self, priority: int | None = None) -> float:
        """Per cent of the courses of a priority (None: of all) that begin past their target."""
        wanted = [priority] if priority else list(TARGET_DAYS)
        late = [wait > TARGET_DAYS[each] for each in wanted for wait in self.waits[each]]
        return 100 * fmean(late) if late else 0.0

    def utilisation(self, minutes: int, until: date) -> float:
        """Per cent of the open minutes of all linacs used from the first day used to ``until``."""
        first = min(day for _, day in self.used)
        days = [day for day in _days(first, until) if is_working(day)]
        linacs = {linac for linac, _ in self.used}
        taken = sum(self.used.get((linac, day), 0) for linac in linacs for day in days)
        return 100 * taken / (minutes * len(days) * len(linacs))


def is_working(day: date) -> bool:
    """Monday to Friday, no holiday."""
    return day.weekday() <= FRIDAY and day not in CLOSED


def next_working(day: date) -> date:
    """The first working day from this one on."""
    while not is_working(day):
        day += timedelta(days=1)
    return day


def check(folder: Path, arrivals: Path, plan: Iterable[PlanRow], minutes: int) -> Checked:
    """The plan judged by the raw files."""
    protocols = {row["RTTreatment"]: row for row in rows_of(folder / "protocols.csv")}
    courses = {row["CourseID"]: row for row in rows_of(arrivals)}
    places: dict[str, dict[int, tuple[str, date]]] = defaultdict(dict)
    found = Checked()
    for name, session, linac, day in plan:
        if session in places[name] or name not in courses:
            found.breaches.append(f"{name}: session {session} twice or not asked for")
        places[name][session] = (linac, day)
    ours: dict[tuple[str, date], int] = defaultdict(int)
    for name, row in courses.items():
        given = places.get(name, {})
        num = int(row["NoFractions"])
        if sorted(given) != list(range(1, num + 1)):
            found.breaches.append(
                f"{name}: {len(given)} sessions given, from number {min(given, default=0)} to {max(given, default=0)}, of {num}"
            )
            continue
        own = [given[at] for at in range(1, num + 1)]
        found.breaches += [f"{name}: {what}" for what in _course(protocols[row["RTTreatment"]], own)]
        for at, place in enumerate(own):
            ours[place] += int(row["SessionTimeSecond" if at else "SessionTimeFirst"])
        _count(found, courses, places, row, protocols[row["RTTreatment"]])
    _loads(found, folder, ours, minutes)
    if found.stretches and fmean(found.stretches) > MEAN_STRETCH_DAYS:
        found.breaches.append(f"mean stretch {fmean(found.stretches):.3f} days")
    return found


def _course(protocol: Mapping[str, str], places: Sequence[tuple[str, date]]) -> Iterator[str]:
    days = [day for _, day in places]
    linacs = {linac for linac, _ in places}
    if len(linacs) != 1:
        yield f"on {sorted(linacs)}"
    if any(protocol[linac] not in ("0", "1") for linac in linacs):
        yield f"{sorted(linacs)} not allowed"
    if not all(is_working(day) for day in days):
        yield "given on a closed day"
    if any(a >= b for a, b in pairwise(days)):
        yield "not one session a day in order"
    text = protocol["Minimum number of fractions per week"].strip()
    least = int(text) if text.isdigit() else 3
    monday = days[0] - timedelta(days=days[0].weekday()) + timedelta(days=7)
    last = days[-1] - timedelta(days=days[-1].weekday())
    while monday < last:
        week = [day for day in _days(monday, monday + timedelta(days=6)) if is_working(day)]
        num = sum(day in week for day in days)
        if num < min(least, len(week)):
            yield f"{num} sessions in the week of {monday}"
        monday += timedelta(days=7)


def _count(
    found: Checked,
    courses: Mapping[str, Mapping[str, str]],
    places: Mapping[str, Mapping[int, tuple[str, date]]],
    row: Mapping[str, str],
    protocol: Mapping[str, str],
) -> None:
    name, own = row["CourseID"], places[row["CourseID"]]
    requested = date.fromisoformat(row["CreationDate"][:10])
    text = protocol["Minimum number of days for pre-treatment"].strip()
    ready = requested + timedelta(days=max(1, int(text) if text.isdigit() else 7))
    before = row["FollowsCourseID"]
    if before != name and before in courses and places.get(before):
        ready = max(ready, max(day for _, day in places[before].values()) + timedelta(days=1))
    ready, first, last = next_working(ready), own[1][1], own[len(own)][1]
    if first < ready:
        found.breaches.append(f"{name}: begins {first}, not possible before {ready}")
    straight = first
    for _ in range(len(own) - 1):
        straight = next_working(straight + timedelta(days=1))
    found.stretches.append((last - straight).days)
    if found.stretches[-1] > MOST_STRETCH_DAYS:
        found.breaches.append(f"{name}: {found.stretches[-1]} days longer than on consecutive days")
    found.waits[int(protocol["Priority"])].append((first - ready).days)
    found.num_preferred += protocol[own[1][0]] == "1"


def _loads(found: Checked, folder: Path, ours: Mapping[tuple[str, date], int], minutes: int) -> None:
    booked: dict[tuple[str, date], int] = defaultdict(int)
    for row in rows_of(folder / "booked_from_2019.csv"):
        day = date.fromisoformat(row["Start time of appointment"][:10])
        if is_working(day):
            booked[row["MachineID"], day] += int(row["SessionTime"])
    for place, used in ours.items():
        if used + booked[place] > minutes:
            found.breaches.append(f"{place[0]} {place[1]}: {used} and {booked[place]} booked of {minutes} minutes")
    for part in (ours, booked):
        for place, used in part.items():
            found.used[place] += used


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]
