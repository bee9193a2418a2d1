"""A solve's run file: what it was asked, each step it took, and the plan it came to; `replay` takes the same steps again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.areas import commands_of
from cli.doing import BROKEN, answer, answer_json, words
from cli.opening import Ask, read_json
from hospital.errors import BadInput
from intake.plans import write_plan_csv
from planning.drafts import rows_digest
from scheduler.kernel.replay import log_of

if TYPE_CHECKING:
    from scheduler.kernel.outcome import Outcome, RunLog


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


def write_run(path: Path, problem: Any, outcome: Outcome, *, ask: Ask, min_changes: bool) -> None:
    """Keep the run of a solve as JSON."""
    run = Run(
        program=version("caretable"),
        now=problem.clock.moment(problem.now).isoformat(),
        preset=ask.preset,
        min_changes=min_changes,
        cost=outcome.cost,
        digest=rows_digest(tuple(commands_of(ask.area).rows(outcome.plan.problem, outcome.plan.plan))),
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
    area = commands_of(ask.area)
    problem = area.opened(replace(ask, now=ask.now or run.now, preset=ask.preset or run.preset)).problem
    plan = area.taken_again(problem, run.log, min_changes=run.min_changes)
    cost, rows = plan.score, tuple(area.rows(plan.problem, plan.plan))
    is_same = rows_digest(rows) == run.digest
    if out is not None:
        write_plan_csv(out, rows)
    if as_json:
        answer_json(
            {
                "area": ask.area,
                "is_same": is_same,
                "cost": cost.points,
                "cost_by_rule": cost.points_by_rule,
                "seed": run.log.seed,
                "steps": len(run.log.steps),
                "measures": area.figures(plan.problem, plan.plan),
            }
        )
    else:
        answer([words("replayed", steps=len(run.log.steps), cost=f"{cost.points:.1f}"), words(_VERDICT[is_same])])
    return 0 if is_same else BROKEN


_VERDICT = {True: "replay_same", False: "replay_other"}
