"""What a planner is offered for a course, and for one session."""

from __future__ import annotations

import pytest

from hospital.errors import UnknownId
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.solve import Settings
from scheduler.kernel.verify import verify
from scheduler.radiotherapy.booking.search import offers
from scheduler.radiotherapy.build import build, decided
from scheduler.radiotherapy.slots import slots
from scheduler.radiotherapy.solve import solve
from tests.scheduler.radiotherapy.site import at, site

PROBLEM = build(site())
PLAN = solve(PROBLEM, Settings(seconds=1), 1).plan.plan


def test_a_new_course_is_offered_its_cheapest_first_days_with_all_visits() -> None:
    """Three first days of B, cheapest first; the price is the sum of its rules, and the visits fill a plan that every rule accepts."""
    empty = PLAN.placed(PROBLEM.task_of["B/1"], None)
    found = slots(PROBLEM, empty, "B")
    assert [slot.price for slot in found] == sorted(slot.price for slot in found)
    assert len({slot.visits[0].start.date() for slot in found}) == 3
    for slot in found:
        assert slot.price == pytest.approx(sum(slot.cost_by_rule.values()), abs=1e-3)
        visit = slot.visits[0]
        start = PROBLEM.clock.minute(visit.start)
        filled = empty.placed(PROBLEM.task_of["B/1"], Place(PROBLEM.resource_of[visit.resource], start))
        verify(decided(PROBLEM, filled), filled)


def test_the_offered_starts_are_those_of_booking() -> None:
    """The page, the command and booking itself agree on the prices; the present start is told as such."""
    judged = decided(PROBLEM, PLAN)
    assert [slot.price for slot in slots(PROBLEM, PLAN, "B")] == [
        offer.points for offer in offers(judged, judged.course_index["B"])
    ]
    assert [slot.is_present for slot in slots(PROBLEM, PLAN, "B")].count(True) <= 1


def test_one_session_of_a_running_course_is_offered_other_hours_of_its_day_then_other_days() -> None:
    """A/3 of Friday: another free hour moves no session, another day one, nobody else; history is offered nothing."""
    found = slots(PROBLEM, PLAN, "A/3", count=8)
    assert [slot.price for slot in found] == sorted(slot.price for slot in found)
    hours = [slot for slot in found if "session_moved" not in slot.cost_by_rule]
    assert 1 <= len(hours) < len(found)
    for slot in found:
        days = {visit.start.date() for visit in slot.visits}
        assert (at(6).date() in days) == (slot in hours)
        assert slot.cost_by_rule.get("session_moved", PROBLEM.weights.moved) == PROBLEM.weights.moved
        assert [visit.session for visit in slot.visits] == [2, 3, 4, 5]
    assert slots(PROBLEM, PLAN, "A/1") == ()
    with pytest.raises(UnknownId):
        slots(PROBLEM, Plan.empty(len(PROBLEM.task_ids)), "Z")
