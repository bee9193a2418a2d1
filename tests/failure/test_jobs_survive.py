"""Whatever is killed, nothing asked for is lost and nothing is done twice."""

from __future__ import annotations

import signal

import pytest

from cli.processes import wait_until
from hospital.errors import WrongState
from planning.commands import StopJob
from tests.failure.rig import Rig, kept_result

pytestmark = pytest.mark.broker

ARROWS_BEFORE = (
    "after:due_for_ringing",
    "before:claim",
    "after:claim",
    "after:work",
    "after:report",
    "before:complete",
)


def test_a_plan_is_made(installation: Rig) -> None:
    """Asked for a plan, the department gets one draft, and the page sees how far it is."""
    job_id = installation.first_job()
    assert installation.job(job_id).state == "queued"
    installation.start_worker(child="slow")
    assert wait_until(lambda: installation.job(job_id).cost == 47.0, seconds=60)
    ended = installation.wait_for_end(job_id)
    assert (ended.state, ended.attempt, ended.error) == ("done", 1, "")
    assert installation.num_versions() == 1


def test_killed_at_every_arrow(installation: Rig) -> None:
    """Workers that lose their power one after the other, each a step later, leave the old state; the last one the new."""
    job_id = installation.first_job()
    for arrow in ARROWS_BEFORE:
        kill_a_worker(installation, arrow)
        assert installation.job(job_id).is_active, arrow
        assert installation.num_versions() == 0, arrow
    kill_a_worker(installation, "after:complete")
    assert installation.job(job_id).state == "done"
    assert installation.num_versions() == 1


def kill_a_worker(installation: Rig, arrow: str) -> None:
    """Start a worker that dies at that arrow, and see it die."""
    victim = installation.start_worker(fault=arrow)
    assert wait_until(lambda: not victim.is_running, seconds=60), installation.told()
    assert victim.exit_code == -signal.SIGKILL, installation.told()


def test_killed_in_the_middle_of_a_solve(installation: Rig) -> None:
    """A worker killed while it solves is replaced: its solver goes with it and another one makes the plan, once."""
    job_id = installation.first_job()
    victim = installation.start_worker(child="deaf")
    assert wait_until(lambda: installation.job(job_id).cost == 47.0, seconds=60), installation.told()
    victim.send(signal.SIGKILL)
    installation.start_worker()
    ended = installation.wait_for_end(job_id)
    assert (ended.state, ended.attempt) == ("done", 2)
    assert installation.num_versions() == 1


def test_a_leaving_worker_hands_the_job_on(installation: Rig) -> None:
    """A worker that is shut down in an orderly way gives its job back at once, and nothing is counted against it."""
    job_id = installation.first_job()
    leaver = installation.start_worker(child="patient")
    installation.wait_until_running(job_id)
    leaver.stop()
    assert leaver.exit_code == 0
    assert installation.job(job_id).state == "queued"
    installation.start_worker()
    ended = installation.wait_for_end(job_id)
    assert (ended.state, ended.attempt) == ("done", 1)


def test_the_broker_forgets_everything(installation: Rig) -> None:
    """A broker emptied by mistake loses no job: the database still knows and rings again."""
    job_id = installation.first_job()
    installation.send(job_id, times=3)
    installation.broker.empty()
    installation.start_worker()
    assert installation.wait_for_end(job_id).state == "done"
    assert installation.num_versions() == 1


def test_the_broker_goes_away_and_comes_back(installation: Rig) -> None:
    """A job asked for while the broker is away is done when it is back."""
    first = installation.first_job()
    installation.start_worker()
    installation.wait_for_end(first)
    installation.broker.stop()
    second = installation.another_job()
    assert not wait_until(lambda: not installation.job(second).is_active, seconds=3)
    installation.broker.start()
    assert installation.wait_for_end(second, seconds=30).state == "done"
    assert installation.num_versions() == 2


def test_the_same_message_ten_times(installation: Rig) -> None:
    """One wish for a plan, delivered ten times, makes one plan."""
    job_id = installation.first_job()
    installation.send(job_id, times=10)
    installation.start_worker()
    ended = installation.wait_for_end(job_id)
    installation.send(job_id, times=3)
    again = installation.another_job()
    installation.wait_for_end(again)
    assert (ended.state, ended.attempt) == ("done", 1)
    assert installation.num_versions() == 2


def test_two_workers_on_one_job(installation: Rig) -> None:
    """Two workers called to the same job: one works, the other leaves it alone."""
    job_id = installation.first_job()
    installation.send(job_id, times=4)
    installation.start_worker(child="slow")
    installation.start_worker(child="slow")
    ended = installation.wait_for_end(job_id)
    assert (ended.state, ended.attempt) == ("done", 1)
    assert installation.num_versions() == 1


def test_a_stale_worker_wakes_up(installation: Rig) -> None:
    """A worker frozen for longer than its lease finds the job done by another and changes nothing."""
    job_id = installation.first_job()
    sleeper = installation.start_worker(child="slow")
    assert wait_until(lambda: installation.job(job_id).cost == 47.0, seconds=60), installation.told()
    installation.freeze(sleeper, job_id)
    installation.start_worker()
    ended = installation.wait_for_end(job_id)
    assert ended.state == "done"
    assert ended.attempt >= 2
    sleeper.send(signal.SIGCONT)
    assert wait_until(lambda: "attempt 1 lost" in sleeper.text(), seconds=30), installation.told()
    assert installation.num_versions() == 1


def test_an_old_number_is_refused(installation: Rig) -> None:
    """However often a result comes in under an old lease number, it is not stored."""
    job_id = installation.first_job()
    jobs = installation.application.jobs
    old = jobs.claim(job_id, "first", 0.05)
    assert old is not None
    taken: list[object] = []
    assert wait_until(lambda: bool(taken.append(jobs.claim(job_id, "second", 60)) or taken[-1]), seconds=10)
    new = taken[-1]
    for _ in range(100):
        with pytest.raises(WrongState, match=job_id):
            jobs.complete(job_id, old.fence, kept_result())
    assert installation.num_versions() == 0
    assert installation.job(job_id).state == "running"
    jobs.complete(job_id, new.fence, kept_result())  # type: ignore[attr-defined]
    assert installation.num_versions() == 1


def test_stop_is_obeyed(installation: Rig) -> None:
    """A planner who presses stop gets the best plan so far within seconds."""
    job_id = installation.first_job()
    installation.start_worker(child="patient")
    installation.wait_until_running(job_id)
    installation.application.execute(installation.actor, StopJob(job_id))
    assert installation.wait_for_end(job_id, seconds=20).state in ("done", "stopped")
    assert installation.num_versions() == 1
