"""A department from an empty site to a published plan and through a bad day, by the commands that pages use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hospital.errors import PlanRefused
from hospital.plans import AppointmentStatus
from intake.export import table_csv, table_rows
from intake.schema import tables_of
from planning import commands as c
from planning import queries as q
from planning.actors import Role
from tests.planning.areas.flow import Flow, flow_in
from tests.scheduler.radiotherapy.site import NOW, at, site

AREA = "radiotherapy"


@pytest.fixture
def flow(tmp_path: Path) -> Iterator[Flow]:
    """A site with the small department in it, and nothing planned here yet."""
    with flow_in(tmp_path, AREA, site(), NOW) as found:
        yield found


def test_what_is_booked_stands_and_the_new_course_waits_until_it_is_solved(flow: Flow) -> None:
    """Five sessions of A from the files, B without a place; a solve books B, and the plan in force is one version."""
    before = flow.page()
    assert [row[0] for row in flow.places("A")] == [1, 2, 3, 4, 5]
    assert [row.about.task for row in before.unplanned] == ["B"]
    version = flow.solved()
    flow.publish(version)
    after = flow.page()
    assert after.unplanned == ()
    assert after.published == version
    calls = flow.ask(q.CallList(version, area=AREA))
    assert [(row.request, len(row.old), len(row.new)) for row in calls] == [("B", 0, 1)]


def test_a_patient_who_did_not_come_is_called_once_with_the_session_made_up(flow: Flow) -> None:
    """A/1 was missed: one row on the call list for the whole course, and the missed session stays in sight."""
    flow.publish(flow.solved())
    flow.do(c.MarkAppointment("A/1", AppointmentStatus.NO_SHOW, area=AREA))
    missed = flow.page()
    assert [row.status for row in missed.appointments if row.about.task == "A/1"] == [AppointmentStatus.NO_SHOW]
    version = flow.solved()
    flow.publish(version)
    assert [number for number, _, _ in flow.places("A")] == [1, 2, 3, 4, 5, 6]
    calls = flow.ask(q.CallList(version, area=AREA))
    assert [(row.request, [place.session for place in row.new]) for row in calls] == [("A", [6])]
    again = flow.solved()
    assert flow.ask(q.Compare(AREA, version, again)).moved == ()


def test_a_linac_down_moves_one_session_to_its_twin_and_tells_one_patient(flow: Flow) -> None:
    """Friday on the matched linac; the pending change is told until it is planned, and the call names old and new place."""
    flow.publish(flow.solved())
    flow.record(
        {
            "intent": "resource_downtime",
            "resource_ids": ["L1"],
            "when": {"start": "2026-03-06T00:00", "end": "2026-03-07T00:00"},
        },
    )
    assert len(flow.page().pending) == 1
    assert flow.page().violations
    version = flow.solved()
    flow.world.app.execute(flow.world.person(Role.APPROVER, "boss"), c.PublishSameDay(version, "linac down", area=AREA))
    assert flow.places("A")[2][1] == "L2"
    calls = {row.request: row for row in flow.ask(q.CallList(version, area=AREA))}
    assert [place.resource for place in calls["A"].old] == ["L1"]
    assert [place.resource for place in calls["A"].new] == ["L2"]
    assert calls["A"].cause == "resource_downtime"


def test_a_course_is_placed_in_one_of_three_starts_and_a_session_moved_by_hand(flow: Flow) -> None:
    """The second start for B becomes a draft; A's last session a day later costs one move; on a Saturday it is refused by name."""
    found = flow.ask(q.Slots(AREA, 0, "B"))
    assert [slot.price for slot in found] == sorted(slot.price for slot in found)
    draft = flow.do(c.PlaceInSlot(AREA, 0, "B", found[1]))
    assert flow.places("B", draft) == [(1, found[1].resource, found[1].start)]
    later = flow.do(c.MoveAppointment(AREA, draft, "A/5", "L1", at(11)))
    assert flow.page(later).cost_by_rule["session_moved"] > 0
    with pytest.raises(PlanRefused) as refused:
        flow.do(c.MoveAppointment(AREA, later, "A/5", "L1", at(14)))
    assert {match.rule for match in refused.value.matches} == {"linac_opening"}


def test_questions_about_a_course_are_answered(flow: Flow) -> None:
    """Why B begins when it does, why not on Monday, what a drag would cost."""
    version = flow.solved()
    facts = flow.ask(q.Why(AREA, version, "B/1"))
    assert facts[0].text_id == "stands"
    answer = flow.ask(q.WhyNot(AREA, version, "B/1", start=at(9, 0)))
    assert answer.is_possible
    assert answer.cost_after > answer.cost_before
    preview = flow.ask(q.MovePreview(AREA, version, "A/5", "L1", at(11)))
    assert (preview.is_allowed, preview.price > 0) == (True, True)


def test_a_cancelled_course_leaves_and_a_new_file_brings_another(flow: Flow) -> None:
    """B is cancelled by a person; an uploaded course C waits for its days; the same file again changes nothing."""
    flow.do(c.CancelRequests(("B",), "transferred", area=AREA))
    assert flow.page().unplanned == ()
    table = tables_of(AREA)["courses"]
    rows = table_rows("courses", [replace(site().courses[1], id="C", patient="P3")])
    content = table_csv(table.names, rows).encode()
    steward = flow.world.person(Role.STEWARD)
    for num_new in (1, 0):
        staged = flow.world.app.execute(steward, c.StageUpload("courses", "courses.csv", content, area=AREA))
        assert (staged.num_new, staged.refused) == (num_new, ())
        flow.world.app.execute(steward, c.ApplyUpload(staged.id))
    assert [row.about.task for row in flow.page().unplanned] == ["C"]
