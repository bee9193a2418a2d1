"""The figures of a plan."""

from __future__ import annotations

import json

from hospital.requests import RequestClass
from scheduler.imaging.build import plan_of
from scheduler.imaging.measures import Late, Measures, Wait, measures
from tests.scheduler.imaging.small_site import DONE, appointment, at, booking, problem_with, request

REQUESTS = [
    request("A", rclass=RequestClass.INPATIENT, ward="W1", target=at(1, 9)),
    request("B", "MR-KNEE", patient="P", ward="W1"),
    request("C", "CT-PLAIN", patient="P", ward="W2"),
    request("D", patient="Q", rclass=RequestClass.INPATIENT),
    request("E"),
    request("F", "CT-PLAIN"),
]
BOOKED = [
    booking("A", "MR1", at(1, 10)),
    booking("B", "MR1", at(3, 10), 25),
    booking("D", "MR1", at(1, 11, 30)),
    booking("F", "CT1", at(1, 8), 5, status=DONE),
]


def figures() -> Measures:
    problem = problem_with(REQUESTS, BOOKED)
    plan = plan_of(
        problem,
        [
            appointment("A", "MR1", at(1, 10, 30)),
            appointment("B", "MR1", at(1, 17)),
            appointment("C", "CT1", at(2, 9)),
            appointment("E", "MR1", at(1, 16, 30)),
            appointment("F", "CT1", at(1, 8)),
        ],
    )
    return measures(problem, plan)


def test_wait_by_class_and_ward() -> None:
    """The in-patient waits 2.5 h from Monday 08:00; the out-patients 8.5, 9, 25 and 0 h; wards only where one is named."""
    found = figures()
    assert found.wait_h_by_class["inpatient"] == Wait(mean=2.5, p90=2.5, num=1)
    assert found.wait_h_by_class["outpatient"] == Wait(mean=10.625, p90=25.0, num=4)
    assert found.wait_h_by_class["emergency"].num == 0
    assert found.wait_h_by_ward == {"W1": Wait(mean=5.75, p90=9.0, num=2), "W2": Wait(mean=25.0, p90=25.0, num=1)}


def test_late_counts_from_the_requests_own_target() -> None:
    """A should have begun at 09:00 and begins at 10:30; nobody else is late by their class's days."""
    found = figures().late_by_class
    assert found["inpatient"] == Late(num=1, mean_h=1.5, max_h=1.5)
    assert found["outpatient"].num == 0


def test_use_and_overtime() -> None:
    """MR1: 40 minutes inside three days of eight hours less 90 minutes of maintenance, and 25 after hours."""
    found = figures()
    assert found.utilisation_by_scanner["MR1"] == round(40 / (3 * 480 - 90), 4)
    assert found.utilisation_by_scanner["MR2"] == 0
    assert found.overtime_min_by_scanner == {"MR1": 25, "MR2": 0, "CT1": 0}


def test_changeovers_and_second_journeys() -> None:
    """Head before knee is one changeover; patient P comes on Monday and again on Tuesday."""
    found = figures()
    assert (found.num_changeovers, found.num_two_days) == (1, 1)


def test_moved_dropped_displaced() -> None:
    """A and B stand elsewhere, D is left out, A and D had been promised for today; who is done does not count."""
    found = figures()
    assert (found.num_moved, found.num_dropped, found.num_displaced) == (2, 1, 2)
    assert (found.num_requests, found.num_planned) == (6, 5)
    assert {name: num for name, num in found.num_unplanned_by_class.items() if num} == {"inpatient": 1}


def test_figures_are_json() -> None:
    """The figures can be written down and read by any program."""
    assert json.loads(json.dumps(figures().as_dict()))["wait_h_by_class"]["inpatient"] == {
        "mean": 2.5,
        "p90": 2.5,
        "num": 1,
    }
