from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from benchmarks.imaging_week import read_rows, week_problem, write_plan
from benchmarks.week_price import judge
from hospital.errors import BadInput
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.score import score
from scheduler.kernel.solve import Settings, solve
from scheduler.kernel.verify import verify

HEAD = "request,patient,modality,class,minutes,earliest,window,fasting,contrast,family,scanners"
WEEK = f"""{HEAD}
a,p1,CT,emergency,10,2026-07-07T08:40,any,0,0,A,CT1 CT2
b,p1,MR,inpatient,25,2026-07-06T09:00,morning,0,1,B,MR1
c,p2,CT,outpatient,20,2026-07-07T11:30,any,1,1,B,CT2
d,p3,CT,check_up,15,2026-07-07T08:00,afternoon,0,0,C,CT1 CT2 CT10
e,p4,PETCT,outpatient,30,2026-07-11T19:00,any,0,0,A,PETCT1
f,p5,PETCT,inpatient,30,2026-07-11T19:35,any,0,0,A,PETCT1
"""
"""A week in July: Monday is the 6th; the last PET-CT is asked for too late on Saturday evening to end before closing."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "requests.csv").write_text(WEEK, encoding="utf-8")
    return tmp_path


def test_another_week_gives_its_own_horizon_and_scanners(folder: Path) -> None:
    """The week's Monday and the scanners come from the file, not from the program."""
    problem = week_problem(read_rows(folder))
    assert problem.clock.first_day.isoformat() == "2026-07-06"
    assert problem.clock.num_days == 6
    assert problem.resource_ids == ("CT1", "CT2", "CT10", "MR1", "PETCT1")


def test_the_engines_price_is_the_judges(folder: Path) -> None:
    """The cost the engine works with is the cost that the published text gives the same plan, request by request."""
    rows = read_rows(folder)
    problem = week_problem(rows)
    outcome = solve(problem, Settings(seconds=0.5, threads=1), 3)
    write_plan(folder / "plan.csv", problem, outcome.plan.plan)
    found = judge(rows, folder / "plan.csv")
    assert found.faults == ()
    assert found.num_planned == 5
    assert found.cost == pytest.approx(outcome.cost, rel=1e-5)


def test_late_starts_changeovers_and_two_days_cost_the_same_to_both(folder: Path) -> None:
    """A plan nobody would want is priced alike: an emergency a day late, set-ups changed, a patient called twice."""
    rows = read_rows(folder)
    problem = week_problem(rows)
    noon = problem.clock.minute_on
    places = (
        Place(1, noon(2, 600)),
        Place(3, noon(1, 540)),
        Place(1, noon(2, 705)),
        Place(1, noon(2, 795)),
        None,
        None,
    )
    verify(problem, Plan(places))
    write_plan(folder / "plan.csv", problem, Plan(places))
    found = judge(rows, folder / "plan.csv")
    assert found.faults == ()
    assert found.cost == pytest.approx(score(problem, Plan(places)).points, rel=1e-5)


FAULTS = {
    "wrong scanner": "b,CT1,2026-07-06T09:00+08:00",
    "off the grid or the week": "a,CT1,2026-07-07T08:42",
    "closed": "b,MR1,2026-07-07T07:55",
    "too early": "a,CT1,2026-07-07T08:35",
    "not in the morning": "b,MR1,2026-07-07T12:40",
    "not in the afternoon": "d,CT10,2026-07-07T12:55",
    "fasting after noon": "c,CT2,2026-07-08T12:00",
    "unknown or twice": "zz,CT1,2026-07-07T09:00",
    "overlap on CT2": "c,CT2,2026-07-08T11:00\nd,CT2,2026-07-08T13:20\na,CT2,2026-07-08T11:20",
    "too close for one patient": "a,CT1,2026-07-07T09:00\nb,MR1,2026-07-07T09:20",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_broken_rule_is_found(fault: str, folder: Path) -> None:
    """A plan that breaks one rule is told so, by that rule."""
    (folder / "plan.csv").write_text(f"request,resource,start\n{FAULTS[fault]}\n", encoding="utf-8")
    found = judge(read_rows(folder), folder / "plan.csv")
    assert any(fault in text for text in found.faults)


def test_a_seventh_contrast_nurse_is_found(tmp_path: Path) -> None:
    """Seven contrast examinations at one moment are one too many."""
    lines = [f"r{n},p{n},CT,outpatient,10,2026-07-06T08:00,any,0,1,A,CT{n}" for n in range(7)]
    (tmp_path / "requests.csv").write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("request", "resource", "start")])
    plan = buffer.getvalue() + "".join(f"r{n},CT{n},2026-07-06T08:00\n" for n in range(7))
    (tmp_path / "plan.csv").write_text(plan, encoding="utf-8")
    found = judge(read_rows(tmp_path), tmp_path / "plan.csv")
    assert len(found.faults) == 2  # both slots of ten minutes
    with pytest.raises(BadInput):
        read_rows(tmp_path / "nowhere")
