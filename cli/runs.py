"""A solve's run file: what it was asked, each step it took, and the plan it came to; `replay` takes the same steps again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from cli.doing import BROKEN, answer, answer_json, words
from cli.opening import Ask, opened, read_json, write_plan
from hospital.errors import BadInput
from planning.drafts import rows_digest
from planning.job_desk import keeping
from scheduler.imaging.build import appointments_of
from scheduler.imaging.measures import measures
from scheduler.kernel.replay import log_of
from scheduler.kernel.verify import verify
from scheduler.replan.again import replay_again

if TYPE_CHECKING:
    from scheduler.imaging.problem import ImagingProblem
    from scheduler.kernel.outcome import Outcome, RunLog
    from scheduler.kernel.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run file's contents. ``now`` is ISO 8601, ``digest`` that of the plan's appointments."""

    program: str
    now: str
    preset: str | None
    min_changes: bool
    cost: float
    digest: str
    log: RunLog


def write_run(path: Path, problem: ImagingProblem, outcome: Outcome, *, preset: str | None, min_changes: bool) -> None:
    """Keep the run of a solve as JSON."""
    run = Run(
        program=version("caretable"),
        now=problem.clock.moment(problem.now).isoformat(),
        preset=preset,
        min_changes=min_changes,
        cost=outcome.cost,
        digest=_digest(problem, outcome.plan.plan),
        log=outcome.log,
    )
    path.write_text(json.dumps(asdict(run)) + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """The run of a file. Raises BadInput."""
    data = read_json(path)
    if not isinstance(data, Mapping) or not isinstance(data.get("log"), Mapping):
        raise BadInput("bad_run_log", found=path.name)
    try:
        return Run(**{**data, "log": log_of(data["log"])})
    except TypeError as error:
        raise BadInput("bad_run_log", found=str(error)) from None


def replay(ask: Ask, run_file: Path, *, out: Path | None, as_json: bool) -> int:
    """Take the run's steps again and compare; the exit code."""
    run = read_run(run_file)
    problem = opened(replace(ask, now=ask.now or run.now, preset=ask.preset or run.preset)).problem
    plan = replay_again(keeping(problem) if run.min_changes else problem, run.log).plan
    cost = verify(problem, plan).score
    is_same = _digest(problem, plan) == run.digest
    if out is not None:
        write_plan(out, problem, plan)
    if as_json:
        answer_json(
            {
                "area": ask.area,
                "is_same": is_same,
                "cost": cost.points,
                "cost_by_rule": cost.points_by_rule,
                "seed": run.log.seed,
                "steps": len(run.log.steps),
                "measures": measures(problem, plan).as_dict(),
            }
        )
    else:
        answer([words("replayed", steps=len(run.log.steps), cost=f"{cost.points:.1f}"), words(_VERDICT[is_same])])
    return 0 if is_same else BROKEN


_VERDICT = {True: "replay_same", False: "replay_other"}


def _digest(problem: ImagingProblem, plan: Plan) -> str:
    return rows_digest(appointments_of(problem, plan))
