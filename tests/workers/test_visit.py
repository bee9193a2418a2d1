from __future__ import annotations

import threading
from pathlib import Path

import pytest

from planning.jobs import Signal
from planning.settings import Settings
from tests.workers.fakes import FakeChild, FakeJobs, solved
from workers import visit
from workers.visit import Ending, Visitor

BEGUN = {"is": "begun"}
PROGRESS = {"is": "progress", "cost": 41.0, "bound": None, "seconds": 0.7, "num_unplanned": 2}
DONE = {"is": "done"}


def visitor(jobs: FakeJobs, child: FakeChild, tmp_path: Path, *, is_leaving: bool = False) -> Visitor:
    leaving = threading.Event()
    if is_leaving:
        leaving.set()
    settings = Settings(home=tmp_path, lease_s=0.2)
    return Visitor(jobs, settings, is_leaving=leaving, new_child=child)  # type: ignore[arg-type]


def test_a_solved_job_is_handed_in(tmp_path: Path) -> None:
    """The plan of a finished solve is handed in under the number of the lease that it was made with."""
    jobs, child = FakeJobs(), FakeChild([{"is": "ready"}, BEGUN, PROGRESS, DONE], result=solved(37.0))
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.DONE
    assert jobs.calls == [("claim", "job-7"), ("report", "41.0"), ("complete", "job-7", "4", "37.0")]
    assert child.was_closed


def test_a_job_of_another_is_left_alone(tmp_path: Path) -> None:
    """A second ring for a job that somebody works on has no effect."""
    jobs, child = FakeJobs(lease_fence=None), FakeChild([])
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.NOT_OURS
    assert jobs.calls == [("claim", "job-7")]


def test_a_failed_solve_is_said(tmp_path: Path) -> None:
    """A solve that ran out of memory ends with that reason, not with silence."""
    jobs, child = FakeJobs(), FakeChild([BEGUN, {"is": "failed", "error": "solver_out_of_memory", "values": {}}])
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.FAILED
    assert jobs.calls[-1] == ("fail", "job-7", "4", "solver_out_of_memory")


def test_a_dead_child_is_noticed(tmp_path: Path) -> None:
    """A solver killed from outside is a failed attempt."""
    jobs, child = FakeJobs(), FakeChild([BEGUN, {"is": "over"}])
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.FAILED
    assert jobs.calls[-1] == ("fail", "job-7", "4", "solver_died")


def test_a_lost_lease_hands_in_nothing(tmp_path: Path) -> None:
    """Once another worker has the job, this one stops and writes nothing."""
    jobs, child = FakeJobs(signal=Signal.LOST), FakeChild([BEGUN, PROGRESS, DONE], result=solved())
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.LOST
    assert [call[0] for call in jobs.calls] == ["claim", "report"]
    assert child.was_closed


def test_stop_takes_the_best_plan_so_far(tmp_path: Path) -> None:
    """A planner who presses stop gets the best plan found until then."""
    jobs = FakeJobs(signal=Signal.STOP)
    child = FakeChild([BEGUN, PROGRESS], result=solved(39.5), when_stopped=[DONE])
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.DONE
    assert child.num_stops == 1
    assert jobs.calls[-1] == ("complete", "job-7", "4", "39.5")


def test_a_leaving_worker_gives_the_job_back(tmp_path: Path) -> None:
    """A worker that is shut down puts its job back in the queue; nothing is counted against the job."""
    jobs, child = FakeJobs(), FakeChild([BEGUN])
    leaver = visitor(jobs, child, tmp_path)
    timer = threading.Timer(0.2, leaver._is_leaving.set)
    timer.start()
    assert leaver.visit("job-7") is Ending.RELEASED
    timer.join()
    assert jobs.calls[-1] == ("release", "job-7", "4")
    assert visitor(jobs, child, tmp_path, is_leaving=True).visit("job-7") is Ending.NOT_OURS


def test_a_deaf_child_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that ignores its time limit and the request to stop is ended, and the job says why."""
    monkeypatch.setattr(visit, "OVERTIME_S", 0.05)
    monkeypatch.setattr(visit, "KILL_AFTER_S", 0.3)
    jobs, child = FakeJobs(seconds=0.1), FakeChild([BEGUN])
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.FAILED
    assert child.num_stops == 1
    assert child.was_closed
    assert jobs.calls[-1] == ("fail", "job-7", "4", "solver_no_plan_in_time")


def test_a_database_that_is_away_costs_no_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A finished plan is kept while the database restarts, and handed in as soon as it answers."""
    monkeypatch.setattr(visit, "HAND_IN_AGAIN_S", 0.01)
    jobs, child = FakeJobs(num_refusals=3), FakeChild([BEGUN, DONE], result=solved(37.0))
    assert visitor(jobs, child, tmp_path).visit("job-7") is Ending.DONE
    assert jobs.calls == [("claim", "job-7"), ("complete", "job-7", "4", "37.0")]
