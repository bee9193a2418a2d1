"""The best weekly patterns for one patient beside everybody else as the plan has them: weekdays, shift and station, each with its price.

Every choice is estimated from what is taken; the best are priced by the rules themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hospital.clock import Span
from hospital.errors import UnknownId
from hospital.facts import POINT
from scheduler.dialysis.patterns import PATTERNS
from scheduler.dialysis.problem import DialysisProblem, Patient, Session, Shift, Station
from scheduler.dialysis.rules import terms
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.presets import units
from scheduler.kernel.score import score, violations


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A pattern: ``weekdays`` (0 = Monday), the shift's name, a station (another one where that is taken). ``places`` are those of
    the sessions it gives, ``num_missing`` of them find none. ``price`` (points) is what the plan costs more than without the patient;
    ``cost_by_rule`` adds up to it."""

    weekdays: tuple[int, ...]
    shift: str
    station: str
    places: tuple[Place, ...]
    num_missing: int
    price: float
    cost_by_rule: Mapping[str, float]


def offers(problem: DialysisProblem, plan: Plan, patient: str, *, count: int = 3) -> tuple[Offer, ...]:
    """The ``count`` cheapest patterns for the patient's sessions that have not begun, nobody else moved; fewer where there are fewer.
    Raises UnknownId for a patient without sessions."""
    tasks = [
        task
        for task, session in enumerate(problem.sessions)
        if session.patient == patient and task not in problem.frozen
    ]
    if not tasks:
        raise UnknownId("unknown_patient", id=patient)
    places = list(plan.places)
    for task in tasks:
        places[task] = None
    others = Plan(tuple(places))
    there = _Week(problem, others, problem.patient_of[tasks[0]])
    length = problem.sessions[tasks[0]].minutes
    choices = sorted(_choices(problem, tasks, there, length), key=lambda choice: choice[0])
    best: list[Offer] = []
    for _, sessions, station in choices[: 2 * count]:
        offer = _priced(problem, others, dict(zip(tasks, sessions, strict=False)), station)
        best.append(offer)
    return tuple(sorted(best, key=lambda offer: (offer.price, offer.weekdays, offer.station))[:count])


Choice = tuple[tuple[float, int, str], list[Session], int]
"""How it is ranked, the patient's sessions under it, the station."""


def _choices(problem: DialysisProblem, tasks: Sequence[int], there: _Week, length: int) -> Iterator[Choice]:
    """All patterns with as many sessions a week as the patient has now, all shifts, all stations that suit."""
    first = min(problem.sessions[task].due for task in tasks)
    monday = problem.clock.first_day.weekday()
    own = {(problem.sessions[task].due + monday) % 7 for task in tasks}
    for rank, weekdays in enumerate(PATTERNS.get(len(own), ())):
        days = [day for day in range(first, problem.clock.num_days) if (day + monday) % 7 in weekdays]
        for name in sorted({shift.name for shift in problem.shifts}):
            for station in there.stations:
                sessions = [
                    _due(problem, problem.sessions[task], day, name, problem.resource_ids[station])
                    for task, day in zip(tasks, days, strict=False)
                ]
                estimate = sum(there.estimate(session, station, length) for session in sessions)
                if sessions:
                    yield (estimate / len(sessions), rank, name), sessions, station


def _due(problem: DialysisProblem, session: Session, day: int, shift: str, station: str) -> Session:
    number = int(f"{problem.clock.date_of(problem.clock.day_starts[day]):%Y%m%d}")
    open_days = {entry.day for entry in problem.shifts}
    days = tuple(near for near in (day - 1, day, day + 1) if near in open_days) or (day,)
    return replace(session, due=day, days=days, shift=shift, station=station, number=number, has_lost_place=False)


class _Week:
    """What others have taken, and what one session more costs where."""

    def __init__(self, problem: DialysisProblem, others: Plan, patient: Patient) -> None:
        self.problem, self.patient = problem, patient
        self.stations = [
            at
            for at, station in enumerate(problem.stations)
            if station.is_hdf >= patient.is_hdf and station.has_bed >= patient.needs_bed
        ]
        self.missing = float(units(problem.weights.unmet_h)) * patient.weight * 4
        self._shift = {(shift.day, shift.name): shift for shift in problem.shifts}
        self._taken = {(place.resource, place.start) for _, place in terms.placed(others)}
        self._load = Counter(place.start for _, place in terms.placed(others))
        self._limit = {start: limit for start, _, limit in terms.even_shares(problem)}
        needs = terms.nurse_needs(problem)
        self._nursed = Counter[int]()
        for task, place in terms.placed(others):
            self._nursed[place.start] += needs[task]
        share = terms.nurse_share(problem)
        self._need = share // (problem.care_ratio if patient.needs_care else problem.ratio)
        self._on_duty = {start: limit for start, _, limit in terms.on_duty(problem)} if problem.nurses else {}

    def estimate(self, session: Session, station: int, length: int) -> float:
        """About what the session costs at its own place, in units."""
        shift = self._shift.get((session.due, session.shift))
        there = None if shift is None else self.nearest(station, shift, length)
        if shift is None or there is None:
            return self.missing
        weights = self.problem.weights
        cost = 0.0 if there == station else float(units(weights.station))
        if self.patient.wishes and session.shift not in self.patient.wishes:
            cost += units(weights.wish)
        if self._load[shift.start] >= self._limit[shift.start]:
            cost += units(weights.load)
        over = self._nursed[shift.start] + self._need - self._on_duty.get(shift.start, self._nursed[shift.start] + 99)
        return cost + terms.share_rate(self.problem) * max(0, min(over, self._need))

    def nearest(self, station: int, shift: Shift, length: int) -> int | None:
        """The station itself, or else the first other one that is free in that shift."""
        return next((one for one in (station, *self.stations) if self.is_free(one, shift, length)), None)

    def is_free(self, station: int, shift: Shift, length: int) -> bool:
        """True where the station is open, free and in the patient's zone for the whole session, and the session is yet to come."""
        span = (shift.start, shift.start + length)
        return (
            shift.start >= self.problem.now
            and span[1] <= shift.end
            and (station, shift.start) not in self._taken
            and _is_open(self.problem, self.problem.stations[station], self.patient, span)
        )


def _is_open(problem: DialysisProblem, station: Station, patient: Patient, span: Span) -> bool:
    if any(low < span[1] and span[0] < high for low, high in station.closed):
        return False
    zones = {zone for low, high, zone in terms.zone_spans(problem, station) if low < span[1] and span[0] < high}
    return zones == {patient.zone}


def _priced(problem: DialysisProblem, others: Plan, sessions: Mapping[int, Session], station: int) -> Offer:
    """The choice as the rules price it; sessions that break a hard rule there have no place."""
    changed = replace(
        problem, sessions=tuple(sessions.get(task, session) for task, session in enumerate(problem.sessions))
    )
    there = _Week(changed, others, changed.patient_of[next(iter(sessions))])
    shift_of = {(shift.day, shift.name): shift for shift in changed.shifts}
    places = list(others.places)
    for task, session in sessions.items():
        shift = shift_of.get((session.due, session.shift))
        where = None if shift is None else there.nearest(station, shift, session.minutes)
        if shift is not None and where is not None:
            places[task] = Place(where, shift.start)
    for match in violations(changed, Plan(tuple(places))):
        for name in match.requests:
            if changed.task_of[name] in sessions:
                places[changed.task_of[name]] = None
    plan = Plan(tuple(places))
    before, after = score(changed, others).by_rule, score(changed, plan).by_rule
    left_out = terms.left_out_price(changed, sessions)
    rise = {rule: after[rule] - before[rule] for rule in after}
    rise["unmet_hours"] += left_out
    first = next(iter(sessions.values()))
    monday = changed.clock.first_day.weekday()
    given = [place for task in sessions if (place := places[task]) is not None]
    return Offer(
        weekdays=tuple(sorted({(session.due + monday) % 7 for session in sessions.values()})),
        shift=first.shift,
        station=first.station,
        places=tuple(given),
        num_missing=len(sessions) - len(given),
        price=sum(rise.values()) / POINT,
        cost_by_rule={rule: cost / POINT for rule, cost in rise.items() if cost},
    )
