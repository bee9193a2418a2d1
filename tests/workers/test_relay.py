from __future__ import annotations

import threading

from tests.workers.fakes import FakeJobs
from workers.relay import Relay


def test_every_waiting_job_is_rung() -> None:
    """Each job that waits gets its ring, and nothing but its id is sent."""
    rung: list[str] = []
    assert Relay(FakeJobs(due=("job-3", "job-9")), rung.append).round() == 2
    assert rung == ["job-3", "job-9"]


def test_a_broker_that_is_away_is_waited_for() -> None:
    """A broker that does not answer costs a round, not the relay."""

    def refuse(job_id: str) -> None:
        raise ConnectionError("broker is away")

    assert Relay(FakeJobs(due=("job-3",)), refuse).round() == 0


def test_a_database_that_is_away_is_waited_for() -> None:
    """A database that does not answer costs a round, not the relay."""
    assert Relay(FakeJobs(due=("job-3",), is_away=True), lambda _: None).round() == 0


def test_it_goes_round_until_it_is_stopped() -> None:
    """The relay rings again and again, and ends when told."""
    num_rings = 0
    has_rung_twice = threading.Event()

    def count(_: str) -> None:
        nonlocal num_rings
        num_rings += 1
        if num_rings == 2:
            has_rung_twice.set()

    relay = Relay(FakeJobs(due=("job-3",)), count, every_s=0.01)
    relay.start()
    assert has_rung_twice.wait(10)
    relay.stop()
    assert not relay.is_alive()
