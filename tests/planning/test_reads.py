"""What the pages are told."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from hospital.changes import InsertUrgent
from hospital.errors import BadInput, PlanRefused, UnknownId
from hospital.plans import AppointmentStatus
from hospital.texts import catalogue
from intake.plans import read_plan_csv
from intake.schema import TABLES
from planning.actors import SYSTEM, Actor, Role
from planning.commands import (
    ChangeSettings,
    DeleteSite,
    MarkAppointment,
    PlaceInSlot,
    RecordChanges,
    RemoveAppointment,
    SubmitDraft,
    TickCall,
    UndoVersion,
)
from planning.queries import Compare, ExportCalls, ExportPlan, MovePreview, Operations, Slots, Templates, Versions
from planning.rows import Site
from planning.views import AreaRow
from tests.planning.world import HOSPITAL, World, at, downtime, fill


def area(world: World) -> AreaRow:
    found: AreaRow = world.app.ask(world.scheduler, Operations()).areas[0]
    return found


def chinese(world: World, role: Role = Role.SCHEDULER) -> Actor:
    return Actor("id-zh", "zh", role, world.site_id, "zh")


def test_before_any_version_the_page_shows_what_is_booked(world: World) -> None:
    """A new hospital's first page: two booked appointments, two requests without a place, dearest first."""
    page = world.page()
    assert (page.version, page.head, page.published) == (None, 0, None)
    assert [row.about.request for row in page.appointments] == ["R1", "R2"]
    assert [row.about.request for row in page.unplanned] == ["R3", "R4"]
    assert page.now == at(1, 7)
    assert (page.first_day.isoformat(), page.num_days, page.timezone) == ("2026-03-02", 3, "Asia/Shanghai")


def test_the_bar_of_an_appointment_carries_what_it_needs(world: World) -> None:
    """Who (by pseudonym), what, how long, how long waited, and where it stood before."""
    number = world.published_plan()
    world.move(number, "R4", "CT1", at(3, 12, 25))
    row = next(row for row in world.page().appointments if row.about.request == "R4")
    assert (row.about.patient, row.about.title_en, row.about.group, row.about.rclass) == (
        "P-R4",
        "CT-CHEST",
        "CT",
        "outpatient",
    )
    assert (row.end - row.start, row.about.minutes) == (timedelta(minutes=10), 10)
    assert row.wait_h == 52.42
    assert row.is_moved
    assert row.moved_from is not None
    assert row.moved_from.start == at(3, 11)
    assert [row.about.request for row in world.page().appointments if row.is_moved] == ["R4"]


def test_the_timeline_shows_hours_breaks_overtime_and_closures(world: World) -> None:
    """MR1 on Tuesday: open 8-12 and 13-17, overtime to 18, in maintenance until 9:30."""
    (mr1,) = (row for row in world.page().resources if row.id == "MR1")
    tuesday = [(span.kind, span.start.hour, span.end.hour) for span in mr1.spans if span.start.day == 3]
    assert tuesday == [("maintenance", 8, 9), ("open", 8, 12), ("open", 13, 17), ("overtime", 17, 18)]


def test_an_edit_keeps_the_costs_by_rule_and_the_difference_adds_up(world: World) -> None:
    """Leaving R4 out costs its price: the difference of the two versions says which rule and how much."""
    number = world.published_plan()
    second = world.app.execute(world.scheduler, RemoveAppointment("imaging", number, "R4"))
    found = world.app.ask(world.scheduler, Compare("imaging", number, second))
    assert [row.about.request for row in found.dropped] == ["R4"]
    assert (found.moved, found.added) == ((), ())
    assert found.cost_after - found.cost_before == pytest.approx(
        sum(found.cost_by_rule_after.values()) - sum(found.cost_by_rule_before.values())
    )
    assert found.cost_by_rule_after["unplanned"] > found.cost_by_rule_before["unplanned"] == 0
    assert found.figures_after["num_planned"] == found.figures_before["num_planned"] - 1


def test_whoever_has_no_place_after_an_edit_has_a_reason(world: World) -> None:
    """Two are taken out: there is room for both. Then the only CT is down for good, and after the next edit that is the reason."""
    number = world.published_plan()
    for name in ("R3", "R4"):
        number = world.app.execute(world.scheduler, RemoveAppointment("imaging", number, name))
    assert {row.about.request: row.rules for row in world.page(number).unplanned} == {
        "R3": ("unplanned",),
        "R4": ("unplanned",),
    }
    world.app.execute(world.scheduler, RecordChanges("imaging", (downtime("CT1", at(1, 7)),), "tube"))
    number = world.move(number, "R2", "MR2", at(3, 11))
    reasons = {row.about.request: row.rules for row in world.page(number).unplanned}
    assert set(reasons) == {"R3", "R4"}
    assert all("maintenance" in rules for rules in reasons.values())
    number = world.app.execute(world.scheduler, UndoVersion(number, "wrong one"))
    assert {row.about.request: row.rules for row in world.page(number).unplanned} == reasons


def test_versions_are_listed_newest_first_with_their_story(world: World) -> None:
    """Which, from which, how made, by whom, in what state."""
    number = world.published_plan()
    rows = world.app.ask(world.scheduler, Versions())
    assert [(row.number, row.base, row.origin, row.status.value) for row in rows] == [
        (number, 1, "move", "published"),
        (1, None, "move", "draft"),
    ]
    with pytest.raises(UnknownId):
        world.page(99)


def test_slots_are_places_that_can_be_taken(world: World) -> None:
    """Three slots for R3, cheapest first; the first is taken and the new draft has R3 there."""
    slots = world.app.ask(world.scheduler, Slots("imaging", 0, "R3"))
    assert [slot.price for slot in slots] == sorted(slot.price for slot in slots)
    assert len(slots) == 3
    number = world.app.execute(world.scheduler, PlaceInSlot("imaging", 0, "R3", slots[0]))
    row = next(row for row in world.page(number).appointments if row.about.request == "R3")
    assert (row.resource, row.start) == (slots[0].resource, slots[0].start)
    for count, max_moved in ((0, 0), (11, 0), (3, 3)):
        with pytest.raises(BadInput):
            world.app.ask(world.scheduler, Slots("imaging", number, "R3", max_moved, count))


def test_a_drag_tells_its_price_before_the_drop_and_the_drop_costs_just_that(world: World) -> None:
    """Two hours later costs two outpatient hours; the stored draft then costs exactly so much more."""
    number = world.published_plan()
    seen = world.app.ask(world.scheduler, MovePreview("imaging", number, "R4", "CT1", at(3, 13)))
    assert (seen.is_allowed, seen.violations, seen.end) == (True, (), at(3, 13, 10))
    assert seen.cost_by_rule["waiting"] == 2.0
    assert sum(seen.cost_by_rule.values()) == pytest.approx(seen.price)
    before = world.page().cost
    world.move(number, "R4", "CT1", at(3, 13))
    assert world.page().cost - before == pytest.approx(seen.price)


def test_a_drag_names_the_rules_it_would_break(world: World) -> None:
    """On a scanner of the wrong kind, at night, off the grid: the same rules that would refuse the drop."""
    number = world.published_plan()
    for scanner, start in (("MR1", at(3, 10)), ("CT1", at(3, 3)), ("CT1", at(3, 11, 2)), ("CT1", at(9, 9))):
        seen = world.app.ask(world.scheduler, MovePreview("imaging", number, "R4", scanner, start))
        with pytest.raises(PlanRefused) as refusal:
            world.move(number, "R4", scanner, start)
        assert not seen.is_allowed
        assert {match.rule for match in seen.violations} == {match.rule for match in refusal.value.matches}


def test_a_drag_in_a_broken_plan_says_what_the_drop_would_say(world: World) -> None:
    """CT1 is reported down under two appointments: dragging one away is refused for the other's sake, and the drag says so."""
    number = world.published_plan()
    world.app.execute(world.scheduler, RecordChanges("imaging", (downtime("CT1", at(1, 8), at(3, 12)),), "tube"))
    seen = world.app.ask(world.scheduler, MovePreview("imaging", number, "R4", "CT1", at(3, 13)))
    with pytest.raises(PlanRefused) as refusal:
        world.move(number, "R4", "CT1", at(3, 13))
    assert {match.rule for match in seen.violations} == {match.rule for match in refusal.value.matches}
    assert [match.requests for match in seen.violations] == [("R3",)]


def test_a_site_loaded_anew_shows_its_own_plan(world: World) -> None:
    """A version 1 of a deleted site is never shown as the version 1 of the site that took its place."""
    first = world.move(0, "R4", "CT1", at(3, 11))
    assert "R4" in {row.about.request for row in world.page(first).appointments}
    world.app.execute(SYSTEM.in_site(world.site_id), DeleteSite(world.site_id))
    again = replace(world, site_id=_same_site_again(world))
    second = again.move(0, "R3", "CT1", at(1, 9))
    shown = {row.about.request for row in again.page(second).appointments}
    assert (second, shown) == (first, {"R1", "R2", "R3"})


def _same_site_again(world: World) -> str:
    """The hospital under the very id of the one that was deleted."""
    store: Any = world.app._store
    with store.writing() as work:
        name = {"name_en": "Small", "name_zh": "小医院", "timezone": "Asia/Shanghai"}
        work.sites.add(Site(id=world.site_id, is_sample=False, created=world.clock(), **name))
        work.commit()
    fill(world.app, world.site_id, HOSPITAL, world.clock)
    return world.site_id


def test_operations_says_how_full_it_is(world: World) -> None:
    """Monday 7:00: 30 of 1,680 open minutes are taken; the CT opens now, the MRs at eight and nine."""
    row = area(world)
    assert row.load_now == 0.0
    assert dict(row.by_day)[at(1, 0).date()] == pytest.approx(20 / 1680, abs=1e-3)
    assert row.next_hours[2] == (at(1, 9), pytest.approx(20 / 180, abs=1e-3))
    assert (row.num_unplanned, row.in_force) == (2, None)
    assert [alert.id for alert in row.alerts] == ["no_plan"]


def test_operations_tells_who_must_do_what(world: World) -> None:
    """A draft waits, a scanner is down, an emergency has no place, people are to be called: each with its owner."""
    number = world.published_plan()
    second = world.move(number, "R4", "CT1", at(3, 13))
    world.app.execute(world.scheduler, SubmitDraft(second))
    world.app.execute(
        world.scheduler,
        RecordChanges(
            "imaging",
            (
                downtime("MR2", at(1, 6)),
                InsertUrgent(problem="imaging", service="CT", patient_ids=("P9",), duration_min=5),
            ),
        ),
    )
    row = area(world)
    found = {alert.id: (alert.owner, dict(alert.values)) for alert in row.alerts}
    assert found == {
        "plan_broken": (Role.SCHEDULER, {"count": 1}),
        "emergency_unplanned": (Role.SCHEDULER, {"count": 1}),
        "draft_waits": (Role.APPROVER, {"count": 1, "number": second}),
        "calls_open": (Role.SCHEDULER, {"count": 2}),
        "resource_closed": (Role.SCHEDULER, {"resource": "MR2"}),
    }
    assert row.in_force is not None
    assert (row.in_force.number, row.in_force.approver) == (number, "approver")
    assert [draft.number for draft in row.drafts] == [second]


def test_yesterday_is_counted_by_what_became_of_it(world: World) -> None:
    """On Tuesday the page says of Monday: one done, one never marked."""
    world.published_plan()
    world.app.execute(world.scheduler, MarkAppointment("R3", AppointmentStatus.DONE))
    world.app.execute(world.person(Role.ADMINISTRATOR), ChangeSettings({"now": at(2, 7)}))
    assert area(world).yesterday == {"done": 1, "planned": 1}


def test_a_plan_goes_out_as_the_csv_that_comes_in(world: World) -> None:
    """The exported plan.csv is read back as the same appointments."""
    number = world.published_plan()
    download = world.app.ask(world.scheduler, ExportPlan(number, "csv"))
    rows = read_plan_csv(download.content, timezone="Asia/Shanghai")
    assert {(row.request, row.resource, row.start) for row in rows.appointments} == {
        (row.about.request, row.resource, row.start) for row in world.page().appointments
    }
    assert download.filename == f"plan-{number}.csv"


def test_a_plan_goes_out_as_a_workbook_in_the_persons_language(world: World) -> None:
    """Headings and classes in Chinese, one row for each appointment, in order of scanner and time."""
    number = world.published_plan()
    book = openpyxl.load_workbook(io.BytesIO(world.app.ask(chinese(world), ExportPlan(number)).content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("申请编号", "患者编号", "检查项目", "患者类别")
    assert [(row[0], row[3], row[5], row[7]) for row in rows[1:]] == [
        ("R3", "门诊", "CT1", "09:00"),
        ("R4", "门诊", "CT1", "11:00"),
        ("R1", "门诊", "MR1", "09:00"),
        ("R2", "门诊", "MR2", "10:00"),
    ]


def test_the_call_list_goes_out_and_no_cell_is_a_formula(world: World) -> None:
    """A reason that begins with = leaves as text."""
    number = world.published_plan()
    world.app.execute(world.scheduler, TickCall(number, "R4"))
    world.app.execute(world.scheduler, RecordChanges("imaging", (downtime("CT1", at(3, 10)),), "=1+1"))
    second = world.app.execute(world.scheduler, RemoveAppointment("imaging", number, "R4"))
    world.publish(second)
    content = world.app.ask(world.scheduler, ExportCalls(second, "csv")).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["request"], row["new place"], row["reason"]) == ("R4", "no place", "'=1+1")
    book = openpyxl.load_workbook(io.BytesIO(world.app.ask(chinese(world), ExportCalls(second)).content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_templates_come_in_the_persons_language(world: World) -> None:
    """A Chinese steward gets Chinese headings, for one table or for all."""
    steward = chinese(world, Role.STEWARD)
    one = world.app.ask(steward, Templates("requests", "csv"))
    assert "申请编号" in one.content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(world.app.ask(steward, Templates()).content))
    assert len(book.sheetnames) == len(TABLES)
    with pytest.raises(BadInput, match="pdf"):
        world.app.ask(steward, Templates("requests", "pdf"))


def test_every_word_of_the_pages_exists_in_both_languages() -> None:
    """Roles, states, origins, causes, alerts: the same keys in English and Chinese, Chinese without English words."""
    english, chinese_texts = (
        {k: v for k, v in catalogue(name).items() if k.startswith("planning.")} for name in ("en", "zh")
    )
    assert set(english) == set(chinese_texts)
    for role in Role:
        assert f"planning.role_{role.value}" in english
    assert not any(
        ch.isascii() and ch.isalpha() for text in chinese_texts.values() for ch in _without_placeholders(text)
    )


def _without_placeholders(text: str) -> str:
    return re.sub(r"\{.*?\}", "", text)
