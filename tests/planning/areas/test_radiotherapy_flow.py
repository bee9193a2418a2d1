"""A department from an empty site to a published plan and through a bad day, by the commands that pages use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hospital.changes import changes_from_json
from hospital.errors import PlanRefused
from hospital.plans import AppointmentStatus
from intake.export import table_csv, table_rows
from intake.schema import tables_of
from planning import commands as c
from planning import queries as q
from planning.actors import Role
from planning.areas import area_of
from planning.jobs import Solved
from planning.site_data import records_of
from planning.views import PlanPage
from scheduler.kernel.solve import Settings as Solving
from tests.planning.world import World, opened
from tests.scheduler.radiotherapy.site import NOW, at, site

AREA = "radiotherapy"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A site with the small department in it, and nothing planned here yet."""
    with opened(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite'}") as found:
        store: Any = found.app._store
        found.clock.now = NOW
        with store.writing() as work:
            work.records.put(found.site_id, AREA, records_of(AREA, site(), source="test", at=NOW))
            state = work.sites.area(found.site_id, AREA, lock=True)
            work.sites.save_area(replace(state, data_revision=state.data_revision + 1))
            work.commit()
        yield found


def page(world: World, version: int | None = None) -> PlanPage:
    found: PlanPage = world.app.ask(world.scheduler, q.PlanView(area=AREA, version=version))
    return found


def solved(world: World) -> int:
    """The number of the draft that a solve makes."""
    job = world.app.execute(world.scheduler, c.RequestSolve(area=AREA, seconds=1))
    lease = world.lease(job)
    work = world.app.jobs.work(lease)
    outcome = area_of(work.area).solve(work.problem, Solving(seconds=work.seconds), work.seed)
    ended = world.app.jobs.complete(job, lease.fence, Solved.from_outcome(work.problem, outcome))
    assert (ended.state, ended.error) == ("done", "")
    assert ended.version is not None
    return ended.version


def publish(world: World, version: int) -> None:
    world.app.execute(world.scheduler, c.SubmitDraft(version, area=AREA))
    world.app.execute(world.approver, c.ApproveDraft(version, area=AREA))


def places(found: PlanPage, course: str) -> list[tuple[int, str, Any]]:
    rows = [row for row in found.appointments if row.about.request == course]
    return sorted((row.about.session, row.resource, row.start) for row in rows)


def record(world: World, *rows: dict[str, Any]) -> None:
    changes = changes_from_json(list(rows), timezone="Asia/Shanghai")
    world.app.execute(world.scheduler, c.RecordChanges(AREA, changes, "because"))


def test_what_is_booked_stands_and_the_new_course_waits_until_it_is_solved(world: World) -> None:
    """Five sessions of A from the files, B without a place; a solve books B, and the plan in force is one version."""
    before = page(world)
    assert [row[0] for row in places(before, "A")] == [1, 2, 3, 4, 5]
    assert [row.about.task for row in before.unplanned] == ["B"]
    version = solved(world)
    publish(world, version)
    after = page(world)
    assert after.unplanned == ()
    assert after.published == version
    calls = world.app.ask(world.scheduler, q.CallList(version, area=AREA))
    assert [(row.request, len(row.old), len(row.new)) for row in calls] == [("B", 0, 1)]


def test_a_patient_who_did_not_come_is_called_once_with_the_session_made_up(world: World) -> None:
    """A/1 was missed: one row on the call list for the whole course, and the missed session stays in sight."""
    publish(world, solved(world))
    world.app.execute(world.scheduler, c.MarkAppointment("A/1", AppointmentStatus.NO_SHOW, area=AREA))
    missed = page(world)
    assert [row.status for row in missed.appointments if row.about.task == "A/1"] == [AppointmentStatus.NO_SHOW]
    version = solved(world)
    publish(world, version)
    assert [number for number, _, _ in places(page(world), "A")] == [1, 2, 3, 4, 5, 6]
    calls = world.app.ask(world.scheduler, q.CallList(version, area=AREA))
    assert [(row.request, [place.session for place in row.new]) for row in calls] == [("A", [6])]
    again = solved(world)
    assert world.app.ask(world.scheduler, q.Compare(AREA, version, again)).moved == ()


def test_a_linac_down_moves_one_session_to_its_twin_and_tells_one_patient(world: World) -> None:
    """Friday on the matched linac; the pending change is told until it is planned, and the call names old and new place."""
    publish(world, solved(world))
    record(
        world,
        {
            "intent": "resource_downtime",
            "resource_ids": ["L1"],
            "when": {"start": "2026-03-06T00:00", "end": "2026-03-07T00:00"},
        },
    )
    assert len(page(world).pending) == 1
    assert page(world).violations
    version = solved(world)
    world.app.execute(world.person(Role.APPROVER, "boss"), c.PublishSameDay(version, "linac down", area=AREA))
    assert places(page(world), "A")[2][1] == "L2"
    calls = {row.request: row for row in world.app.ask(world.scheduler, q.CallList(version, area=AREA))}
    assert [place.resource for place in calls["A"].old] == ["L1"]
    assert [place.resource for place in calls["A"].new] == ["L2"]
    assert calls["A"].cause == "resource_downtime"


def test_a_course_is_placed_in_one_of_three_starts_and_a_session_moved_by_hand(world: World) -> None:
    """The second start for B becomes a draft; A's last session a day later costs one move; on a Saturday it is refused by name."""
    found = world.app.ask(world.scheduler, q.Slots(AREA, 0, "B"))
    assert [slot.price for slot in found] == sorted(slot.price for slot in found)
    draft = world.app.execute(world.scheduler, c.PlaceInSlot(AREA, 0, "B", found[1]))
    assert places(page(world, draft), "B") == [(1, found[1].resource, found[1].start)]
    later = world.app.execute(world.scheduler, c.MoveAppointment(AREA, draft, "A/5", "L1", at(11)))
    assert page(world, later).cost_by_rule["session_moved"] > 0
    with pytest.raises(PlanRefused) as refused:
        world.app.execute(world.scheduler, c.MoveAppointment(AREA, later, "A/5", "L1", at(14)))
    assert {match.rule for match in refused.value.matches} == {"linac_opening"}


def test_questions_about_a_course_are_answered(world: World) -> None:
    """Why B begins when it does, why not on Monday, what a drag would cost."""
    version = solved(world)
    facts = world.app.ask(world.scheduler, q.Why(AREA, version, "B/1"))
    assert facts[0].text_id == "stands"
    answer = world.app.ask(world.scheduler, q.WhyNot(AREA, version, "B/1", start=at(9, 0)))
    assert answer.is_possible
    assert answer.cost_after > answer.cost_before
    preview = world.app.ask(world.scheduler, q.MovePreview(AREA, version, "A/5", "L1", at(11)))
    assert (preview.is_allowed, preview.price > 0) == (True, True)


def test_a_cancelled_course_leaves_and_a_new_file_brings_another(world: World) -> None:
    """B is cancelled by a person; an uploaded course C waits for its days; the same file again changes nothing."""
    world.app.execute(world.scheduler, c.CancelRequests(("B",), "transferred", area=AREA))
    assert page(world).unplanned == ()
    table = tables_of(AREA)["courses"]
    rows = table_rows("courses", [replace(site().courses[1], id="C", patient="P3")])
    content = table_csv(table.names, rows).encode()
    steward = world.person(Role.STEWARD)
    for num_new in (1, 0):
        staged = world.app.execute(steward, c.StageUpload("courses", "courses.csv", content, area=AREA))
        assert (staged.num_new, staged.refused) == (num_new, ())
        world.app.execute(steward, c.ApplyUpload(staged.id))
    assert [row.about.task for row in page(world).unplanned] == ["C"]
