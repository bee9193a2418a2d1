"""An isolated patient is the last of a session, or followed by isolated ones only, and cleaning comes before the next."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hospital.clock import Span
from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.imaging.rules import terms
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """After an isolated patient: cleaning on that day, and nobody else in that session."""
    labels = tuple(int(case.is_isolated) for case in problem.cases)
    if not any(labels):
        return
    minutes = np.array([[0, 0], [problem.cleaning, problem.cleaning]], dtype=np.int64)
    forbidden = np.array([[False, False], [True, False]], dtype=np.bool_)
    for resource, room in enumerate(problem.rooms):
        model.follow(resource, labels, minutes, forbidden=forbidden, sessions=terms.opening(room))


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every patient who comes too soon after an isolated one, or in the same session without being isolated."""
    cases = problem.cases
    if not any(case.is_isolated for case in cases):
        return
    for resource, first, second, between in terms.neighbours(problem, plan):
        before, after = cases[first], cases[second]
        earlier, later = plan.places[first], plan.places[second]
        if not before.is_isolated or earlier is None or later is None:
            continue
        room = problem.rooms[resource]
        is_mixed = not after.is_isolated and _is_one_session(terms.opening(room), earlier.start, later.start)
        if is_mixed or between < problem.cleaning:
            yield Match(
                rule="isolation",
                is_hard=True,
                requests=(before.id, after.id),
                resources=(room.id,),
                start=earlier.start + before.minutes,
                end=max(later.start, earlier.start + before.minutes),
                amount=max(0, problem.cleaning - between),
                values={
                    "request": after.id,
                    "before": before.id,
                    "scanner": room.id,
                    "start_at": later.start,
                    "cleaning_min": problem.cleaning,
                },
            )


def _is_one_session(sessions: tuple[Span, ...], first: int, second: int) -> bool:
    return any(low <= first < high and low <= second < high for low, high in sessions)


RULE = Rule(id="isolation", source="request: isolation; site: cleaning_min", is_hard=True, post=post, check=check)
