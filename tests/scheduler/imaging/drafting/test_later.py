"""A change that was recorded long ago still means what it meant."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hospital.changes import Change, changes_from_json
from scheduler.imaging.build import appointments_of, build, resolved
from scheduler.kernel.plan import Place, Plan
from tests.scheduler.imaging.small_site import DAY, appointment, at, booking, request, site_with

SITE = site_with(
    [request("A", patient="P"), request("B", "CT-PLAIN", patient="P"), request("C", patient="Q")],
    [booking("A", "MR1", at(3, 8)), booking("B", "CT1", at(2, 9), 5), booking("C", "MR2", at(3, 10))],
)


def change(intent: str, **fields: Any) -> Change:
    return changes_from_json({"intent": intent, **fields}, timezone="Asia/Shanghai")[0]


def urgent() -> Change:
    return change("insert_urgent", problem="imaging", service="CT")


def test_an_emergency_waits_since_it_was_reported() -> None:
    """Reported at 07:10 and still not examined at 09:00, it has waited since 07:10."""
    problem = build(SITE, now=at(1, 9), changes=[urgent()], said_at=[at(1, 7, 10)])
    assert problem.cases[-1].earliest == 430


def test_two_alike_keep_their_names_when_one_is_taken_back() -> None:
    """Two CT emergencies at different times: undoing the first does not turn the second into it."""
    both = build(SITE, changes=[urgent(), urgent()], said_at=[at(1, 6), at(1, 6, 30)]).task_ids[-2:]
    only = build(SITE, changes=[urgent()], said_at=[at(1, 6, 30)]).task_ids[-1]
    assert only == both[1] != both[0]


def test_a_published_emergency_has_its_place() -> None:
    """Once the emergency is in the plan in force, it is promised like everybody, and history when it is over."""
    first = build(SITE, changes=[urgent()], said_at=[at(1, 6)])
    name = first.task_ids[-1]
    published = [*(row.appointment for row in SITE.bookings), appointment(name, "CT1", at(1, 8), 5)]

    def later(now: datetime) -> Any:
        return build(SITE, now=now, changes=[urgent()], said_at=[at(1, 6)], num_settled=1, reference=published)

    assert later(at(1, 7, 40)).reference[3] == Place(2, 480)
    assert 3 in later(at(1, 7, 40)).noticed
    assert later(at(1, 8, 30)).frozen == {3: Place(2, 480)}


def test_a_swap_is_not_swapped_back() -> None:
    """A and C exchanged places and the plan was published: they stay exchanged."""
    swap = change("swap_requests", patient_ids=["A", "C"])
    before = build(SITE, changes=[swap])
    places = [before.locked.get(task, before.reference[task]) for task in range(3)]
    published = appointments_of(before, Plan(tuple(places)))
    after = build(SITE, changes=[swap], said_at=[at(1, 7)], num_settled=1, now=at(1, 9), reference=published)
    assert after.locked == {}
    assert after.reference[0] == Place(1, 2 * DAY + 600)


def test_earlier_is_asked_for_once() -> None:
    """C was moved earlier and published; she is not pushed earlier at every solve, and is held to her new place."""
    earlier = change("move_request", patient_ids=["C"], direction="earlier")
    published = [appointment("C", "MR2", at(1, 15))]
    after = build(SITE, changes=[earlier], said_at=[at(1, 7)], num_settled=1, now=at(1, 9), reference=published)
    assert after.cases[2].windows == ()
    assert after.noticed == {2}


def test_narrowed_changes_mean_the_people_of_that_moment() -> None:
    """'P's appointment on Tuesday' is B for good, and 'everything on MR2' is C, wherever they stand later."""
    tuesday = {"days": ["TU"]}
    cancel, lock, move = resolved(
        SITE,
        [
            change("cancel_request", patient_ids=["P"], when=tuesday),
            change("lock", resource_ids=["MR2"]),
            change("move_request", patient_ids=["P"], from_when={"days": ["WE"]}, to_resource_ids=["MR2"]),
        ],
    )
    assert cancel == change("cancel_request", patient_ids=["B"])
    assert lock == change("lock", patient_ids=["C"])
    assert move == change("move_request", patient_ids=["A"], to_resource_ids=["MR2"])
    assert build(SITE, changes=[cancel], reference=[appointment("A", "MR1", at(3, 8))]).task_ids == ("A", "C")
