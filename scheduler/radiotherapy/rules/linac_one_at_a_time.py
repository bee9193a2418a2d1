"""One patient on a linac at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hospital.facts import Match
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Plan
from scheduler.kernel.rule import Rule
from scheduler.radiotherapy.problem import RadiotherapyProblem


def post(problem: RadiotherapyProblem, model: Model) -> None:
    """Sessions on one linac do not overlap."""
    labels = (0,) * len(problem.task_ids)
    for resource in range(len(problem.linacs)):
        model.follow(resource, labels, np.zeros((1, 1), dtype=np.int64))


def check(problem: RadiotherapyProblem, plan: Plan) -> Iterator[Match]:
    """A match for every session that begins before the one still going on ends."""
    for resource, line in plan.lines.items():
        holder, holder_end = -1, -(10**9)
        for task in line:
            place = plan.places[task]
            if place is None:
                continue
            if place.start < holder_end:
                names = problem.task_ids[holder], problem.task_ids[task]
                linac = problem.resource_ids[resource]
                yield Match(
                    rule="linac_one_at_a_time",
                    is_hard=True,
                    requests=names,
                    resources=(linac,),
                    start=place.start,
                    end=holder_end,
                    amount=holder_end - place.start,
                    values={
                        "request": names[1],
                        "before": names[0],
                        "linac": linac,
                        "start_at": place.start,
                        "end_at": holder_end,
                    },
                )
            if place.start + problem.durations[task] > holder_end:
                holder, holder_end = task, place.start + problem.durations[task]


RULE = Rule(id="linac_one_at_a_time", source="one patient at a time", is_hard=True, post=post, check=check)
