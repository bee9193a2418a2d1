"""A patient with two courses is in one place at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem
from scheduler.radiotherapy.rules import terms


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Sessions of two courses of one patient do not overlap."""
    for courses in _together(problem):
        for one, other in combinations(courses, 2):
            for first, second in product(terms.tasks(problem, one), terms.tasks(problem, other)):
                model.apart(first, second, 0, 0)


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that begins while the patient's of another course is going on."""
    for courses in _together(problem):
        rows = [(place, task, course) for course in courses for task, place in terms.visits(problem, plan, course)]
        rows.sort(key=lambda row: (row[0].start, row[1]))
        for at, (before, first, course) in enumerate(rows):
            end = before.start + problem.durations[first]
            for after, second, other in rows[at + 1 :]:
                if after.start >= end:
                    break
                if other != course:
                    names = problem.task_ids[first], problem.task_ids[second]
                    yield Match(
                        rule="patient_one_place",
                        is_hard=True,
                        requests=names,
                        start=after.start,
                        end=end,
                        amount=end - after.start,
                        values={"request": names[1], "before": names[0], "start_at": after.start, "end_at": end},
                    )


def _together(problem: RadiotherapyProblem) -> list[list[int]]:
    """Courses of each patient who has more than one."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, course in enumerate(problem.courses):
        found[course.patient].append(index)
    return [courses for courses in found.values() if len(courses) > 1]


RULE = Rule(id="patient_one_place", source="one patient, one place", is_hard=True, post=post, check=check)
