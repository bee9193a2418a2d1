"""Our answers to the month's calls: each is the cheapest slot the product finds, with planned minutes learnt from the scans made so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import fmean, pstdev

from benchmarks.mri_month import (
    CLOSE_MIN,
    OPEN_MIN,
    SATURDAY,
    SCANNERS,
    TYPES,
    Booked,
    Call,
    next_working_day,
    play_day,
)
from hospital.clock import Clock
from hospital.requests import RequestClass
from hospital.resources import Modality
from scheduler.imaging.presets import preset
from scheduler.imaging.problem import Case, ImagingProblem, Room
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.presets import units
from scheduler.replan.recommend import slots

OWN_SLOT_MIN = {"Type 1": 35, "Type 2": 60}
"""The hospital's own slots. Until scans are known they are taken to hold 19 of 20, a scan's time spreading by a quarter of its mean."""
_NINETEEN_OF_TWENTY, _SPREAD = 1.645, 0.25
FEWEST_SCANS = 8
TIGHT, WIDE = 0.7, 1.0
"""Standard deviations over the mean that are planned for a scan at least and at most."""
MORE_SPREAD = 1.15
"""Share of its standard deviation that the type which spreads most is planned with: buffers stand where variance gathers."""
PLANNED_SHARE = 0.95
"""Share of the free minutes that the calls still to come are expected to fill: they may be more than on the days before."""
LAST_MIN = 6
"""Minutes after closing by which the day's last slot may end: less than what it holds beyond the mean."""
NUM_DAYS = 8
OWN_WORTH_H = 2.0
"""Each type has a scanner it goes to (the first to A, the second to B) unless the other one is free that much sooner."""
_WEIGHTS = preset("imaging_week", {"changeover": 0, "two_days": 0})
_AN_HOUR = _WEIGHTS.wait(RequestClass.OUTPATIENT)


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation of a type's scans, minutes."""

    mean: float
    sd: float

    def planned(self, z: float) -> int:
        """Minutes planned at ``z`` standard deviations over the mean."""
        return max(1, round(self.mean + z * self.sd))


class Diary:
    """What the hospital has promised, and what it has seen so far."""

    def __init__(self) -> None:
        self.booked: dict[date, list[tuple[Booked, int]]] = defaultdict(list)
        self.calls: dict[date, list[str]] = defaultdict(list)

    def answer(self, call: Call) -> Booked:
        """Book the call at once; nothing booked before is touched."""
        today, spreads = call.at.date(), self.spreads(call.at)
        z = self.room_for(next_working_day(today), call, spreads)
        lengths = (spreads[call.kind].planned(z), spreads[call.kind].planned(TIGHT))
        offers = [(self.offer(call, minutes), minutes) for minutes in dict.fromkeys(lengths)]
        entry, minutes = min(offers, key=lambda offer: offer[0].day)  # wide where that costs no day
        self.booked[entry.day].append((entry, minutes))
        self.calls[today].append(call.kind)
        return entry

    def offer(self, call: Call, minutes: int) -> Booked:
        """The product's cheapest slot for a scan of that many minutes, with everybody else where they are."""
        first = call.at.date()
        clock = Clock("UTC", first, NUM_DAYS, grid_min=1)
        there = [
            (entry, taken, (day - first).days)
            for day, entries in self.booked.items()
            if day > first
            for entry, taken in entries
        ]
        places = [Place(SCANNERS.index(e.scanner), clock.minute_on(day, round(e.start_min))) for e, _, day in there]
        problem = _problem(clock, [*((e.call.kind, taken) for e, taken, _ in there), (call.kind, minutes)])
        best = slots(problem, Plan((*places, None)), problem.cases[-1].id, count=1)[0]
        minute = best.start.hour * 60 + best.start.minute
        return Booked(call, best.start.date(), best.resource, float(minute))

    def spreads(self, now: datetime) -> Mapping[str, Spread]:
        """Mean and spread to plan with, from the scans done before ``now``; what is assumed while there are too few of a type."""
        seen: dict[str, list[float]] = {kind: [] for kind in TYPES}
        for day, entries in self.booked.items():
            if day <= now.date():
                for scan in play_day([entry for entry, _ in entries]):
                    if datetime.combine(day, time()) + timedelta(minutes=scan.end_min) <= now:
                        seen[scan.booked.call.kind].append(scan.booked.call.true_min)
        known = {
            kind: Spread(fmean(taken), pstdev(taken)) for kind, taken in seen.items() if len(taken) >= FEWEST_SCANS
        }
        found = {**{kind: _assumed(kind) for kind in TYPES}, **known}
        widest = max(found, key=lambda kind: found[kind].sd)
        more = MORE_SPREAD if widest in known else 1.0
        return {**found, widest: Spread(found[widest].mean, more * found[widest].sd)}

    def room_for(self, day: date, call: Call, spreads: Mapping[str, Spread]) -> float:
        """Standard deviations over the mean that each scan may have there, if the rest of today's calls come as on the days before."""
        if not any(seen < call.at.date() for seen in self.calls):
            return TIGHT  # nobody knows yet how many call in a day
        coming = self.still_to_come(call.at)
        coming[call.kind] += 1
        free = len(SCANNERS) * (CLOSE_MIN - OPEN_MIN) - sum(minutes for _, minutes in self.booked.get(day, ()))
        means = sum(num * spreads[kind].mean for kind, num in coming.items())
        return min(
            WIDE,
            max(TIGHT, (PLANNED_SHARE * free - means) / sum(num * spreads[kind].sd for kind, num in coming.items())),
        )

    def still_to_come(self, now: datetime) -> dict[str, float]:
        """Calls by type to be expected today after ``now``: the mean of the days before, evenly over the hours."""
        days = [kinds for day, kinds in self.calls.items() if day < now.date()]
        minute = now.hour * 60 + now.minute
        share = min(1.0, max(0.0, (CLOSE_MIN - minute) / (CLOSE_MIN - OPEN_MIN)))
        return {kind: share * sum(kinds.count(kind) for kinds in days) / max(len(days), 1) for kind in TYPES}


def answers(calls: Sequence[Call]) -> tuple[Booked, ...]:
    """Every call answered in turn."""
    diary = Diary()
    return tuple(diary.answer(call) for call in calls)


def _assumed(kind: str) -> Spread:
    mean = OWN_SLOT_MIN[kind] / (1 + _NINETEEN_OF_TWENTY * _SPREAD)
    return Spread(mean, _SPREAD * mean)


def _problem(clock: Clock, scans: Sequence[tuple[str, int]]) -> ImagingProblem:
    """Two MRIs, open on working days from tomorrow on, and scans by type and planned minutes; the last is the one asked for."""
    days = [day for day in range(1, clock.num_days) if (clock.first_day + timedelta(days=day)).weekday() < SATURDAY]
    sessions = tuple((clock.minute_on(day, OPEN_MIN), clock.minute_on(day, CLOSE_MIN + LAST_MIN)) for day in days)
    return ImagingProblem(
        clock=clock,
        weights=_WEIGHTS,
        rooms=tuple(Room(id=name, modality=Modality.MR, sessions=sessions) for name in SCANNERS),
        cases=tuple(
            Case(
                id=f"{number}",
                patient=f"{number}",
                examination="mri",
                modality=Modality.MR,
                rclass=RequestClass.OUTPATIENT,
                minutes=taken,
                earliest=0,
                preferred_scanners=((frozenset({SCANNERS[TYPES.index(kind)]}), units(OWN_WORTH_H * _AN_HOUR)),),
            )
            for number, (kind, taken) in enumerate(scans)
        ),
    )
