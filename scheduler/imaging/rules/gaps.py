"""Between two examinations of a patient lies the gap their tags ask for: two with contrast 48 h apart, barium last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from hospital.facts import Match
from scheduler.imaging.problem import Case, ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Two examinations of a patient are apart by the longest gap that names them, in either order."""
    for tasks in problem.by_patient.values() if problem.gaps else ():
        for first, second in combinations(tasks, 2):
            forth = _gap(problem, problem.cases[first], problem.cases[second])
            back = _gap(problem, problem.cases[second], problem.cases[first])
            if forth or back:
                model.apart(first, second, forth, back)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two appointments of a patient between which the gap is too short."""
    for tasks in problem.by_patient.values() if problem.gaps else ():
        visits = sorted((place.start, task) for task in tasks if (place := plan.places[task]) is not None)
        for (earlier, first), (later, second) in combinations(visits, 2):
            before, after = problem.cases[first], problem.cases[second]
            gap, end = _gap(problem, before, after), earlier + before.minutes
            is_named = gap > 0 or _gap(problem, after, before) > 0
            if is_named and later < end + gap:
                yield Match(
                    rule="gaps",
                    is_hard=True,
                    requests=(before.id, after.id),
                    start=end,
                    end=max(end, later),
                    amount=end + gap - later,
                    values={
                        "request": after.id,
                        "before": before.id,
                        "gap_min": gap,
                        "end_at": end,
                        "start_at": later,
                    },
                )


def _gap(problem: ImagingProblem, before: Case, after: Case) -> int:
    """Minutes from the end of one to the start of the other, 0 where no gap names them."""
    return max(
        (
            gap.minutes
            for gap in problem.gaps
            if (gap.first == "*" or gap.first in before.tags) and (gap.then == "*" or gap.then in after.tags)
        ),
        default=0,
    )


RULE = Rule(id="gaps", source="gap table by tags", is_hard=True, post=post, check=check)
