"""Changes of requests, their places, wishes and weights."""

from __future__ import annotations

from typing import Any

import pytest

from hospital.changes import changes_from_json
from hospital.errors import BadInput, CaretableError, UnknownId, WrongState
from hospital.facts import POINT
from hospital.plans import Booking
from hospital.requests import Mobility, Request, RequestClass
from scheduler.imaging.build import build
from scheduler.imaging.problem import Case, ImagingProblem
from scheduler.kernel.plan import Place
from tests.scheduler.imaging.small_site import DAY, at, booking, request, site_with

TWO = [
    request("A", patient="P", rclass=RequestClass.INPATIENT, ward="W3", mobility=Mobility.BED),
    request("B", "CT-PLAIN", patient="P"),
    request("C", patient="Q"),
]
BOOKED = [booking("A", "MR1", at(3, 8)), booking("B", "CT1", at(2, 9), 5), booking("C", "MR2", at(3, 10))]


def changed(
    *changes: dict[str, Any], requests: list[Request] = TWO, bookings: list[Booking] = BOOKED
) -> ImagingProblem:
    """The small hospital after changes; Monday 07:00."""
    return build(site_with(requests, bookings), changes=changes_from_json(list(changes), timezone="Asia/Shanghai"))


def case(problem: ImagingProblem, name: str) -> Case:
    return problem.cases[problem.task_of[name]]


def test_new_request_of_a_known_patient() -> None:
    """P needs a CT by Tuesday noon: the plain CT, from her ward and in her bed, and the same id every time it is asked."""
    add = {
        "intent": "add_request",
        "problem": "imaging",
        "service": "CT",
        "patient_ids": ["P"],
        "when": {"end": "2026-03-03T12:00:00"},
    }
    new = changed(add).cases[-1]
    assert (new.patient, new.examination, new.rclass, new.ward) == ("P", "CT-PLAIN", RequestClass.INPATIENT, "W3")
    assert (new.mobility, new.earliest, new.latest, new.windows) == (Mobility.BED, 420, DAY + 720, ())
    assert new.id == changed({"intent": "lock"}, add).cases[-1].id
    twice = changed(add, add).task_ids[-2:]
    assert twice[0] == new.id != twice[1]


def test_new_request_window_priority_and_length() -> None:
    """Two unnamed patients, urgent, Tuesday afternoon, 33 minutes on MR2."""
    add = {
        "intent": "add_request", "problem": "imaging", "resource_ids": ["MR2"], "count": 2, "priority": "urgent", "duration_min": 33,
        "when": {"start": "2026-03-03T12:00:00", "end": "2026-03-03T15:00:00"},
    }  # fmt: skip
    *_, first, second = changed(add).cases
    assert first.patient != second.patient
    assert (first.windows, first.minutes, first.scanners) == (((DAY + 720, DAY + 900),), 35, {"MR2"})
    assert (first.rclass, first.examination) == (RequestClass.INPATIENT, "MR-HEAD")


def test_emergency_is_new_and_may_displace() -> None:
    """An emergency CT now: earliest now, latest start in an hour, free to take a promised place."""
    urgent = {"intent": "insert_urgent", "problem": "imaging", "service": "CT", "when": {"end": "2026-03-02T08:00:00"}}
    problem = changed(urgent)
    assert problem.displacers == {3}
    assert (problem.cases[3].rclass, problem.cases[3].earliest, problem.cases[3].latest) == (
        RequestClass.EMERGENCY,
        420,
        480,
    )


def test_known_request_becomes_the_emergency() -> None:
    """C gets worse: the same request, now an emergency that is not held to its old place and may take another's."""
    problem = changed({"intent": "insert_urgent", "problem": "imaging", "patient_ids": ["C"]})
    assert problem.task_ids == ("A", "B", "C")
    assert problem.displacers == {2}
    assert 2 in problem.reference
    assert 2 not in problem.noticed


def test_cancel_a_patient_or_one_request_or_one_day() -> None:
    """P cancels everything; or only B; or only what stands on Tuesday."""
    assert changed({"intent": "cancel_request", "patient_ids": ["P"]}).task_ids == ("C",)
    assert changed({"intent": "cancel_request", "patient_ids": ["B"]}).task_ids == ("A", "C")
    tuesday = {"start": "2026-03-03T00:00:00", "end": "2026-03-04T00:00:00"}
    assert changed({"intent": "cancel_request", "patient_ids": ["P"], "when": tuesday}).task_ids == ("A", "C")


def test_cancelled_stays_a_known_name() -> None:
    """A lock on somebody who has meanwhile cancelled does nothing and is no error."""
    cancel, lock = {"intent": "cancel_request", "patient_ids": ["C"]}, {"intent": "lock", "patient_ids": ["C"]}
    assert changed(cancel, lock).locked == {}


def test_move_to_an_exact_place() -> None:
    """C goes to MR1 on Wednesday at 14:20 and nowhere else."""
    problem = changed(
        {
            "intent": "move_request",
            "patient_ids": ["C"],
            "to_when": {"start": "2026-03-04T14:20:00"},
            "to_resource_ids": ["MR1"],
        }
    )
    assert problem.locked == {2: Place(0, 2 * DAY + 860)}
    assert problem.reference[2] == Place(1, 2 * DAY + 600)


def test_move_to_a_window_or_another_scanner() -> None:
    """A goes to MR2; C to Tuesday afternoon; an instant without a scanner is any scanner at that time."""
    assert case(
        changed({"intent": "move_request", "patient_ids": ["A"], "to_resource_ids": ["MR2"]}), "A"
    ).scanners == {"MR2"}
    window = {"start": "2026-03-03T12:00:00", "end": "2026-03-03T18:00:00"}
    moved = changed({"intent": "move_request", "patient_ids": ["C"], "to_when": window})
    assert case(moved, "C").windows == ((DAY + 720, DAY + 1080),)
    instant = changed({"intent": "move_request", "patient_ids": ["C"], "to_when": {"start": "2026-03-03T12:00:00"}})
    assert case(instant, "C").windows == ((DAY + 720, DAY + 740),)


def test_move_earlier_or_later() -> None:
    """C stands at Wednesday 10:00 for 20 minutes: earlier starts by 09:55, later from 10:05."""
    earlier = changed({"intent": "move_request", "patient_ids": ["C"], "direction": "earlier"})
    assert case(earlier, "C").windows == ((0, 2 * DAY + 615),)
    later = changed({"intent": "move_request", "patient_ids": ["C"], "direction": "later"})
    assert case(later, "C").windows == ((2 * DAY + 605, 3 * DAY),)


def test_swap() -> None:
    """A and C exchange their places, even inside the notice period."""
    problem = changed({"intent": "swap_requests", "patient_ids": ["A", "Q"]})
    assert problem.locked == {0: Place(1, 2 * DAY + 600), 2: Place(0, 2 * DAY + 480)}


def test_lock_is_a_conjunction_and_unlock_its_reverse() -> None:
    """Everything on MR scanners on Wednesday is pinned, then P's is let go again."""
    wednesday = {"days": ["WE"]}
    lock = {"intent": "lock", "resource_ids": ["MR1", "MR2"], "when": wednesday}
    assert set(changed(lock).locked) == {0, 2}
    assert set(changed(lock, {"intent": "unlock", "patient_ids": ["P"]}).locked) == {2}


def test_priority_is_a_class() -> None:
    """C made urgent is planned like an in-patient, made an emergency like one."""
    for priority, rclass in (("urgent", RequestClass.INPATIENT), ("emergency", RequestClass.EMERGENCY)):
        problem = changed({"intent": "set_priority", "patient_ids": ["C"], "priority": priority})
        assert case(problem, "C").rclass is rclass


@pytest.mark.parametrize(
    ("amount", "minutes"),
    [({"duration_min": 41}, 45), ({"delta_min": 5}, 25), ({"delta_pct": -50}, 10), ({"delta_min": -90}, 5)],
)
def test_duration(amount: dict[str, int], minutes: int) -> None:
    """An MR of 18 minutes made longer or shorter, on the grid, never nothing; the CT is untouched."""
    problem = changed({"intent": "change_duration", "service": "MR", **amount})
    assert [case.minutes for case in problem.cases] == [minutes, 5, minutes]


def test_required_and_forbidden_times_and_scanners() -> None:
    """C can only come before noon and not on MR1."""
    problem = changed(
        {"intent": "set_preference", "polarity": "require", "patient_ids": ["C"], "when": {"to_time": "12:00"}},
        {"intent": "set_preference", "polarity": "forbid", "patient_ids": ["C"], "when": {"days": ["TU"]}},
        {"intent": "set_preference", "polarity": "forbid", "patient_ids": ["C"], "resource_ids": ["MR1"]},
    )
    assert case(problem, "C").windows == ((0, 720), (2 * DAY, 2 * DAY + 720))
    assert case(problem, "C").scanners == {"MR2", "CT1"}


def test_preferred_and_avoided_have_a_price() -> None:
    """C would rather come on Tuesday and not on MR1; caring more about wishes makes both dearer."""
    wishes: list[dict[str, Any]] = [
        {"intent": "set_preference", "polarity": "prefer", "patient_ids": ["C"], "when": {"days": ["TU"]}},
        {"intent": "set_preference", "polarity": "avoid", "patient_ids": ["C"], "resource_ids": ["MR1"]},
    ]
    found = case(changed(*wishes), "C")
    assert found.preferred_starts == ((((DAY, 2 * DAY),), 20 * POINT),)
    assert found.preferred_scanners == ((frozenset({"MR2", "CT1"}), 20 * POINT),)
    dearer = changed(*wishes, {"intent": "set_objective_weight", "increase": ["preference"], "level": "strong"})
    assert case(dearer, "C").preferred_starts[0][1] == 60 * POINT


def test_weights() -> None:
    """More about overtime, strongly; less about waiting, slightly: lateness and left-out keep their own price."""
    plain = changed().weights
    weights = changed(
        {"intent": "set_objective_weight", "increase": ["overtime"], "level": "strong"},
        {"intent": "set_objective_weight", "decrease": ["wait_time"]},
    ).weights
    assert weights.overtime == pytest.approx(plain.overtime * 3)
    assert weights.wait_inpatient == pytest.approx(plain.wait_inpatient / 1.5)
    assert weights.wait_inpatient * weights.late_factor == pytest.approx(plain.wait_inpatient * plain.late_factor)


def test_weights_stay_in_their_band() -> None:
    """However often one asks, a weight never grows beyond ten times."""
    more = {"intent": "set_objective_weight", "increase": ["fairness"], "level": "strong"}
    assert changed(*[more] * 9).weights.fairness == pytest.approx(changed().weights.fairness * 10)


def test_reoptimise_changes_nothing() -> None:
    """Asking for a new solve leaves the problem as it is."""
    assert changed({"intent": "reoptimise", "problem": "imaging"}) == changed()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"intent": "cancel_request", "patient_ids": ["Z"]}, UnknownId),
        ({"intent": "add_request", "problem": "imaging"}, BadInput),
        ({"intent": "add_request", "problem": "imaging", "service": "US"}, UnknownId),
        ({"intent": "add_request", "problem": "imaging", "service": "HD"}, WrongState),
        ({"intent": "add_request", "problem": "imaging", "service": "CT", "sessions": 3}, WrongState),
        ({"intent": "insert_urgent", "problem": "theatre"}, WrongState),
        ({"intent": "move_request", "patient_ids": ["C"]}, BadInput),
        ({"intent": "move_request", "patient_ids": ["C"], "to_when": {"start": "2026-05-04T14:20:00"}}, WrongState),
        ({"intent": "swap_requests", "patient_ids": ["P", "C"]}, WrongState),
        ({"intent": "change_duration", "delta_min": 5}, BadInput),
        ({"intent": "change_duration", "delta_min": 5, "resource_ids": ["MR1"]}, WrongState),
        ({"intent": "set_preference", "polarity": "prefer", "patient_ids": ["C"]}, BadInput),
        ({"intent": "set_preference", "polarity": "prefer", "when": {"days": ["MO"]}}, BadInput),
        ({"intent": "set_preference", "polarity": "forbid", "patient_ids": ["C"], "when": {}}, WrongState),
        ({"intent": "set_objective_weight", "increase": ["waste"]}, WrongState),
        ({"intent": "set_objective_weight"}, BadInput),
    ],
)
def test_what_cannot_be_honoured_is_refused(change: dict[str, Any], error: type[CaretableError]) -> None:
    """A wish that would be silently dropped is refused in words, in both languages."""
    with pytest.raises(error) as refusal:
        changed(change)
    assert refusal.value.sentence("en") != refusal.value.sentence("zh")
