"""One patient on a linac at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hospital.facts import Match
from scheduler.kernel.lines import overlapping
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
    for resource, first, second in overlapping(problem, plan):
        before, after = plan.places[first], plan.places[second]
        assert before is not None
        assert after is not None
        end = before.start + problem.durations[first]
        names = problem.task_ids[first], problem.task_ids[second]
        linac = problem.resource_ids[resource]
        yield Match(
            rule="linac_one_at_a_time",
            is_hard=True,
            requests=names,
            resources=(linac,),
            start=after.start,
            end=end,
            amount=end - after.start,
            values={
                "request": names[1],
                "before": names[0],
                "linac": linac,
                "start_at": after.start,
                "end_at": end,
            },
        )


RULE = Rule(id="linac_one_at_a_time", source="one patient at a time", is_hard=True, post=post, check=check)
