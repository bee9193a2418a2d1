"""Why some sessions have no place, asked of the days around them: what happens weeks away stands in nobody's way."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scheduler.dialysis.problem import DialysisProblem, only
from scheduler.kernel.blocking import unplanned_reasons
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem


def reasons_nearby(problem: Problem, plan: Plan) -> Mapping[int, tuple[str, ...]]:
    """For each session left out the rules in its way, as ``unplanned_reasons`` finds them in the whole roster."""
    assert isinstance(problem, DialysisProblem)
    absent = [task for task, place in enumerate(plan.places) if place is None]
    if not absent:
        return {}
    near = _near(problem, plan, absent)
    part = only(problem, near)
    asked = [at for at, task in enumerate(near) if plan.places[task] is None]
    found = unplanned_reasons(part, Plan(tuple(plan.places[task] for task in near)), asked)
    return {near[at]: rules for at, rules in found.items()}


def _near(problem: DialysisProblem, plan: Plan, absent: Collection[int]) -> list[int]:
    """The absent sessions' patients' own sessions, and whoever is or may be there on a day on which one of them might."""
    days = {day for task in absent for day in problem.sessions[task].days}
    patients = {problem.sessions[task].patient for task in absent}
    return [
        task
        for task, session in enumerate(problem.sessions)
        if session.patient in patients
        or ((place := plan.places[task]) is not None and problem.day_of(place.start) in days)
    ]
