"""A job's life: leases, fencing, and a result that is verified before it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hospital.errors import WrongState
from planning import job_desk, situation
from planning.actors import SYSTEM, Role
from planning.commands import CreateAccount, RecordChanges, RequestSolve, StopJob
from planning.jobs import Report, Signal, Solved
from planning.queries import ActiveJob, JobStatus, Versions
from scheduler.imaging.build import appointments_of
from scheduler.kernel.replay import log_of
from scheduler.kernel.solve import Settings
from scheduler.replan.again import replay_again, solve_again
from tests.planning.world import PLAN, World, at, downtime


def ask_for_solve(world: World, **given: object) -> str:
    return str(world.app.execute(world.scheduler, RequestSolve(**given)))  # type: ignore[arg-type]


def test_a_result_becomes_the_draft_of_who_asked(both: World) -> None:
    """The scheduler asks, the worker solves, the draft bears the scheduler's name and its cost as verified, not as claimed."""
    job = ask_for_solve(both)
    lease = both.lease(job)
    ended = both.app.jobs.complete(job, lease.fence, Solved.from_json(both.solved(lease).as_json()))
    assert (ended.state, ended.version) == ("done", 1)
    version = both.page().version
    assert version is not None
    assert (version.author, version.origin, version.num_planned, version.num_unplanned) == ("scheduler", "solve", 4, 0)
    assert version.cost != 123.5
    assert both.page().bound == 101.0


def test_a_jobs_row_keeps_all_that_repeats_its_run(both: World) -> None:
    """From the log in the database, and nothing else, the stored version's appointments come out again."""
    job = ask_for_solve(both)
    lease = both.lease(job)
    work = both.app.jobs.work(lease)
    outcome = solve_again(work.problem, Settings(seconds=0.5), work.seed)
    ended = both.app.jobs.complete(job, lease.fence, Solved.from_outcome(work.problem, outcome))
    store: Any = both.app._store
    with store.reading() as rows:
        log = rows.jobs.get(job).log
        promised = rows.versions.appointments(both.site_id, "imaging", ended.version)
    again = replay_again(work.problem, log_of(log))
    assert set(appointments_of(work.problem, again.plan)) == set(promised)
    assert len(promised) == 4


def test_progress_is_seen_while_it_runs(world: World) -> None:
    """The page polls the row: cost, bound, seconds."""
    job = ask_for_solve(world)
    lease = world.lease(job)
    report = Report(cost=77.25, bound=70.5, seconds=3.5, num_unplanned=2)
    assert world.app.jobs.report(job, lease.fence, report) is Signal.GO_ON
    view = world.app.ask(world.scheduler, ActiveJob())
    assert (view.state, view.cost, view.bound, view.seconds, view.num_unplanned) == ("running", 77.25, 70.5, 3.5, 2)


def test_nobody_who_writes_waits_for_a_problem_to_be_built(both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the worker's problem is built and its result is verified, somebody else's log-in is written all the same."""
    written: list[str] = []

    def slowly(what: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any, **named: Any) -> Any:
            both.app.execute(
                SYSTEM.in_site(both.site_id), CreateAccount(f"{what}-{both.site_id}", Role.VIEWER, "long-enough-1")
            )
            written.append(what)
            return work(*given, **named)

        return done

    job = ask_for_solve(both)
    lease = both.lease(job)
    both.app.execute(both.scheduler, RecordChanges("imaging", (downtime("MR2", at(5, 14)),), "coil"))
    monkeypatch.setattr(situation, "build_problem", slowly("building", situation.build_problem))
    monkeypatch.setattr(job_desk, "verified_result", slowly("verifying", job_desk.verified_result))
    both.app.jobs.complete(job, lease.fence, both.solved(lease))
    assert written == ["building", "verifying"]


def test_a_job_is_claimed_once(both: World) -> None:
    """The same message to two workers: the second goes home."""
    job = ask_for_solve(both)
    both.lease(job)
    assert both.app.jobs.claim(job, "worker-2", 60) is None


def test_a_stale_worker_writes_nothing(both: World) -> None:
    """A worker sleeps through its lease, another takes over: only the second one's result counts."""
    job = ask_for_solve(both)
    stale = both.lease(job)
    result = both.solved(stale)
    both.clock.forward(seconds=61)
    fresh = both.lease(job, "worker-2")
    assert (fresh.fence, fresh.attempt) == (stale.fence + 1, 2)
    assert both.app.jobs.renew(job, stale.fence, 60) is Signal.LOST
    with pytest.raises(WrongState):
        both.app.jobs.complete(job, stale.fence, result)
    assert both.app.ask(both.scheduler, Versions()) == ()
    assert both.app.jobs.complete(job, fresh.fence, result).state == "done"
    with pytest.raises(WrongState):
        both.app.jobs.complete(job, fresh.fence, result)
    assert len(both.app.ask(both.scheduler, Versions())) == 1


def test_after_three_attempts_a_person_is_called(world: World) -> None:
    """A job that kills its worker three times is not tried for ever."""
    job = ask_for_solve(world)
    for number in (1, 2, 3):
        assert world.lease(job, f"worker-{number}").attempt == number
        world.clock.forward(seconds=61)
    assert world.app.jobs.claim(job, "worker-4", 60) is None
    view = world.app.ask(world.scheduler, JobStatus(job))
    assert (view.state, view.error) == ("failed", "needs_a_person")


def test_a_failed_attempt_is_queued_again_until_the_last(world: World) -> None:
    """Twice the solver dies and the job waits again; the third time it has failed."""
    job = ask_for_solve(world)
    states = []
    for _ in range(3):
        lease = world.lease(job)
        states.append(world.app.jobs.fail(job, lease.fence, "solver_died", {"reason": "signal 9"}).state)
    assert states == ["queued", "queued", "failed"]


def test_a_leaving_worker_gives_its_attempt_back(world: World) -> None:
    """Shutting down is no failure: the job waits at once, as if it had not been begun."""
    job = ask_for_solve(world)
    lease = world.lease(job)
    world.app.jobs.release(job, lease.fence)
    assert world.lease(job, "worker-2").attempt == 1


def test_stop_is_heard_and_the_best_plan_kept(world: World) -> None:
    """The person clicks Stop: the worker hears it at its next step and hands in what it has."""
    job = ask_for_solve(world)
    lease = world.lease(job)
    world.app.execute(world.scheduler, StopJob(job))
    assert world.app.jobs.renew(job, lease.fence, 60) is Signal.STOP
    ended = world.app.jobs.complete(job, lease.fence, world.solved(lease))
    assert (ended.state, ended.version) == ("stopped", 1)


def test_a_queued_job_stops_at_once(world: World) -> None:
    """What has not begun is simply dropped, and another may be asked for."""
    job = ask_for_solve(world)
    world.app.execute(world.scheduler, StopJob(job))
    assert world.app.jobs.claim(job, "worker-1", 60) is None
    assert ask_for_solve(world) != job


def test_a_result_for_an_older_plan_is_superseded(both: World) -> None:
    """Somebody made a version while the solver ran: its result changes nothing."""
    job = ask_for_solve(both)
    lease = both.lease(job)
    result = both.solved(lease)
    both.move(0, "R3", "CT1", at(1, 9))
    ended = both.app.jobs.complete(job, lease.fence, result)
    assert (ended.state, ended.error, ended.version) == ("superseded", "plan_changed", None)
    assert len(both.app.ask(both.scheduler, Versions())) == 1


def test_a_result_that_no_longer_fits_is_superseded(both: World) -> None:
    """The scanner breaks while the solver runs: a plan on that scanner is not stored."""
    job = ask_for_solve(both)
    lease = both.lease(job)
    result = both.solved(lease)
    both.app.execute(both.scheduler, RecordChanges("imaging", (downtime("CT1", at(1, 8)),)))
    ended = both.app.jobs.complete(job, lease.fence, result)
    assert (ended.state, ended.error) == ("superseded", "world_changed")


@pytest.mark.parametrize(
    "wrong",
    [
        (("R1", "MR1", at(1, 9)), ("R3", "MR1", at(1, 10))),
        (*PLAN, ("R9", "CT1", at(1, 9))),
        (*PLAN, PLAN[0]),
        (("R1", "MR1", at(1, 9, 2)), *PLAN[1:]),
    ],
    ids=["wrong scanner", "unknown request", "twice", "off the grid"],
)
def test_a_corrupt_result_is_never_stored(world: World, wrong: tuple[tuple[str, str, object], ...]) -> None:
    """Whatever a worker hands in is verified here: a broken plan ends the job without a version."""
    job = ask_for_solve(world)
    lease = world.lease(job)
    ended = world.app.jobs.complete(job, lease.fence, world.solved(lease, wrong))  # type: ignore[arg-type]
    assert (ended.state, ended.error, ended.version) == ("failed", "plan_refused", None)
    assert world.app.ask(world.scheduler, Versions()) == ()


def test_waiting_jobs_are_rung_for_until_somebody_comes(both: World) -> None:
    """A queued job is rung for at once, then again after a while; one whose worker fell silent too; a running one is not."""
    job = ask_for_solve(both)
    assert [job in both.app.jobs.due_for_ringing() for _ in range(2)] == [True, False]
    both.clock.forward(seconds=21)
    assert [job in both.app.jobs.due_for_ringing() for _ in range(2)] == [True, False]
    both.lease(job)
    both.clock.forward(seconds=59)
    assert job not in both.app.jobs.due_for_ringing()
    both.clock.forward(seconds=2)
    assert job in both.app.jobs.due_for_ringing()


def test_keeping_what_is_promised_makes_moves_dearer(world: World) -> None:
    """With "as few changes as possible" the solver gets the same problem with dearer moves; the stored cost is the true one."""
    plain = world.app.jobs.work(world.lease(ask_for_solve(world)))
    world.app.execute(world.scheduler, StopJob(plain.job_id))
    world.clock.forward(seconds=61)
    assert world.app.jobs.claim(plain.job_id, "w", 60) is None
    job = ask_for_solve(world, min_changes=True)
    lease = world.lease(job)
    kept = world.app.jobs.work(lease)
    assert kept.problem.weights.moved == 10 * plain.problem.weights.moved
    assert replace(kept.problem, weights=plain.problem.weights) == plain.problem
