"""A session in a shift that the patient does not wish costs."""

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
    """A price for every start outside the shifts wished."""
    price = units(problem.weights.wish)
    spans = {
        wishes: [(start, start + 1) for start, shift in sorted(problem.shift_at.items()) if shift.name not in wishes]
        for wishes in {patient.wishes for patient in problem.patients if patient.wishes}
    }
    for task, patient in enumerate(problem.patient_of if price else ()):
        if patient.wishes:
            model.price_start_in(task, spans[patient.wishes], price)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session in a shift that is not wished."""
    price = units(problem.weights.wish)
    for task, place in terms.placed(plan) if price else ():
        wishes, shift = problem.patient_of[task].wishes, problem.shift_at.get(place.start)
        if wishes and shift is not None and shift.name not in wishes:
            values = {"wished": ", ".join(sorted(wishes))}
            yield terms.one(problem, "shift_wishes", task, place, price=price, values=values)


RULE = Rule(id="shift_wishes", source="patients' wishes; preset: wish", is_hard=False, post=post, check=check)
