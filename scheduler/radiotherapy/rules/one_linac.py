"""A course stays on its linac, or on a beam-matched one on a day on which its own is closed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import Promise, RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """A promised course only on its own linac and its stand-ins; any other all on one."""
    for course in range(len(problem.courses)):
        promise = problem.promised.get(course)
        if problem.is_as_booked(course):
            continue
        if promise is not None:
            for task, allowed in _allowed(problem, course, promise):
                model.only_on(task, allowed)
        else:
            for first, second in combinations(terms.tasks(problem, course), 2):
                model.forbid_different_resources(first, second)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session on another linac than the course's own without that reason."""
    for course in range(len(problem.courses)):
        given = terms.visits(problem, plan, course)
        if not given or problem.is_as_booked(course):
            continue
        promise = problem.promised.get(course)
        home = given[0][1].resource if promise is None else terms.own_linac(problem, course, promise)
        allowed = {} if promise is None else dict(_allowed(problem, course, promise))
        for task, place in given:
            if place.resource not in allowed.get(task, (home,)):
                yield terms.placed_match(problem, "one_linac", task, place, home=problem.resource_ids[home])


def _allowed(problem: RadiotherapyProblem, course: int, promise: Promise) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each session with the course's own linac, and those matched with it where that is closed on the promised day."""
    home = terms.own_linac(problem, course, promise)
    closed = terms.closed_days(problem, home)
    twins = tuple(other for other in range(len(problem.linacs)) if are_matched(problem, home, other))
    for task, day in zip(terms.tasks(problem, course), promise.days, strict=True):
        yield task, (home, *twins) if day in closed else (home,)


def are_matched(problem: RadiotherapyProblem, one: int, other: int) -> bool:
    """True for two linacs of one beam-matched group."""
    group = problem.linacs[one].matched
    return bool(group) and group == problem.linacs[other].matched


RULE = Rule(id="one_linac", source="beam-matched groups", is_hard=True, post=post, check=check)
