"""A session lies where the patient can come, and nothing new begins before now."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import Span, merge
from hospital.facts import Match
from scheduler.dialysis.problem import DialysisProblem
from scheduler.dialysis.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: DialysisProblem, model: Model) -> None:
    """Each session starts after now, wholly inside one of the patient's windows."""
    for task, spans in enumerate(_starts(problem)):
        if spans is not None:
            model.only_start_in(task, spans)


def check(problem: DialysisProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that begins before now or outside the patient's times."""
    spans = _starts(problem)
    for task, place in terms.placed(plan):
        allowed = spans[task]
        if allowed is not None and not any(low <= place.start < high for low, high in allowed):
            yield terms.one(problem, "patient_times", task, place)


def _starts(problem: DialysisProblem) -> list[list[Span] | None]:
    """Spans in which each session may start, None where it may at any time."""
    found: list[list[Span] | None] = []
    for patient, minutes in zip(problem.patient_of, problem.durations, strict=True):
        if patient.windows:
            found.append(
                [
                    (max(low, problem.now), high - minutes + 1)
                    for low, high in merge(patient.windows)
                    if max(low, problem.now) <= high - minutes
                ]
            )
        else:
            found.append([(problem.now, problem.clock.end)] if problem.now > 0 else None)
    return found


RULE = Rule(id="patient_times", source="absences, the patient's times, now", is_hard=True, post=post, check=check)
