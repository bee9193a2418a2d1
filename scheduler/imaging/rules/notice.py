"""An appointment inside the notice period is not moved, unless an emergency takes its place. Leaving it out has its price."""

from __future__ import annotations

from collections.abc import Iterator

from hospital.facts import Match
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.rule import Rule


def post(problem: ImagingProblem, model: Model) -> None:
    """Each task inside the notice period is kept unless displaced."""
    for task, place in _noticed(problem):
        others = problem.displacers - {task} if task in problem.displacers else problem.displacers
        model.keep_unless(task, place.resource, place.start, others)


def check(problem: ImagingProblem, plan: Plan) -> Iterator[Match]:
    """A match for every appointment inside the notice period that is moved though no emergency is in its place."""
    taken: dict[int, list[tuple[int, int, int]]] = {}
    for task in problem.displacers:
        place = plan.places[task]
        if place is not None:
            taken.setdefault(place.resource, []).append((place.start, place.start + problem.durations[task], task))
    for task, kept in _noticed(problem):
        if plan.places[task] in (None, kept):
            continue
        end = kept.start + problem.durations[task]
        spans = taken.get(kept.resource, ())
        if not any(start < end and kept.start < stop and other != task for start, stop, other in spans):
            yield _match(problem, task, kept)


def _match(problem: ImagingProblem, task: int, kept: Place) -> Match:
    request, scanner = problem.task_ids[task], problem.resource_ids[kept.resource]
    return Match(
        rule="notice",
        is_hard=True,
        requests=(request,),
        resources=(scanner,),
        start=kept.start,
        end=kept.start + problem.durations[task],
        values={"request": request, "scanner": scanner, "kept_at": kept.start},
    )


def _noticed(problem: ImagingProblem) -> Iterator[tuple[int, Place]]:
    """The tasks inside the notice period and their places in the plan in force."""
    return ((task, problem.reference[task]) for task in sorted(problem.noticed) if task in problem.reference)


RULE = Rule(id="notice", source="site settings: notice_h", is_hard=True, post=post, check=check)
