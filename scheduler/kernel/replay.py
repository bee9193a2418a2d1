"""A run done again from its log: the same steps with the same seeds and budgets give the same plan, whatever the clock says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from hospital.errors import BadInput
from scheduler.kernel.outcome import Outcome, RunLog, Step
from scheduler.kernel.parts import Track, run_alone, run_together, split
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.search import arrays_of_plan, plan_of_arrays
from scheduler.kernel.solve import DRAFT, first_plan, swept
from scheduler.kernel.tables import tables_of
from scheduler.kernel.verify import VerifiedPlan, verify

KINDS = ("together", "alone", "exact")


def replay(problem: Problem, log: RunLog) -> VerifiedPlan:
    """The plan of the run that kept this log, for the same problem and the same version of the program.

    The plan it began with and what an exact model found are taken from the log, for their limit is the clock; they are verified like every
    plan. Raises BadInput for a log that does not fit the problem, PlanRefused where the plan in it breaks a rule of this problem.
    """
    tables = tables_of(problem)
    steps, draft = log.steps, None
    if steps and steps[0].kind == DRAFT:
        steps, draft = steps[1:], _found(problem, steps[0])
    track = Track.at(first_plan(problem, tables, log.seed, draft))
    side = split(tables)
    for step in steps:
        if step.kind not in KINDS:
            raise BadInput("bad_run_log", found=step.kind)
        if step.kind == "exact":
            return verify(problem, _found(problem, step))
        if step.kind == "together":
            run_together(tables, track, side, step)
        else:
            run_alone(tables, track, step)
    state = swept(tables, track, log.seed)
    return verify(problem, plan_of_arrays(problem, state.start, state.resource))


def with_found(problem: Problem, outcome: Outcome) -> Outcome:
    """The outcome with its plan in the log's exact step, if it has one: start slot and resource of each task, -1 where left out."""
    steps = outcome.log.steps
    if not steps or steps[-1].kind != "exact":
        return outcome
    start, resource = arrays_of_plan(outcome.plan.plan, problem.clock.grid_min)
    last = replace(steps[-1], part=(*start.tolist(), *resource.tolist()))
    return replace(outcome, log=replace(outcome.log, steps=(*steps[:-1], last)))


def log_of(data: Mapping[str, Any]) -> RunLog:
    """The log that ``dataclasses.asdict`` made plain, whichever area's steps it holds. Raises BadInput."""
    try:
        steps = tuple(_step(row) for row in data["steps"])
        return RunLog(seed=int(data["seed"]), threads=int(data["threads"]), steps=steps)
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("bad_run_log", found=str(error)) from None


def _step(row: Mapping[str, Any]) -> Step:
    hot, cold = row["temperature"]
    return Step(
        kind=str(row["kind"]),
        seed=int(row["seed"]),
        iterations=int(row["iterations"]),
        temperature=(float(hot), float(cold)),
        part=tuple(int(number) for number in row["part"]),
    )


def _found(problem: Problem, step: Step) -> Plan:
    num = len(problem.task_ids)
    if len(step.part) != 2 * num or any(number >= len(problem.resource_ids) for number in step.part[num:]):
        raise BadInput("bad_run_log", found="part")
    start, resource = (np.array(row, dtype=np.int64) for row in (step.part[:num], step.part[num:]))
    return plan_of_arrays(problem, start, resource)
