"""Each prescribed hour that is not given costs, by the patient's weight."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """A price for leaving a session out, and for the minutes by which it is shorter than prescribed."""
    for task, session in enumerate(problem.sessions):
        rate, short = terms.hour_rate(problem, task), session.prescribed - session.minutes
        if rate and session.prescribed:
            model.price_left_out(task, rate * session.prescribed)
        if rate and short > 0:
            model.price_start_in(task, [(0, problem.clock.end)], rate * short)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session left out or shortened."""
    for task, (session, place) in enumerate(zip(problem.sessions, plan.places, strict=True)):
        missing = session.prescribed if place is None else max(0, session.prescribed - session.minutes)
        price = terms.hour_rate(problem, task) * missing
        if price:
            yield Match(
                rule="unmet_hours",
                is_hard=False,
                requests=(session.id,),
                amount=missing,
                price=price,
                values={"request": session.id, "missing_min": missing, "prescribed_min": session.prescribed},
            )


RULE = Rule(id="unmet_hours", source="preset: unmet_h an hour", is_hard=False, post=post, check=check)
