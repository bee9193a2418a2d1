"""Recorded changes after the plan they led to is in force."""

from __future__ import annotations

from typing import Any

from hospital.changes import CancelRequest, InsertUrgent, SwapRequests, When
from planning.commands import RecordChanges, RequestSolve
from planning.queries import Changes
from tests.planning.world import PLAN, World, at


def record(world: World, change: Any) -> None:
    world.app.execute(world.scheduler, RecordChanges("imaging", (change,), "said so"))


def test_a_published_emergency_keeps_its_place(world: World) -> None:
    """An emergency made by a change is planned and published: it is an appointment in force like any other, not new again."""
    record(world, InsertUrgent(problem="imaging", service="CT"))
    (new,) = {row.about.request for row in world.page().unplanned} - {"R3", "R4"}
    world.clock.forward(minutes=5)
    draft = world.move(0, new, "CT1", at(1, 8))
    world.publish(draft)
    page = world.page()
    (there,) = [row for row in page.appointments if row.about.request == new]
    assert (there.resource, there.start, there.is_new, there.is_moved) == ("CT1", at(1, 8), False, False)
    assert new not in {row.about.request for row in page.unplanned}


def test_a_published_swap_is_not_swapped_back(world: World) -> None:
    """R1 and R2 exchange places; once published nobody has to move again."""
    base = world.published_plan()
    world.clock.forward(minutes=5)
    record(world, SwapRequests(patient_ids=("R1", "R2")))
    world.clock.forward(minutes=5)
    job = world.app.execute(world.scheduler, RequestSolve("imaging", 5.0, base_version=base))
    lease = world.lease(job)
    exchanged = (("R1", "MR2", at(3, 10)), ("R2", "MR1", at(1, 9)), *PLAN[2:])
    done = world.app.jobs.complete(job, lease.fence, world.solved(lease, exchanged))
    world.publish(done.version)
    page = world.page()
    places = {row.about.request: row.resource for row in page.appointments}
    assert (places["R1"], places["R2"]) == ("MR2", "MR1")
    assert page.violations == ()


def test_a_narrowed_cancellation_names_the_request(world: World) -> None:
    """'What P-R2 has on Wednesday' is kept as R2, so that it stays cancelled when nothing stands there any more."""
    record(world, CancelRequest(patient_ids=("P-R2",), when=When(days=("WE",))))
    (row,) = world.app.ask(world.scheduler, Changes())
    assert row.change == CancelRequest(patient_ids=("R2",))
