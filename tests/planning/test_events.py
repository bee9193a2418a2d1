"""What happens to the plan's world: changes, marks, cancellations."""

from __future__ import annotations

import pytest

from hospital.changes import InsertUrgent, Lock, SetPriority, When
from hospital.errors import BadInput, CaretableError, PlanRefused, UnknownId, WrongState
from hospital.plans import AppointmentStatus
from planning.actors import Role
from planning.commands import CancelRequests, MarkAppointment, RecordChanges, RevealPatient, UndoChange
from planning.queries import AuditLog, CallList, Changes
from tests.planning.world import World, at, downtime


def record(world: World, *changes: object, reason: str = "", name: str = "") -> tuple[str, ...]:
    actor = world.person(Role.SCHEDULER, name)
    ids: tuple[str, ...] = world.app.execute(actor, RecordChanges("imaging", changes, reason))  # type: ignore[arg-type]
    return ids


def test_a_downtime_shows_on_the_page_and_names_whom_it_hits(both: World) -> None:
    """CT1 breaks on Wednesday at 10: the timeline shows it closed, R4 at 11 is marked with the rule it now breaks."""
    number = both.published_plan()
    record(both, downtime("CT1", at(3, 10)), reason="tube")
    page = both.page(number)
    closed = [span for row in page.resources if row.id == "CT1" for span in row.spans if span.kind == "downtime"]
    assert (closed[0].start, len(closed)) == (at(3, 10), 1)
    broken = {row.about.request: {match.rule for match in row.broken} for row in page.appointments if row.broken}
    assert set(broken) == {"R4"}
    assert "maintenance" in broken["R4"]
    (change,) = page.pending
    assert (change.intent, change.author, change.reason, change.is_active) == (
        "resource_downtime",
        "scheduler",
        "tube",
        True,
    )


def test_an_undone_change_is_as_if_it_had_never_been(world: World) -> None:
    """Undone by its author: the scanner is open again; the list still tells who recorded and who undid it."""
    number = world.published_plan()
    (change_id,) = record(world, downtime("CT1", at(3, 10)))
    assert world.app.execute(world.scheduler, UndoChange()) == change_id
    assert not any(row.broken for row in world.page(number).appointments)
    (row,) = world.app.ask(world.scheduler, Changes())
    assert (row.is_active, row.undone_by) == (False, "scheduler")
    with pytest.raises(WrongState):
        world.app.execute(world.scheduler, UndoChange(change_id))


def test_undo_without_an_id_takes_ones_own_last(world: World) -> None:
    """Li and Sun record in turn; Li's undo takes Li's last, not Sun's later one."""
    record(world, downtime("CT1", at(3, 10)), name="Li")
    (second,) = record(world, downtime("MR1", at(3, 10)), name="Li")
    record(world, downtime("MR2", at(3, 13)), name="Sun")
    assert world.app.execute(world.person(Role.SCHEDULER, "Li"), UndoChange()) == second
    with pytest.raises(WrongState):
        world.app.execute(world.person(Role.SCHEDULER, "Zhao"), UndoChange())


def test_an_emergency_becomes_a_request_without_a_place(both: World) -> None:
    """An emergency CT is inserted: it stands first on the unplanned list until it has a place."""
    record(both, InsertUrgent(problem="imaging", service="CT", patient_ids=("P-NEW",), duration_min=10))
    first = both.page().unplanned[0]
    assert (first.about.patient, first.about.rclass, first.about.minutes) == ("P-NEW", "emergency", 10)
    assert first.price > both.page().unplanned[-1].price


def test_a_change_that_means_nothing_is_refused_at_the_door(world: World) -> None:
    """A scanner that does not exist, nobody to lock, no change at all: refused, nothing recorded."""
    for changes in ((downtime("CT99", at(3, 10)),), (Lock(patient_ids=("P-99",)),), ()):
        with pytest.raises(CaretableError):
            record(world, *changes)
    assert world.app.ask(world.scheduler, Changes()) == ()


def test_a_lock_holds_an_appointment(world: World) -> None:
    """A locked appointment cannot be dragged until it is unlocked."""
    number = world.published_plan()
    record(world, Lock(patient_ids=("R4",)))
    assert [row.about.request for row in world.page().appointments if row.is_locked] == ["R4"]
    with pytest.raises(PlanRefused) as refusal:
        world.move(number, "R4", "CT1", at(3, 13))
    assert {match.rule for match in refusal.value.matches} == {"locks"}
    world.app.execute(world.scheduler, UndoChange())
    assert world.move(number, "R4", "CT1", at(3, 13)) == number + 1


def test_a_cancelled_request_does_not_stop_the_changes_that_named_it(world: World) -> None:
    """R4 was made urgent, then cancelled: the change is void, the rest of the plan goes on."""
    record(world, SetPriority(patient_ids=("R4",), priority="urgent"))
    record(world, downtime("MR1", at(2, 10)))
    world.app.execute(world.scheduler, CancelRequests(("R4",), "died"))
    page = world.page()
    assert {row.intent: row.is_void for row in page.changes} == {"set_priority": True, "resource_downtime": False}
    assert "R4" not in {row.about.request for row in page.unplanned}


def test_a_mark_is_seen_and_started_ones_are_history(both: World) -> None:
    """One click: R3 has started, its bar is frozen and cannot be dragged any more; late keeps its minutes."""
    number = both.published_plan()
    both.app.execute(both.scheduler, MarkAppointment("R3", AppointmentStatus.STARTED))
    both.app.execute(both.scheduler, MarkAppointment("R1", AppointmentStatus.LATE, 25))
    rows = {row.about.request: row for row in both.page().appointments}
    assert (rows["R3"].status, rows["R3"].is_frozen) == (AppointmentStatus.STARTED, True)
    assert (rows["R1"].status, rows["R1"].came_late_min) == (AppointmentStatus.LATE, 25)
    with pytest.raises(WrongState, match="history"):
        both.move(number, "R3", "CT1", at(1, 15))
    audit = both.app.ask(both.approver, AuditLog(limit=3))
    assert (audit[2].before, audit[2].after) == ("", "started")


def test_a_mark_needs_a_published_appointment(world: World) -> None:
    """Nothing is marked in a draft, nor for somebody without an appointment."""
    world.move(0, "R3", "CT1", at(1, 9))
    with pytest.raises(WrongState):
        world.app.execute(world.scheduler, MarkAppointment("R3", AppointmentStatus.DONE))
    world.publish(1)
    with pytest.raises(UnknownId):
        world.app.execute(world.scheduler, MarkAppointment("R4", AppointmentStatus.DONE))
    with pytest.raises(BadInput):
        world.app.execute(world.scheduler, MarkAppointment("R3", AppointmentStatus.LATE, -5))


def test_a_no_show_stays_in_later_versions_and_nobody_is_called_for_it(world: World) -> None:
    """R3 did not come: the next version still shows it where it was, and the call list does not name R3."""
    number = world.published_plan()
    world.app.execute(world.scheduler, MarkAppointment("R3", AppointmentStatus.NO_SHOW))
    second = world.move(number, "R4", "CT1", at(3, 13))
    assert "R3" in {row.about.request for row in world.page(second).appointments}
    world.publish(second)
    assert [row.request for row in world.app.ask(world.scheduler, CallList(second))] == ["R4"]


def test_an_emergency_that_does_not_come_stays_in_sight(world: World) -> None:
    """The no-show of a request recorded here is shown where it was, and can be taken back."""
    world.published_plan()
    record(world, InsertUrgent(problem="imaging", service="CT", patient_ids=("P-77",), duration_min=10))
    (name,) = (row.about.request for row in world.page().unplanned if row.about.patient == "P-77")
    second = world.move(world.page().head, name, "CT1", at(3, 13))
    world.publish(second)
    for status in (AppointmentStatus.NO_SHOW, AppointmentStatus.PLANNED):
        world.app.execute(world.scheduler, MarkAppointment(name, status))
        (found,) = (row for row in world.page().appointments if row.about.request == name)
        assert (found.status, found.resource, found.start) == (status, "CT1", at(3, 13))


def test_who_a_patient_is_is_told_to_some_and_every_look_is_logged(world: World) -> None:
    """The scheduler looks behind the pseudonym of R4; the log says who looked."""
    with world.app._store.writing() as work:
        work.records.put_identities(world.site_id, {"P-R4": {"name": "王小明", "phone": "555 0101"}})
        work.commit()
    found = world.app.execute(world.scheduler, RevealPatient("R4"))
    assert (found.patient, found.identity["name"]) == ("P-R4", "王小明")
    (row,) = world.app.ask(world.approver, AuditLog(limit=1))
    assert (row.command, row.details["request_id"]) == ("RevealPatient", "R4")
    assert "王小明" not in str(row)
    assert "王小明" not in str(world.page())


def test_a_recurring_downtime_is_a_change_like_any_other(world: World) -> None:
    """Every day from 12 to 14: the timeline closes the scanner on each day."""
    when = When(from_time="12:00", to_time="14:00")
    record(world, downtime("CT1", at(1, 8)).model_copy(update={"when": when}))
    spans = [span for row in world.page().resources if row.id == "CT1" for span in row.spans if span.kind == "downtime"]
    assert [span.start for span in spans] == [at(1, 12), at(2, 12), at(3, 12)]
