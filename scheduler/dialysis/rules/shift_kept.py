"""A session in another shift than the patient's own costs."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.presets import units
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for every start that is not in the patient's shift."""
    price = units(problem.weights.shift)
    others = terms.other_starts(problem, {session.shift for session in problem.sessions})
    for task, session in enumerate(problem.sessions if price else ()):
        if session.shift:
            model.price_start_in(task, others[session.shift], price)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session outside the patient's shift."""
    price = units(problem.weights.shift)
    for task, place in terms.placed(plan) if price else ():
        own, shift = problem.sessions[task].shift, problem.shift_at.get(place.start)
        if own and (shift is None or shift.name != own):
            yield terms.one(problem, "shift_kept", task, place, price=price, values={"shift": own})


RULE = Rule(id="shift_kept", source="preset: shift a session", is_hard=False, post=post, check=check)
