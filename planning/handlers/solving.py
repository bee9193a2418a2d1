"""Asking for a plan, and asking it to stop. The work itself is the worker's (``planning.job_desk``)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from hospital.errors import BadInput, Conflict, UnknownId, WrongState
from planning import commands as c
from planning.desk import Desk, UseCase
from planning.drafts import standing
from planning.rows import Job

MAX_SECONDS = 600.0


def queue_solve(desk: Desk, command: c.RequestSolve) -> Job:
    """Stores a queued job: the row is its own outbox, the relay rings for it."""
    state = desk.lock(command.area)
    seconds = desk.settings.solve_seconds if command.seconds is None else command.seconds
    if not 0 < seconds <= MAX_SECONDS:
        raise BadInput("bad_seconds", found=seconds, expected=f"0-{MAX_SECONDS:g}")
    if not 0 <= command.seed < 2**63:
        raise BadInput("bad_seed", found=command.seed)
    base = standing(desk, command.area) if command.base_version is None else command.base_version
    if base not in (state.head, standing(desk, command.area)):
        raise Conflict("plan_changed", number=state.head)
    job = Job(
        id=uuid4().hex,
        site_id=desk.site_id,
        area=command.area,
        state="queued",
        author_id=desk.actor.account_id,
        author=desk.actor.name,
        requested=desk.now,
        limit_s=float(seconds),
        seed=command.seed,
        base=base,
        min_changes=command.min_changes,
    )
    desk.work.jobs.add(job)
    desk.trail.facts["job"] = job.id
    return job


def _request(desk: Desk, command: c.RequestSolve, _: Any) -> str:
    if not desk.situation(command.area).problem.task_ids:
        raise WrongState("nothing_to_plan")
    return queue_solve(desk, command).id


def _stop(desk: Desk, command: c.StopJob, _: Any) -> None:
    job = desk.work.jobs.get(command.job_id, lock=True)
    if job is None or job.site_id != desk.site_id:
        raise UnknownId("unknown_job", id=command.job_id)
    if job.state == "queued":
        desk.work.jobs.save(replace(job, state="stopped", is_stopping=True, ended=desk.now))
    elif job.state == "running":
        desk.work.jobs.save(replace(job, is_stopping=True))
    else:
        raise WrongState("job_ended")


USE_CASES: dict[type[c.Command], UseCase] = {
    c.RequestSolve: UseCase(_request),
    c.StopJob: UseCase(_stop),
}
