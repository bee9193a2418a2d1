"""At most three treatment-free days lie between two sessions of a patient, two for who comes three times a week."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Any two sessions with none between them are near each other."""
    for row in terms.runs(problem):
        days = problem.patient_of[row[0]].most_days
        for at, first in enumerate(row):
            for until in range(at + 1, len(row)):
                model.most_days_apart(first, row[until], days, row[at + 1 : until])


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every two sessions that follow each other too many days apart."""
    for row in terms.runs(problem):
        most = problem.patient_of[row[0]].most_days
        there = [(task, place) for task in row if (place := plan.places[task]) is not None]
        for (first, one), (second, other) in pairwise(there):
            days = abs(problem.day_of(other.start) - problem.day_of(one.start))
            if days > most:
                values = {"days": days - 1, "most": most - 1}
                yield terms.two(problem, "free_days", first, second, other, amount=days - most, values=values)


RULE = Rule(id="free_days", source="clinical practice: sessions a week", is_hard=True, post=post, check=check)
