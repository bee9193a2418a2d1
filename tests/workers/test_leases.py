from __future__ import annotations

import time
from datetime import timedelta

from planning.jobs import Lease, Report, Signal
from tests.workers.fakes import NOW, FakeJobs
from workers.leases import LeaseKeeper

LEASE = Lease("job-7", "w", 4, 1, NOW + timedelta(seconds=1))
REPORT = Report(cost=41.0, bound=None, seconds=0.7, num_unplanned=2)


def wait_for(keeper: LeaseKeeper, signal: Signal, seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while keeper.signal is not signal and time.monotonic() < end:
        time.sleep(0.01)
    return keeper.signal is signal


def test_a_lease_is_renewed_while_work_goes_on() -> None:
    """A long solve keeps its job."""
    jobs = FakeJobs()
    with LeaseKeeper(jobs, LEASE, 0.8) as keeper:
        assert jobs.renewed.wait(10)
        assert keeper.signal is Signal.GO_ON


def test_the_wish_to_stop_is_heard() -> None:
    """Pressing stop reaches the worker with the next renewal."""
    with LeaseKeeper(FakeJobs(signal=Signal.STOP), LEASE, 2.0) as keeper:
        assert wait_for(keeper, Signal.STOP)


def test_a_lost_lease_stays_lost() -> None:
    """What another worker has taken over never comes back."""
    jobs = FakeJobs(signal=Signal.LOST)
    with LeaseKeeper(jobs, LEASE, 0.4) as keeper:
        assert wait_for(keeper, Signal.LOST)
        jobs.signal = Signal.GO_ON
        keeper.report(REPORT)
        assert keeper.signal is Signal.LOST


def test_a_short_absence_of_the_database_is_survived() -> None:
    """A database that is away for less than the lease costs nothing."""
    jobs = FakeJobs(is_away=True)
    with LeaseKeeper(jobs, LEASE, 4.0) as keeper:
        keeper.report(REPORT)
        assert jobs.renewed.wait(10)
        assert keeper.signal is Signal.GO_ON
        jobs.is_away = False
        jobs.signal = Signal.STOP
        assert wait_for(keeper, Signal.STOP)


def test_a_long_absence_of_the_database_ends_the_lease() -> None:
    """Who could not renew for a whole lease must not believe that the job is still theirs."""
    with LeaseKeeper(FakeJobs(is_away=True), LEASE, 0.3) as keeper:
        assert wait_for(keeper, Signal.LOST)
