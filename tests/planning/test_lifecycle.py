"""From draft to plan in force."""

from __future__ import annotations

import pytest

from hospital.changes import SetPriority
from hospital.errors import BadInput, Conflict, NotAllowed, PlanRefused, WrongState
from hospital.plans import AppointmentStatus, PlanStatus
from planning.commands import (
    ApproveDraft,
    MarkAppointment,
    PublishSameDay,
    RecordChanges,
    RejectDraft,
    RemoveAppointment,
    ReviewSameDay,
    SubmitDraft,
    TickCall,
    UndoVersion,
)
from planning.queries import CallList, Compare, PlanView, ReviewList, Versions
from tests.planning.world import World, at, downtime


def test_a_second_person_approves_and_publishes_in_one_act(both: World) -> None:
    """The scheduler submits, the approver approves: from that click the plan is in force."""
    draft = both.move(0, "R3", "CT1", at(1, 9))
    both.app.execute(both.scheduler, SubmitDraft(draft, "for Monday"))
    both.app.execute(both.approver, ApproveDraft(draft))
    version = both.page().version
    assert version is not None
    assert (version.number, version.status, version.approver) == (1, PlanStatus.PUBLISHED, "approver")
    assert both.page().published == 1


def test_nobody_approves_an_own_draft(both: World) -> None:
    """An approver who made the draft must ask somebody else."""
    draft = both.move(0, "R3", "CT1", at(1, 9), by=both.approver)
    both.app.execute(both.approver, SubmitDraft(draft))
    with pytest.raises(NotAllowed, match="another person"):
        both.app.execute(both.approver, ApproveDraft(draft))
    assert both.page().published is None


def test_a_draft_is_not_approved_before_it_is_submitted(world: World) -> None:
    """No step is skipped."""
    draft = world.move(0, "R3", "CT1", at(1, 9))
    with pytest.raises(WrongState):
        world.app.execute(world.approver, ApproveDraft(draft))


def test_a_new_plan_in_force_supersedes_the_old(both: World) -> None:
    """There is one plan in force, never two."""
    first = both.published_plan()
    second = both.move(first, "R4", "CT1", at(3, 12))
    both.publish(second)
    found = {row.number: row.status for row in both.app.ask(both.scheduler, Versions())}
    assert (found[first], found[second]) == (PlanStatus.SUPERSEDED, PlanStatus.PUBLISHED)


def test_a_rejected_draft_stays_rejected(world: World) -> None:
    """A draft sent back, with the reason, cannot be submitted again; the page shows the one before it."""
    draft = world.move(0, "R3", "CT1", at(1, 9))
    world.app.execute(world.scheduler, SubmitDraft(draft))
    world.app.execute(world.approver, RejectDraft(draft, "too late in the day"))
    with pytest.raises(WrongState):
        world.app.execute(world.scheduler, SubmitDraft(draft))
    assert world.page().version is None


def test_work_goes_on_from_the_plan_before_a_rejected_draft(both: World) -> None:
    """After a draft was rejected the next move starts from the plan in force, not from what nobody wanted."""
    first = both.published_plan()
    draft = both.move(first, "R4", "CT1", at(3, 12))
    both.app.execute(both.approver, RejectDraft(draft, "R4 cannot come at noon"))
    assert both.page().head == first
    again = both.move(first, "R4", "CT1", at(3, 13))
    assert both.page().version.base == first
    with pytest.raises(Conflict):
        both.move(first, "R3", "CT1", at(3, 14))
    assert again == draft + 1


def test_taking_back_what_is_in_force_gives_the_plan_in_force_before(both: World) -> None:
    """Two drafts lead to the plan in force; taking it back undoes both, as patients were never told of the one between."""
    first = both.published_plan()
    middle = both.move(first, "R4", "CT1", at(3, 12))
    last = both.move(middle, "R4", "CT1", at(3, 14))
    both.publish(last)
    undone = both.app.execute(both.scheduler, UndoVersion(last, "wrong day"))
    before = both.app.ask(both.scheduler, PlanView(version=first)).appointments
    after = both.app.ask(both.scheduler, PlanView(version=undone)).appointments
    assert {(row.about.request, row.start) for row in after} == {(row.about.request, row.start) for row in before}


def test_the_call_list_names_who_moved_from_where_to_where(both: World) -> None:
    """After publication the list says whom to call: new, moved, nobody else; a tick stays."""
    first = both.published_plan()
    calls = both.app.ask(both.scheduler, CallList(first))
    assert {(row.request, row.old == ()) for row in calls} == {("R3", True), ("R4", True)}
    both.app.execute(both.scheduler, TickCall(first, "R4"))
    second = both.move(first, "R4", "CT1", at(3, 13))
    both.publish(second)
    (row,) = both.app.ask(both.scheduler, CallList(second))
    assert row.patient == "P-R4"
    assert (row.old[0].start, row.new[0].start) == (at(3, 11), at(3, 13))
    both.app.execute(both.scheduler, TickCall(second, "R4"))
    (row,) = both.app.ask(both.scheduler, CallList(second))
    assert (row.is_done, row.done_by) == (True, "scheduler")


def test_who_was_not_called_yet_is_called_once_about_the_last_word(world: World) -> None:
    """R4 was never told of 11 o'clock: after the move there is one call, to 13 o'clock; moved back to nothing, there is none."""
    first = world.published_plan()
    second = world.move(first, "R4", "CT1", at(3, 13))
    world.publish(second)
    (row,) = world.app.ask(world.scheduler, CallList(second))
    assert (row.old, row.new[0].start, row.is_done) == ((), at(3, 13), False)
    found = {row.request: (row.is_done, row.done_by) for row in world.app.ask(world.scheduler, CallList(first))}
    assert found == {"R3": (False, None), "R4": (True, None)}
    third = world.app.execute(world.scheduler, RemoveAppointment("imaging", second, "R4"))
    world.publish(third)
    assert world.app.ask(world.scheduler, CallList(third)) == ()


def test_a_downtime_may_be_published_the_same_day_and_is_reviewed(both: World) -> None:
    """The scanner breaks, one person publishes at once with a reason, the approver finds it on the review list."""
    first = both.published_plan()
    both.app.execute(both.scheduler, RecordChanges("imaging", (downtime("CT1", at(3, 10)),), "tube"))
    both.app.execute(both.scheduler, TickCall(first, "R4"))
    draft = both.app.execute(both.scheduler, RemoveAppointment("imaging", first, "R4"))
    with pytest.raises(BadInput, match="reason"):
        both.app.execute(both.scheduler, PublishSameDay(draft, " "))
    both.app.execute(both.scheduler, PublishSameDay(draft, "CT1 broke down"))
    (call,) = both.app.ask(both.scheduler, CallList(draft))
    assert (call.request, call.new, call.cause, call.reason) == ("R4", (), "resource_downtime", "tube")
    (review,) = both.app.ask(both.approver, ReviewList())
    assert (review.version.number, review.is_reviewed) == (draft, False)
    both.app.execute(both.approver, ReviewSameDay(draft))
    assert both.app.ask(both.approver, ReviewList())[0].is_reviewed


def test_an_ordinary_wish_is_not_published_the_same_day(world: World) -> None:
    """Moving somebody for convenience needs the approver."""
    first = world.published_plan()
    draft = world.move(first, "R4", "CT1", at(3, 12))
    with pytest.raises(WrongState, match="emergency"):
        world.app.execute(world.scheduler, PublishSameDay(draft, "nicer"))
    changes = (downtime("MR2", at(2, 8)), SetPriority(patient_ids=("R4",), priority="urgent"))
    world.app.execute(world.scheduler, RecordChanges("imaging", changes))
    with pytest.raises(WrongState, match="other causes"):
        world.app.execute(world.scheduler, PublishSameDay(draft, "nicer"))


def test_a_no_show_may_be_answered_the_same_day(world: World) -> None:
    """A patient does not come, another takes the place at once."""
    first = world.published_plan()
    world.app.execute(world.scheduler, MarkAppointment("R3", AppointmentStatus.NO_SHOW))
    draft = world.move(first, "R4", "CT1", at(1, 9))
    world.app.execute(world.scheduler, PublishSameDay(draft, "R3 did not come"))
    assert [row.request for row in world.app.ask(world.scheduler, CallList(draft))] == ["R4"]


def test_a_plan_broken_by_a_later_change_is_not_published(both: World) -> None:
    """A draft made before the scanner broke is verified again when it is approved, and refused."""
    first = both.published_plan()
    draft = both.move(first, "R4", "CT1", at(3, 12))
    both.app.execute(both.scheduler, SubmitDraft(draft))
    both.app.execute(both.scheduler, RecordChanges("imaging", (downtime("CT1", at(1, 8)),)))
    with pytest.raises(PlanRefused) as refusal:
        both.app.execute(both.approver, ApproveDraft(draft))
    assert {match.rule for match in refusal.value.matches} >= {"maintenance"}
    assert both.page().published == first


def test_undo_is_a_new_version_equal_to_the_one_before(world: World) -> None:
    """Undoing a version never deletes it: a new draft says what stood before."""
    first = world.published_plan()
    second = world.move(first, "R4", "CT1", at(3, 13))
    third = world.app.execute(world.scheduler, UndoVersion(second))
    assert third == second + 1
    assert world.app.ask(world.scheduler, Compare("imaging", first, third)).moved == ()
    (moved,) = world.app.ask(world.scheduler, Compare("imaging", second, third)).moved
    assert (moved.about.request, moved.new.start) == ("R4", at(3, 11))


def test_an_edit_of_an_old_version_is_refused_with_the_difference(both: World) -> None:
    """Who worked on yesterday's version is told what has changed since, and by whom."""
    first = both.published_plan()
    both.move(first, "R4", "CT1", at(3, 12))
    with pytest.raises(Conflict) as refusal:
        both.move(first, "R2", "MR2", at(3, 11))
    assert refusal.value.values["author"] == "scheduler"
    (row,) = refusal.value.values["difference"]
    assert (row["task"], row["new"]["start"][11:16]) == ("R4", "12:00")


def test_a_broken_rule_is_never_stored(world: World) -> None:
    """A CT request dropped on an MR leaves no version, only the rule's name."""
    with pytest.raises(PlanRefused) as refusal:
        world.move(0, "R3", "MR1", at(1, 10))
    assert "fits" in {match.rule for match in refusal.value.matches}
    assert world.page().head == 0
