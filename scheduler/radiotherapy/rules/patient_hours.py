"""A session outside the hours of the day that the patient asked for costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import Span, subtract
from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for a start from which the session would not lie inside the hours."""
    price = units(problem.weights.patient_hours)
    for course, asked in enumerate(problem.courses):
        for task in terms.tasks(problem, course) if price and asked.hours else ():
            inside = _starts(problem, task, asked.hours)
            model.price_start_in(task, subtract([(0, problem.clock.end)], inside), price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session outside its patient's hours."""
    price, clock = units(problem.weights.patient_hours), problem.clock
    for course, asked in enumerate(problem.courses):
        for task, place in terms.visits(problem, plan, course) if price and asked.hours else ():
            day = terms.day_of(problem, place)
            inside = any(
                clock.minute_on(day, low) <= place.start <= clock.minute_on(day, high) - problem.durations[task]
                for low, high in asked.hours
            )
            if not inside:
                yield terms.placed_match(problem, "patient_hours", task, place, amount=1, price=price)


def _starts(problem: RadiotherapyProblem, task: int, hours: tuple[Span, ...]) -> list[Span]:
    clock, minutes = problem.clock, problem.durations[task]
    return [
        (clock.minute_on(day, low), clock.minute_on(day, high) - minutes + 1)
        for day in range(clock.num_days)
        for low, high in hours
    ]


RULE = Rule(id="patient_hours", source="preset: patient_hours", is_hard=False, post=post, check=check)
