"""At most three treatment-free days lie between two sessions of a patient, two for who comes three times a week.

Where one of the two, or the one left out between them, has lost its place (station or water loop closed, no shift that day, missed), three
days are allowed to everyone: else whoever comes on Monday after the weekend could only be left out, and then again on Wednesday.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule

MOST_DAYS = 4
"""One more than the three treatment-free days that nobody exceeds."""


def post(problem: DialysisProblem, model: Model) -> None:
    """Any two sessions with nothing, or one session left out, between them are near each other."""
    for first, second, between in _near(problem):
        model.most_days_apart(first, second, _most(problem, first, second, *between), between)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two sessions that follow each other too many days apart."""
    for first, second, between in _near(problem):
        one, other = plan.places[first], plan.places[second]
        if one is None or other is None or any(plan.places[task] is not None for task in between):
            continue
        most = _most(problem, first, second, *between)
        days = abs(problem.day_of(other.start) - problem.day_of(one.start))
        if days > most:
            values = {"days": days - 1, "most": most - 1}
            yield terms.two(problem, "free_days", first, second, other, amount=days - most, values=values)


def _near(problem: DialysisProblem) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Two sessions and the one between them, if any. Two left out in a row are an interruption: the series begins anew."""
    for row in terms.runs(problem):
        yield from ((first, second, ()) for first, second in pairwise(row))
        yield from ((first, third, (second,)) for first, second, third in zip(row, row[1:], row[2:], strict=False))


def _most(problem: DialysisProblem, *tasks: int) -> int:
    """Days from one session to the next."""
    most = problem.patient_of[tasks[0]].most_days
    return max(most, MOST_DAYS) if any(problem.sessions[task].has_lost_place for task in tasks) else most


RULE = Rule(id="free_days", source="clinical practice: sessions a week", is_hard=True, post=post, check=check)
