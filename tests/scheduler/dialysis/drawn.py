"""Drawn dialysis units in which every rule can be broken or felt, and plans of them; all from one seed."""

from __future__ import annotations

from random import Random

from scheduler.dialysis.presets import preset
from scheduler.dialysis.problem import DialysisProblem, Nurses, Patient, Release, Session, Station
from scheduler.kernel.plan import Place, Plan
from tests.scheduler.dialysis.tiny import hour, problem, session, shifts

DAYS = 7
ZONES = ("clean", "HBV")


def drawn_problem(seed: int, *, num_patients: int = 3) -> DialysisProblem:
    """A week of two shifts a day, three stations, a few patients of three sessions."""
    dice = Random(seed)
    stations = tuple(_station(dice, name) for name in ("S1", "S2", "S3"))
    patients = tuple(_patient(dice, number) for number in range(num_patients))
    sessions = tuple(
        _session(dice, one.id, number, due) for one in patients for number, due in enumerate((0, 2, 4), start=1)
    )
    open_shifts = tuple(shift for shift in shifts(DAYS) if dice.random() < 0.95)
    starts = [shift.start for shift in open_shifts]
    reference = {
        task: Place(dice.randrange(3), dice.choice(starts)) for task in range(len(sessions)) if dice.random() < 0.4
    }
    return problem(
        *sessions,
        patients=patients,
        stations=stations,
        days=DAYS,
        shifts=open_shifts,
        weights=preset("standard", {"load_slack": 1.0, "pattern": 3, "nurse": 6}),
        nurses=tuple(
            nurses
            for shift in open_shifts
            for nurses in (
                Nurses(skill="", start=shift.start, end=shift.end, on_duty=dice.choice((0, 1)), on_call=1),
                Nurses(skill="isolation", start=shift.start, end=shift.end, on_duty=dice.choice((0, 0, 1))),
            )
        ),
        ratio=3,
        care_ratio=2,
        skills={"HBV": "isolation"},
        turnover=30,
        disinfection={"HBV": 60},
        now=dice.choice((0, hour(9))),
        reference=reference,
        frozen={task: place for task, place in reference.items() if dice.random() < 0.15},
        locked={task: place for task, place in reference.items() if dice.random() < 0.2},
        soon=frozenset(task for task in reference if dice.random() < 0.5),
    )


def drawn_plan(seed: int, problem: DialysisProblem) -> Plan:
    """A plan that keeps history and scatters everyone else, mostly to starts of shifts."""
    dice = Random(seed)
    starts = [shift.start for shift in problem.shifts]
    places: list[Place | None] = []
    for task, one in enumerate(problem.sessions):
        near = [start for start in starts if problem.clock.day_of(start) in one.days]
        start = dice.choice(near if near and dice.random() < 0.9 else starts) + dice.choice((0, 0, 0, 0, 0, 0, 30))
        known = problem.frozen.get(task) or (problem.reference.get(task) if dice.random() < 0.4 else None)
        drawn = Place(dice.randrange(len(problem.stations)), start)
        places.append(known or (None if dice.random() < 0.2 else drawn))
    return Plan(tuple(places))


def _station(dice: Random, name: str) -> Station:
    zone = dice.choice((*ZONES, "clean"))
    other = "clean" if zone == "HBV" else "HBV"
    begins = hour(dice.choice((0, 10)), day=2)
    return Station(
        id=name,
        zone=zone,
        is_hdf=dice.random() < 0.7,
        has_bed=dice.random() < 0.7,
        closed=((hour(11), hour(14)),) if dice.random() < 0.3 else (),
        releases=(Release(other, begins, hour(24, day=3), "Zhou"),) if dice.random() < 0.4 else (),
    )


def _patient(dice: Random, number: int) -> Patient:
    return Patient(
        id=f"P{number}",
        zone=dice.choice((*ZONES, "clean")),
        is_hdf=dice.random() < 0.3,
        needs_bed=dice.random() < 0.3,
        needs_care=dice.random() < 0.4,
        group=dice.choice(("", "bus")),
        most_days=dice.choice((2, 3)),
        windows=((0, hour(12)), (hour(7, day=1), hour(17, day=4))) if dice.random() < 0.3 else (),
        wishes=frozenset({"early"}) if dice.random() < 0.4 else frozenset(),
        weight=dice.choice((1.0, 1.4)),
    )


def _session(dice: Random, patient: str, number: int, due: int) -> Session:
    return session(
        patient,
        number,
        due,
        days=dice.choice(((due,), tuple(day for day in (due - 1, due, due + 1) if 0 <= day < DAYS))),
        minutes=dice.choice((180, 240, 240, 300)),
        station=dice.choice(("", "S1", "S2")),
        shift=dice.choice(("", "early", "late")),
        after_break=number > 1 and dice.random() < 0.15,
    )
