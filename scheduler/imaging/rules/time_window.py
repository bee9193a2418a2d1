"""Not before the earliest time nor before now, not after the latest start, and wholly inside one of the patient's windows."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.clock import Span
from hospital.facts import Match
from scheduler.imaging.problem import Case, ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Each task's start lies in what its times leave."""
    for task, case in enumerate(problem.cases):
        model.only_start_in(task, _starts(problem, case))


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment that is too early, too late or outside the patient's windows."""
    now = problem.now
    for case, place in zip(problem.cases, plan.places, strict=True):
        if place is None:
            continue
        start, end = place.start, place.start + case.minutes
        is_early = start < case.earliest or start < now
        is_late = case.latest is not None and start > case.latest
        is_outside = bool(case.windows) and not any(low <= start and end <= high for low, high in case.windows)
        if is_early or is_late or is_outside:
            possible = _starts(problem, case) or ((max(case.earliest, now), max(case.earliest, now) + 1),)
            yield Match(
                rule="time_window",
                is_hard=True,
                requests=(case.id,),
                resources=(problem.rooms[place.resource].id,),
                start=start,
                end=end,
                values={
                    "request": case.id,
                    "start_at": start,
                    "first_at": possible[0][0],
                    "last_at": possible[-1][1] - 1,
                },
            )


def _starts(problem: ImagingProblem, case: Case) -> tuple[Span, ...]:
    """Spans in which the start may lie, in order of time."""
    first = max(case.earliest, problem.now)
    last = problem.clock.end - 1 if case.latest is None else min(case.latest, problem.clock.end - 1)
    if not case.windows:
        return ((first, last + 1),) if first <= last else ()
    spans = ((max(low, first), min(high - case.minutes, last) + 1) for low, high in sorted(case.windows))
    return tuple(span for span in spans if span[0] < span[1])


RULE = Rule(id="time_window", source="request: earliest, latest, windows", is_hard=True, post=post, check=check)
