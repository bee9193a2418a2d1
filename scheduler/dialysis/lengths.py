"""A week in which a session's length may vary: where, when and how long, so that most prescribed hours are met; and a bound on them.

Two days at a time are planned to their best with all else fixed (a model of them for CP-SAT).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python.model_builder_helper import ModelBuilderHelper, ModelSolverHelper
from ortools.sat.python import cp_model

from hospital.clock import Clock, Span
from scheduler.dialysis.presets import preset
from scheduler.dialysis.problem import DialysisProblem, Patient, Session, Shift, Station
from scheduler.kernel.plan import Place, Plan

Array = NDArray[Any]
Free = tuple[tuple[tuple[bool, ...], ...], ...]
WIDEST = 5
"""Hours of the longest stretch that the bound looks at."""
EXACT = 10_000


@dataclass(frozen=True)
class WeekDemand:
    """Beds and patients of one week. ``bed_free[bed][day][hour]`` and ``free[patient][day][hour]`` tell who is there when; a patient is
    prescribed ``sessions`` of ``hours`` each, and a session may be ``deviation`` hours shorter or longer; ``weight`` an hour."""

    bed_free: Free
    free: Free
    hours: tuple[int, ...]
    deviation: tuple[int, ...]
    weight: tuple[float, ...]
    first_hour: int = 8
    sessions: int = 3

    def wanted(self, patient: int) -> int:
        """Hours prescribed for the week."""
        return self.sessions * self.hours[patient]

    def lengths(self, patient: int) -> range:
        """Hours a session may last."""
        return range(
            max(1, self.hours[patient] - self.deviation[patient]), self.hours[patient] + self.deviation[patient] + 1
        )

    def total(self) -> float:
        """All prescribed hours, weighted."""
        return sum(weight * self.wanted(patient) for patient, weight in enumerate(self.weight))


@dataclass
class Week:
    """What is given: (bed, hour, length) by patient and day."""

    given: dict[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)

    def hours(self, patient: int, *, but: int = -1) -> int:
        """Hours of the patient on all days but one."""
        return sum(place[2] for (who, day), place in self.given.items() if who == patient and day != but)

    def num(self, patient: int, *, but: int = -1) -> int:
        """Sessions of the patient on all days but one."""
        return sum(who == patient and day != but for who, day in self.given)

    def met(self, demand: WeekDemand) -> float:
        """Prescribed hours met, weighted."""
        return sum(
            weight * min(self.hours(patient), demand.wanted(patient)) for patient, weight in enumerate(demand.weight)
        )


def first_come(demand: WeekDemand) -> Week:
    """The first-come rule: one patient after the other takes sessions of the mean length at the first places free."""
    week = Week()
    taken = np.array(demand.bed_free)
    for patient in range(len(demand.hours)):
        for day in range(len(demand.free[patient])):
            if week.num(patient) == demand.sessions:
                break
            found = next(_places(demand, taken, patient, day, [demand.hours[patient]]), None)
            if found is not None:
                _take(week, taken, patient, day, found)
    return week


def at_once(demand: WeekDemand) -> Week:
    """Patients by weight, day by day: the longest useful session that leaves the least of a bed's free stretch over."""
    week = Week()
    taken = np.array(demand.bed_free)
    order = sorted(range(len(demand.hours)), key=lambda patient: (-demand.weight[patient], patient))
    for patient in order:
        for _ in range(demand.sessions):
            left = demand.wanted(patient) - week.hours(patient)
            lengths = [length for length in demand.lengths(patient) if length <= left] or (
                [left] if left in demand.lengths(patient) else []
            )
            found = [
                (-place[2], _leftover(taken, day, place), day, place)
                for day in range(len(demand.free[patient]))
                if (patient, day) not in week.given
                for place in _places(demand, taken, patient, day, lengths)
            ]
            if found:
                _, _, day, place = min(found)
                _take(week, taken, patient, day, place)
    return week


def improved(demand: WeekDemand, week: Week, *, seconds: float) -> Week:
    """Two days at a time to their best with all else fixed, until no two gain anything or the time is over."""
    began = time.monotonic()
    pairs = list(combinations(range(len(demand.bed_free[0])), 2))
    stale, turn = 0, 0
    while stale < len(pairs) and (left := seconds - (time.monotonic() - began)) > 0.1:
        days = pairs[turn * 7 % len(pairs)] if len(pairs) % 7 else pairs[turn % len(pairs)]
        found = _best_days(demand, week, days, seconds=min(left, seconds / 10), seed=turn)
        gain = found.met(demand) - week.met(demand)
        stale = 0 if gain > 1e-6 else stale + 1
        week = found if gain >= -1e-6 else week
        turn += 1
    return week


def bound(demand: WeekDemand) -> float:
    """Weighted hours that no week can exceed: sessions may be split, and over each stretch of hours stand only as many as beds are free
    throughout. Computed from the relaxation's prices in whole numbers, rounded up."""
    columns = [
        (patient, day, hour, length)
        for patient in range(len(demand.hours))
        for day in range(len(demand.free[patient]))
        for hour, length in _stays(demand, patient, day)
    ]
    key: tuple[object, ...]
    rows: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    most: dict[tuple[object, ...], int] = {}
    num = len(columns)
    for index, (patient, day, hour, length) in enumerate(columns):
        for key, limit in ((("day", patient, day), 1), (("week", patient), demand.sessions)):
            rows.setdefault(key, []).append((index, 1))
            most[key] = limit
        rows.setdefault(("met", patient), [(num + patient, 1)]).append((index, -length))
        most["met", patient] = 0
        for width in range(1, min(length, WIDEST) + 1):
            for low in range(hour, hour + length - width + 1):
                key = ("beds", day, low, width)
                rows.setdefault(key, []).append((index, 1))
                most[key] = sum(all(bed[day][low : low + width]) for bed in demand.bed_free)
    worth = np.concatenate([np.zeros(num), np.rint(np.array(demand.weight) * EXACT)]).astype(np.int64)
    upper = np.concatenate([np.ones(num), [demand.wanted(patient) for patient in range(len(demand.hours))]]).astype(
        np.int64
    )
    price = _prices(worth, upper, rows, most)
    reduced, value = worth.copy(), 0
    for key, entries in rows.items():
        value += price[key] * most[key]
        for column, coefficient in entries:
            reduced[column] -= price[key] * coefficient
    return (value + int((np.maximum(reduced, 0) * upper).sum())) / EXACT


def as_problem(demand: WeekDemand, week: Week, first_day: date = date(2026, 6, 1)) -> tuple[DialysisProblem, Plan]:
    """The week as an instance of the area, with the lengths chosen, and its plan. A session that makes up for hours missing
    elsewhere counts as prescribed for them."""
    num_days = len(demand.bed_free[0])
    clock = Clock("Asia/Shanghai", first_day, num_days, 60)
    edge = demand.first_hour * 60
    sessions, places = [], list[Place | None]()
    for patient in range(len(demand.hours)):
        given = sorted((day, place) for (who, day), place in week.given.items() if who == patient)
        left = demand.wanted(patient)
        for number in range(demand.sessions):
            day, (bed, hour, length) = given[number] if number < len(given) else (0, (-1, 0, demand.hours[patient]))
            is_last = number == demand.sessions - 1
            prescribed = left if is_last else min(left, length if bed >= 0 else demand.hours[patient])
            left -= prescribed
            sessions.append(
                Session(
                    id=f"P{patient:03}-{number + 1}",
                    patient=f"P{patient:03}",
                    number=number + 1,
                    due=day,
                    days=tuple(range(num_days)),
                    minutes=60 * length,
                    prescribed=60 * prescribed,
                )
            )
            places.append(Place(bed, clock.day_starts[day] + edge + 60 * hour) if bed >= 0 else None)
    problem = DialysisProblem(
        clock=clock,
        weights=preset("hours"),
        stations=tuple(
            Station(id=f"B{bed:02}", closed=tuple(_spans(clock, edge, rows, is_free=False)))
            for bed, rows in enumerate(demand.bed_free)
        ),
        shifts=tuple(
            Shift(name="day", day=day, start=low + edge, end=low + edge + 60 * len(demand.bed_free[0][day]), every=60)
            for day, low in enumerate(clock.day_starts[:-1])
        ),
        patients=tuple(
            Patient(
                id=f"P{patient:03}",
                most_days=num_days,
                windows=tuple(_spans(clock, edge, rows, is_free=True)),
                weight=demand.weight[patient],
            )
            for patient, rows in enumerate(demand.free)
        ),
        sessions=tuple(sessions),
        turnover=0,
    )
    return problem, Plan(tuple(places))


def _spans(clock: Clock, edge: int, rows: Sequence[Sequence[bool]], *, is_free: bool) -> Iterator[Span]:
    """Stretches of hours that are (not) free, in minutes."""
    for day, row in enumerate(rows):
        low = None
        for hour, value in enumerate([*row, not is_free]):
            if value is is_free and low is None:
                low = hour
            elif value is not is_free and low is not None:
                base = clock.day_starts[day] + edge
                yield base + 60 * low, base + 60 * hour
                low = None


def _stays(demand: WeekDemand, patient: int, day: int) -> Iterator[tuple[int, int]]:
    """Hour and length of each session the patient could have on the day."""
    row = demand.free[patient][day]
    for length in demand.lengths(patient):
        if length <= demand.wanted(patient):
            yield from ((hour, length) for hour in range(len(row) - length + 1) if all(row[hour : hour + length]))


def _places(
    demand: WeekDemand, free: Array, patient: int, day: int, lengths: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """(bed, hour, length) of each session for which patient and bed are free."""
    for hour, length in _stays(demand, patient, day):
        if length in lengths:
            beds = np.flatnonzero(free[:, day, hour : hour + length].all(axis=1))
            yield from ((int(bed), hour, length) for bed in beds)


def _leftover(free: Array, day: int, place: tuple[int, int, int]) -> int:
    """Free hours right before and after the place on its bed."""
    bed, hour, length = place
    row = free[bed, day]
    low, high = hour, hour + length
    while low > 0 and row[low - 1]:
        low -= 1
    while high < len(row) and row[high]:
        high += 1
    return high - low - length


def _take(week: Week, free: Array, patient: int, day: int, place: tuple[int, int, int]) -> None:
    bed, hour, length = place
    free[bed, day, hour : hour + length] = False
    week.given[patient, day] = place


def _best_days(demand: WeekDemand, week: Week, days: tuple[int, ...], *, seconds: float, seed: int) -> Week:
    """The week with these days planned to their best, all others as they are."""
    model = cp_model.CpModel()
    free = np.array(demand.bed_free)
    rest = {key: place for key, place in week.given.items() if key[1] not in days}
    by_hour: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
    chosen: list[tuple[int, int, tuple[int, int, int], cp_model.IntVar]] = []
    for patient in range(len(demand.hours)):
        left, num = demand.wanted(patient) - Week(rest).hours(patient), demand.sessions - Week(rest).num(patient)
        mine: list[tuple[int, cp_model.IntVar]] = []
        for day in days if left > 0 and num > 0 else ():
            places = list(_places(demand, free, patient, day, range(1, left + 1)))
            variables = [model.new_bool_var("") for _ in places]
            model.add_at_most_one(variables)
            for place, var in zip(places, variables, strict=True):
                mine.append((place[2], var))
                chosen.append((patient, day, place, var))
                model.add_hint(var, week.given.get((patient, day)) == place)
                for hour in range(place[1], place[1] + place[2]):
                    by_hour.setdefault((place[0], day, hour), []).append(var)
        model.add(sum(length * var for length, var in mine) <= left)
        model.add(sum(var for _, var in mine) <= num)
    for there in by_hour.values():
        model.add_at_most_one(there)
    model.maximize(sum(round(1000 * demand.weight[who]) * place[2] * var for who, _, place, var in chosen))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    solver.parameters.random_seed = seed
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return week
    return Week(rest | {(who, day): place for who, day, place, var in chosen if solver.value(var)})


def _prices(
    worth: Array,
    upper: Array,
    rows: dict[tuple[object, ...], list[tuple[int, int]]],
    most: dict[tuple[object, ...], int],
) -> dict[tuple[object, ...], int]:
    """What each row's unit is worth, never below nothing; nothing for all where the solver gives none."""
    helper = ModelBuilderHelper()
    for index, (value, high) in enumerate(zip(worth.tolist(), upper.tolist(), strict=True)):
        helper.add_var()
        helper.set_var_lower_bound(index, 0.0)
        helper.set_var_upper_bound(index, float(high))
        helper.set_var_objective_coefficient(index, -float(value))
    for key, entries in rows.items():
        number = helper.add_linear_constraint()
        helper.set_constraint_lower_bound(number, -np.inf)
        helper.set_constraint_upper_bound(number, float(most[key]))
        for column, coefficient in entries:
            helper.add_term_to_constraint(number, column, float(coefficient))
    solver = ModelSolverHelper("glop")
    solver.set_time_limit_in_seconds(60.0)
    solver.solve(helper)
    if not solver.has_solution():
        return dict.fromkeys(rows, 0)
    return {key: max(0, round(-dual)) for key, dual in zip(rows, solver.dual_values(), strict=True)}
