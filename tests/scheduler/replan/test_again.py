"""Planning again when an emergency comes into a full day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hospital.changes import InsertUrgent, When
from hospital.plans import Appointment
from hospital.requests import RequestClass
from hospital.resources import OpeningWindow
from scheduler.imaging.build import appointments_of, build, plan_of
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.solve import Settings
from scheduler.kernel.verify import verify
from scheduler.replan.again import eased_by_emergencies, solve_again
from scheduler.replan.insert import inserted
from tests.scheduler.imaging.small_site import SITE, appointment, at, booking, request

QUICK = Settings(seconds=0.3, threads=1, bound_share=0.0)


def full_day(*, num_booked: int = 6, num_urgent: int = 1) -> ImagingProblem:
    """CT1 is open on Monday from 08:00 to 09:00 and on Tuesday; six promised CTs of ten minutes fill Monday; now an emergency comes that
    must begin by 08:45."""
    names = [f"B{number}" for number in range(num_booked)]
    site = replace(
        SITE,
        opening=(
            OpeningWindow(scanner="CT1", weekday=0, from_min=480, to_min=540),
            OpeningWindow(scanner="CT1", weekday=1, from_min=480, to_min=540),
        ),
        scanners=(replace(SITE.scanners[2], overtime_max_min=0),),
        closures=(),
        reservations=(),
        requests=tuple(request(name, "CT-PLAIN", minutes=10) for name in names),
        bookings=tuple(booking(name, "CT1", at(1, 8, 10 * number), 10) for number, name in enumerate(names)),
    )
    urgent = InsertUrgent(
        problem="imaging", resource_ids=("CT1",), when=When(end=at(1, 8, 45)), duration_min=15, count=num_urgent
    )
    return build(site, changes=[urgent])


def test_emergency_displaces_the_promised() -> None:
    """Two of ten minutes have to yield to the emergency of fifteen; they come on Tuesday, and nobody else moves."""
    problem = full_day()
    emergency = len(problem.cases) - 1
    outcome = solve_again(problem, QUICK, 1)
    plan = outcome.plan.plan
    place = plan.places[emergency]
    assert place is not None
    assert place.start <= 525
    moved = [task for task in problem.reference if plan.places[task] != problem.reference[task]]
    assert len(moved) == 2
    assert all(there is not None and there.start >= 1440 for there in (plan.places[task] for task in moved))
    assert outcome.plan.problem is problem
    assert outcome.plan.score.points_by_rule["moved"] == pytest.approx(2 * problem.weights.displaced)
    assert outcome.bound is None


def test_two_emergencies_never_push_each_other_out() -> None:
    """A second emergency displaces others than the first; both begin in time and every rule holds."""
    problem = full_day(num_urgent=2)
    plan = solve_again(problem, QUICK, 1).plan.plan
    places = [plan.places[task] for task in (6, 7)]
    assert all(place is not None and place.start <= 525 for place in places)
    verify(problem, plan)


def test_free_time_is_taken_before_anybody_is_displaced() -> None:
    """With only four promised there is room from 08:40, and everybody stays."""
    problem = full_day(num_booked=4)
    assert eased_by_emergencies(problem) is problem
    plan = solve_again(problem, QUICK, 1).plan.plan
    assert plan.places[4] == Place(0, 520)
    assert all(plan.places[task] == place for task, place in problem.reference.items())


def test_without_emergency_nothing_is_eased() -> None:
    """An ordinary problem is solved as it is."""
    problem = replace(full_day(), displacers=frozenset())
    assert eased_by_emergencies(problem) is problem


def test_inserting_alone_is_sound() -> None:
    """Inserting the emergency into the plan in force gives a plan that breaks no rule; a routine request finds no room there."""
    problem = full_day()
    emergency = len(problem.cases) - 1
    plan = Plan(tuple(problem.reference.get(task) for task in range(len(problem.cases))))
    after = inserted(problem, plan, problem.task_ids[emergency])
    assert after.places[emergency] is not None
    verify(problem, after)
    routine = replace(
        problem,
        cases=(*problem.cases[:-1], replace(problem.cases[-1], rclass=RequestClass.OUTPATIENT)),
        displacers=frozenset(),
    )
    assert inserted(routine, plan, problem.task_ids[emergency]) == plan


def test_written_down_and_read_again() -> None:
    """The plan after the emergency is a list of appointments like any other."""
    problem = full_day()
    plan = solve_again(problem, QUICK, 1).plan.plan
    written = appointments_of(problem, plan)
    assert plan_of(problem, written) == plan
    assert all(isinstance(entry, Appointment) for entry in written)
    assert appointment("B0", "CT1", at(1, 8), 10).end == at(1, 8, 10)
