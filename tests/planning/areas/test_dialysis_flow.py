"""A dialysis unit from its data to a published roster and through a bad day, by the commands that pages use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hospital.errors import NotAllowed, PlanRefused
from hospital.plans import AppointmentStatus
from intake.export import table_csv, table_rows
from intake.schema import tables_of
from planning import commands as c
from planning import queries as q
from planning.actors import Role
from tests.planning.areas.flow import Flow, flow_in
from tests.scheduler.dialysis.test_changes import MONDAY, site

AREA = "dialysis"
LIN_MONDAY = "Lin-20260601"


@pytest.fixture
def flow(tmp_path: Path) -> Iterator[Flow]:
    """Lin on Mon Wed Fri, Mei on Tue Thu Sat, Wu on Mon Thu, for two weeks."""
    with flow_in(tmp_path, AREA, site(), MONDAY) as found:
        yield found


def test_the_roster_is_approved_by_another_person_and_everybody_is_called_once(flow: Flow) -> None:
    """Six, six and four sessions; three rows on the call list, one a patient with all the sessions."""
    version = flow.solved()
    flow.do(c.SubmitDraft(version, area=AREA))
    with pytest.raises(NotAllowed):
        flow.do(c.ApproveDraft(version, area=AREA))
    flow.world.app.execute(flow.world.approver, c.ApproveDraft(version, area=AREA))
    calls = flow.calls(version)
    assert {name: (len(row.old), len(row.new)) for name, row in calls.items()} == {
        "Lin": (0, 6),
        "Mei": (0, 6),
        "Wu": (0, 4),
    }
    flow.do(c.TickCall(version, "Lin", area=AREA))
    assert flow.calls(version)["Lin"].is_done


def test_a_station_down_today_moves_one_session_and_tells_one_patient(flow: Flow) -> None:
    """S1 fails on Monday morning: Lin's session alone goes elsewhere, published at once, and the call names both stations."""
    first = flow.solved()
    flow.publish(first)
    for patient in ("Lin", "Mei", "Wu"):
        flow.do(c.TickCall(first, patient, area=AREA))
    flow.record({"intent": "resource_downtime", "resource_ids": ["S1"], "when": {"end": "2026-06-02T00:00"}})
    version = flow.solved(min_changes=True)
    boss = flow.world.person(Role.APPROVER, "boss")
    flow.world.app.execute(boss, c.PublishSameDay(version, "station down", area=AREA))
    (call,) = flow.calls(version).values()
    assert (call.request, [place.resource for place in call.old], len(call.new)) == ("Lin", ["S1"], 1)
    assert call.new[0].resource != "S1"
    assert call.cause == "resource_downtime"
    assert [row.version.number for row in flow.ask(q.ReviewList(area=AREA))] == [version]


def test_a_session_is_moved_by_hand_within_the_rules(flow: Flow) -> None:
    """Lin's Monday to the late shift costs points; on Wu's station at Wu's hour it is refused by name; the former roster comes back."""
    first = flow.solved()
    start = flow.places("Lin", first)[0][2]
    preview = flow.ask(q.MovePreview(AREA, first, LIN_MONDAY, "S1", start.replace(hour=12, minute=0)))
    assert (preview.is_allowed, preview.price > 0) == (True, True)
    later = flow.do(c.MoveAppointment(AREA, first, LIN_MONDAY, "S1", start.replace(hour=12, minute=0)))
    assert flow.places("Lin", later)[0][2].hour == 12
    with pytest.raises(PlanRefused) as refused:
        flow.do(c.MoveAppointment(AREA, later, LIN_MONDAY, "S3", start))
    assert {match.rule for match in refused.value.matches} == {"station_turnover"}
    back = flow.do(c.UndoVersion(later, area=AREA))
    assert flow.places("Lin", back) == flow.places("Lin", first)


def test_a_session_left_out_has_places_to_go_to_and_reasons(flow: Flow) -> None:
    """Lin's Monday is taken out: it stands among those without a place at a price, its best slot is its own, and why says so."""
    first = flow.solved()
    without = flow.do(c.RemoveAppointment(AREA, first, LIN_MONDAY))
    (left,) = flow.page(without).unplanned
    assert (left.about.task, left.about.request, left.price > 0) == (LIN_MONDAY, "Lin", True)
    slots = flow.ask(q.Slots(AREA, without, LIN_MONDAY))
    assert [slot.price for slot in slots] == sorted(slot.price for slot in slots)
    again = flow.do(c.PlaceInSlot(AREA, without, LIN_MONDAY, slots[0]))
    assert flow.places("Lin", again) == flow.places("Lin", first)
    assert flow.ask(q.Why(AREA, again, LIN_MONDAY))
    answer = flow.ask(q.WhyNot(AREA, again, LIN_MONDAY, resource="S2", seconds=1))
    assert answer.cost_after >= answer.cost_before


def test_what_happened_stays_and_a_lock_holds(flow: Flow) -> None:
    """Lin's Monday is done and stays history; Wu's Thursday is locked where it is and no solve moves it."""
    flow.publish(flow.solved())
    flow.do(c.MarkAppointment(LIN_MONDAY, AppointmentStatus.DONE, area=AREA))
    flow.record({"intent": "lock", "patient_ids": ["Wu-20260604"]})
    rows = {row.about.task: row for row in flow.page().appointments}
    assert (rows[LIN_MONDAY].status, rows[LIN_MONDAY].is_frozen) == (AppointmentStatus.DONE, True)
    assert rows["Wu-20260604"].is_locked
    flow.record({"intent": "resource_downtime", "resource_ids": ["S1"], "when": {"end": "2026-06-05T00:00"}})
    before = flow.places("Wu")
    assert flow.places("Wu", flow.solved()) == before


def test_a_new_patient_comes_by_file_and_one_who_left_is_cancelled(flow: Flow) -> None:
    """Hua arrives by an uploaded file and is planned; Mei is cancelled by a person and leaves the roster."""
    table = tables_of(AREA)["patients"]
    patients = (*site().patients, replace(site().patients[0], id="Hua", shift="late", station="S3"))
    content = table_csv(table.names, table_rows("patients", patients)).encode()
    steward = flow.world.person(Role.STEWARD)
    staged = flow.world.app.execute(steward, c.StageUpload("patients", "patients.csv", content, area=AREA))
    assert (staged.num_new, staged.num_unchanged, staged.refused) == (1, 3, ())
    flow.world.app.execute(steward, c.ApplyUpload(staged.id))
    flow.do(c.CancelRequests(("Mei",), "transferred", area=AREA))
    version = flow.solved()
    assert (len(flow.places("Hua", version)), flow.places("Mei", version)) == (6, [])
