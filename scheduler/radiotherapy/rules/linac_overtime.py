"""Each minute after the last opening hours of a day costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import overlap_min
from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A price for each minute of a session in a linac's overtime."""
    rate = units(problem.weights.overtime)
    for resource, linac in enumerate(problem.linacs):
        if rate and linac.overtime:
            model.price_minutes(resource, linac.overtime, rate)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that reaches into overtime."""
    rate = units(problem.weights.overtime)
    for resource, line in plan.lines.items():
        by_day = {problem.clock.day_of(span[0]): span for span in problem.linacs[resource].overtime}
        for task in line if rate and by_day else ():
            place = plan.places[task]
            span = None if place is None else by_day.get(terms.day_of(problem, place))
            if place is not None and span is not None:
                minutes = overlap_min((place.start, place.start + problem.durations[task]), [span])
                if minutes:
                    yield terms.placed_match(
                        problem,
                        "linac_overtime",
                        task,
                        place,
                        amount=minutes,
                        price=minutes * rate,
                        overtime_min=minutes,
                    )


RULE = Rule(id="linac_overtime", source="preset: overtime a minute", is_hard=False, post=post, check=check)
