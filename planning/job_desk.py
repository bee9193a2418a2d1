"""The worker's use cases on rows: leases with fencing numbers, verification before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hospital.errors import Conflict, PlanRefused, UnknownId, WrongState
from planning import forecast_jobs, nightly
from planning.actors import SYSTEM
from planning.areas import FORECASTS, area_of
from planning.audit import write_row
from planning.desk import Desk, Trail
from planning.drafts import Origin, add_draft, standing
from planning.jobs import Lease, Report, Signal, Solved, Work
from planning.ports import Store, UnitOfWork
from planning.rows import Job, Version
from planning.settings import Settings
from planning.situation import Situation, Situations
from planning.views import JobView
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.verify import VerifiedPlan


def job_view(job: Job) -> JobView:
    """A job as pages show it."""
    names = (
        "id",
        "area",
        "state",
        "requested",
        "limit_s",
        "seed",
        "attempt",
        "is_stopping",
        "cost",
        "bound",
        "seconds",
    )
    more = ("num_unplanned", "version", "error", "error_values")
    return JobView(requested_by=job.author, **{name: getattr(job, name) for name in (*names, *more)})


@dataclass(frozen=True)
class _Check:
    """A result against a situation: the verified plan, or why it is refused."""

    situation: Situation
    found: VerifiedPlan | PlanRefused


class JobDesk:
    """See ``planning.jobs.Jobs``."""

    def __init__(self, store: Store, settings: Settings, situations: Situations, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._situations = situations
        self._clock = clock
        self._looked: datetime | None = None

    def claim(self, job_id: str, worker: str, lease_s: float) -> Lease | None:
        """The lease of a queued or abandoned job, else None."""
        now = self._clock()
        with self._store.writing() as work:
            job = work.jobs.get(job_id, lock=True)
            if job is None or not _is_free(job, now):
                return None
            if job.attempt >= self._settings.max_attempts:
                self._end(work, job, "failed", error="needs_a_person", values={"attempts": job.attempt})
                work.commit()
                return None
            if job.is_stopping and job.state == "running":
                self._end(work, job, "stopped")
                work.commit()
                return None
            taken = replace(
                job,
                state="running",
                worker=worker[:100],
                fence=job.fence + 1,
                attempt=job.attempt + 1,
                lease_expires=now + timedelta(seconds=lease_s),
                rung=now,
            )
            work.jobs.save(taken)
            work.commit()
        return Lease(job_id, worker, taken.fence, taken.attempt, now + timedelta(seconds=lease_s))

    def work(self, lease: Lease) -> Work:
        """The problem as it stands now; remembers for which moment and revisions it was built.

        Built on a reading view, so that nobody who writes waits for it.
        """
        with self._store.reading() as work:
            job = self._held(work, lease.job_id, lease.fence, lock=False)
            desk = self._desk(work, job)
            if job.area in FORECASTS:
                return self._forecast_work(work, job)
            situation = desk.situation(job.area)
        with self._store.writing() as work:
            held = self._held(work, lease.job_id, lease.fence)
            built = replace(
                held,
                problem_now=desk.now,
                data_revision=situation.built_from.data_revision,
                changes_revision=situation.built_from.changes_revision,
            )
            work.jobs.save(built)
            work.commit()
        problem = area_of(job.area).keeping(situation.problem) if job.min_changes else situation.problem
        return Work(
            job_id=job.id,
            area=job.area,
            problem=problem,
            seconds=job.limit_s,
            seed=job.seed,
            threads=self._settings.solve_threads,
        )

    def _forecast_work(self, work: UnitOfWork, job: Job) -> Work:
        """All that a forecast is made from, as the data stand now."""
        task = forecast_jobs.task_of(work, job, self._clock())
        return Work(
            job_id=job.id,
            area=job.area,
            problem=task,
            seconds=job.limit_s,
            seed=job.seed,
            threads=self._settings.solve_threads,
        )

    def renew(self, job_id: str, fence: int, lease_s: float) -> Signal:
        """Prolongs the lease."""
        with self._store.writing() as work:
            job = work.jobs.get(job_id, lock=True)
            if not _is_held(job, fence):
                return Signal.LOST
            assert job is not None
            work.jobs.save(replace(job, lease_expires=self._clock() + timedelta(seconds=lease_s)))
            work.commit()
        return Signal.STOP if job.is_stopping else Signal.GO_ON

    def report(self, job_id: str, fence: int, report: Report) -> Signal:
        """Writes progress for the pages."""
        with self._store.writing() as work:
            job = work.jobs.get(job_id, lock=True)
            if not _is_held(job, fence):
                return Signal.LOST
            assert job is not None
            work.jobs.save(replace(job, **asdict(report)))
            work.commit()
        return Signal.STOP if job.is_stopping else Signal.GO_ON

    def complete(self, job_id: str, fence: int, solved: Solved) -> JobView:
        """Verifies and stores the draft if fence and base version still match; else the job ends superseded without
        effect."""
        if solved.forecast is not None:
            return self._complete_forecast(job_id, fence, solved)
        check = self._checked(job_id, fence, solved)
        with self._store.writing() as work:
            job = self._held(work, job_id, fence)
            desk = self._desk(work, job)
            state = desk.lock(job.area)
            situation = self._situation_of(desk, job)
            if situation is not check.situation:
                check = _check(situation, solved)
            try:
                if isinstance(check.found, PlanRefused):
                    raise check.found
                if job.base not in (state.head, standing(desk, job.area)):
                    raise Conflict("plan_changed", number=state.head)
                origin = _origin(job, solved)
                version = add_draft(desk, situation, check.found, area=job.area, base=job.base, origin=origin)
            except (Conflict, PlanRefused) as refusal:
                ended = self._refused(work, job, situation, refusal)
            else:
                ending = "stopped" if job.is_stopping else "done"
                ended = self._end(work, _with_result(job, solved, version), ending, trail=desk.trail)
            work.commit()
        return job_view(ended)

    def _complete_forecast(self, job_id: str, fence: int, solved: Solved) -> JobView:
        """Keeps the forecast as the area's next version, if no other came in between."""
        with self._store.writing() as work:
            job = self._held(work, job_id, fence)
            try:
                number = forecast_jobs.keep(work, job, solved.forecast or {}, self._clock())
            except Conflict as refusal:
                ended = self._end(work, job, "superseded", error=refusal.text_id, values=_plain(refusal.values))
            else:
                done = replace(job, cost=solved.cost, bound=solved.bound, seconds=solved.total_s, version=number)
                ended = self._end(work, done, "done")
            work.commit()
        return job_view(ended)

    def _checked(self, job_id: str, fence: int, solved: Solved) -> _Check:
        """The result verified on a reading view; if the situation is another one by the time of writing, it is verified again."""
        with self._store.reading() as work:
            job = self._held(work, job_id, fence, lock=False)
            return _check(self._situation_of(self._desk(work, job), job), solved)

    def _refused(self, work: UnitOfWork, job: Job, situation: Situation, refusal: Conflict | PlanRefused) -> Job:
        """A result that is not stored: overtaken by another version or by the world, or simply wrong."""
        built = situation.built_from
        is_new_world = (built.data_revision, built.changes_revision) != (job.data_revision, job.changes_revision)
        state, error = "failed", refusal.text_id
        if isinstance(refusal, Conflict):
            state = "superseded"
        elif is_new_world:
            state, error = "superseded", "world_changed"
        return self._end(work, job, state, error=error, values=_plain(refusal.values))

    def fail(self, job_id: str, fence: int, error: str, values: Mapping[str, object] | None = None) -> JobView:
        """The attempt failed: queued again, or failed for good after the last one."""
        with self._store.writing() as work:
            job = work.jobs.get(job_id, lock=True)
            if job is None:
                raise UnknownId("unknown_job", id=job_id)
            if not _is_held(job, fence):
                return job_view(job)
            said = _plain(values or {})
            if job.attempt >= self._settings.max_attempts or job.is_stopping:
                ended = self._end(work, job, "failed", error=error, values=said)
            else:
                ended = replace(
                    job, state="queued", worker="", lease_expires=None, rung=None, error=error, error_values=said
                )
                work.jobs.save(ended)
            work.commit()
        return job_view(ended)

    def release(self, job_id: str, fence: int) -> None:
        """The worker is leaving: queued again at once, this attempt not counted."""
        with self._store.writing() as work:
            job = work.jobs.get(job_id, lock=True)
            if _is_held(job, fence):
                assert job is not None
                back = replace(job, state="queued", worker="", lease_expires=None, rung=None, attempt=job.attempt - 1)
                work.jobs.save(back)
                work.commit()

    def queue_nightly(self) -> int:
        """Queues the forecasts of the night that are due; looks once a minute at most. -> how many."""
        now = self._clock()
        if self._looked is not None and now - self._looked < nightly.EVERY:
            return 0
        self._looked, num = now, 0
        with self._store.reading() as work:
            sites = work.sites.all()
        for site in sites:
            with self._store.writing() as work:
                actor = SYSTEM.in_site(site.id)
                desk = Desk(actor, now, work, self._settings, self._situations, Trail())
                num += nightly.queue_due(desk, site.timezone)
                work.commit()
        return num

    def due_for_ringing(self, now: datetime | None = None) -> tuple[str, ...]:
        """Queued jobs not rung lately and jobs whose lease has expired; marks them as rung."""
        at = now or self._clock()
        before = at - timedelta(seconds=self._settings.ring_again_s)
        with self._store.reading() as work:
            due = work.jobs.waiting(at, before)
        if not due:
            return ()
        with self._store.writing() as work:
            due = work.jobs.waiting(at, before)
            for job in due:
                work.jobs.save(replace(job, rung=at))
            work.commit()
        return tuple(job.id for job in due)

    def _desk(self, work: UnitOfWork, job: Job) -> Desk:
        return Desk(SYSTEM.in_site(job.site_id), self._clock(), work, self._settings, self._situations, Trail())

    def _situation_of(self, desk: Desk, job: Job) -> Situation:
        """The area as it stands, at the moment the solve was given: time alone must not spoil its result."""
        at = job.problem_now or desk.now
        return self._situations.of(desk.work, job.site_id, job.area, at)

    def _held(self, work: UnitOfWork, job_id: str, fence: int, *, lock: bool = True) -> Job:
        job = work.jobs.get(job_id, lock=lock)
        if job is None:
            raise UnknownId("unknown_job", id=job_id)
        if not _is_held(job, fence):
            raise WrongState("lease_lost", id=job_id)
        return job

    def _end(
        self,
        work: UnitOfWork,
        job: Job,
        state: str,
        *,
        error: str = "",
        values: Mapping[str, Any] | None = None,
        trail: Trail | None = None,
    ) -> Job:
        """Writes the job's end and tells the audit log of it."""
        now = self._clock()
        ended = replace(job, state=state, ended=now, lease_expires=None, error=error, error_values=dict(values or {}))
        work.jobs.save(ended)
        said = trail or Trail()
        write_row(
            work,
            SYSTEM.in_site(job.site_id),
            "EndJob",
            at=now,
            details={"job": job.id, "state": state, "for": job.author, "attempt": job.attempt, **said.facts},
            refusal=error or None,
            before=said.before,
            after=said.after,
        )
        return ended


def _is_free(job: Job, now: datetime) -> bool:
    is_abandoned = job.state == "running" and job.lease_expires is not None and job.lease_expires <= now
    return job.state == "queued" or is_abandoned


def _is_held(job: Job | None, fence: int) -> bool:
    return job is not None and job.state == "running" and job.fence == fence


def _with_result(job: Job, solved: Solved, version: Version) -> Job:
    return replace(
        job,
        cost=version.cost,
        bound=None if job.min_changes else solved.bound,
        seconds=solved.total_s,
        num_unplanned=version.num_unplanned,
        version=version.number,
        log=dict(solved.log),
    )


def _origin(job: Job, solved: Solved) -> Origin:
    """The person who asked, and the run; a bound found with dearer moves says nothing of the plan's true cost."""
    run = {
        "bound": None if job.min_changes else solved.bound,
        "gap": None if job.min_changes else solved.gap,
        "is_optimal": solved.is_optimal and not job.min_changes,
        "first_plan_s": solved.first_plan_s,
        "total_s": solved.total_s,
        "seed": solved.seed,
        "job": job.id,
    }
    reasons = {request: (price, tuple(rules)) for request, price, rules in solved.unplanned}
    return Origin(how="solve", author_id=job.author_id, author=job.author, reasons=reasons, run=run)


def verified_result(situation: Situation, solved: Solved) -> VerifiedPlan:
    """The child's places as a plan of the present problem, verified. Raises PlanRefused for anything that does not
    fit it."""
    problem = situation.problem
    places: list[Place | None] = [None] * len(problem.task_ids)
    for name, resource_id, start in solved.places:
        task, resource = problem.task_of.get(name), problem.resource_of.get(resource_id)
        if task is None or resource is None or places[task] is not None:
            raise PlanRefused("plan_refused", count=1, rules="shape")
        places[task] = Place(resource, start)
    return situation.area.verified(problem, Plan(tuple(places)))


def _check(situation: Situation, solved: Solved) -> _Check:
    try:
        return _Check(situation, verified_result(situation, solved))
    except PlanRefused as refusal:
        return _Check(situation, refusal)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if isinstance(value, str | int | float | bool)}
