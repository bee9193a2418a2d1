"""The same hour from day to day: two sessions of a course in a row far apart in the day cost."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for each two sessions in a row that differ by more than the limit."""
    price, within = units(problem.weights.same_hour), problem.weights.same_hour_min
    for first, second in _in_a_row(problem) if price else ():
        model.price_different_hours(first, second, within, price)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for each two sessions in a row that differ by more than the limit."""
    price, within = units(problem.weights.same_hour), problem.weights.same_hour_min
    clock = problem.clock
    for first, second in _in_a_row(problem) if price else ():
        before, after = plan.places[first], plan.places[second]
        if before is None or after is None:
            continue
        apart = abs(clock.time_of_day(after.start) - clock.time_of_day(before.start))
        if apart > within:
            yield terms.placed_match(
                problem, "same_hour", second, after, amount=apart, price=price, before_at=before.start, apart_min=apart
            )


def _in_a_row(problem: RadiotherapyProblem) -> Iterator[tuple[int, int]]:
    """Each session and the one at the same place of the next treatment day."""
    for course, asked in enumerate(problem.courses):
        step = asked.protocol.a_day
        own = terms.tasks(problem, course)
        yield from zip(own, own[step:], strict=False)


RULE = Rule(id="same_hour", source="preset: same_hour, same_hour_min", is_hard=False, post=post, check=check)
