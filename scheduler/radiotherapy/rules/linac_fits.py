"""A session is given on a linac that its protocol allows and that has the techniques and energies it needs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Each session only on the linacs that fit its course."""
    for course, fit in enumerate(problem.fit):
        if problem.is_as_booked(course):
            continue
        allowed = [linac for linac, degree in enumerate(fit) if degree >= 0]
        for task in terms.tasks(problem, course):
            model.only_on(task, allowed)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on a linac that does not fit."""
    for task, place in enumerate(plan.places):
        if place is not None:
            course = problem.course_of_task[task]
            if problem.fit[course][place.resource] < 0 and not problem.is_as_booked(course):
                yield terms.placed_match(
                    problem, "linac_fits", task, place, protocol=problem.courses[course].protocol.id
                )


RULE = Rule(id="linac_fits", source="protocol: linacs, techniques, energies", is_hard=True, post=post, check=check)
