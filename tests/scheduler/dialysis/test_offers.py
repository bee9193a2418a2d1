"""The best patterns for a patient: free places, by price, and nobody else moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hospital.dialysis import DialysisPatient, DialysisStation
from hospital.errors import UnknownId
from scheduler.dialysis.build import build
from scheduler.dialysis.offers import offers
from scheduler.dialysis.solving import solve_roster
from scheduler.kernel.plan import Plan
from scheduler.kernel.score import score
from scheduler.kernel.solve import Settings
from tests.scheduler.dialysis.test_changes import MONDAY, changes, site


def test_a_new_patient_is_offered_what_is_free_and_wished() -> None:
    """Zhao wishes for the late shift; on Mon Wed Fri it is free everywhere, on Tue Thu Sat not on S2.
    Three offers for nothing, all late."""
    unit = site()
    zhao = DialysisPatient(id="Zhao", wished_shifts=frozenset({"late"}))
    unit = replace(unit, patients=(*unit.patients, zhao))
    problem = build(unit, now=MONDAY)
    plan = solve_roster(problem, Settings(seconds=0.0), 1).plan.plan
    found = offers(problem, plan, "Zhao")
    assert [offer.price for offer in found] == [0.0, 0.0, 0.0]
    assert {offer.shift for offer in found} == {"late"}
    assert {offer.weekdays for offer in found} == {(0, 2, 4)}
    assert all(len(offer.places) == 6 and not offer.num_missing for offer in found)


def test_the_price_is_what_the_plan_costs_more() -> None:
    """With one station and an early patient on it, a second one on the same days pays for the shift not wished; on it there is no place."""
    lin = DialysisPatient(id="Lin", pattern=(0, 2, 4), shift="early", station="S1")
    mei = DialysisPatient(id="Mei", wished_shifts=frozenset({"early"}))
    unit = site(stations=(DialysisStation(id="S1"),), patients=(lin, mei))
    problem = build(unit, now=MONDAY)
    plan = solve_roster(problem, Settings(seconds=0.0), 1).plan.plan
    found = offers(problem, plan, "Mei", count=4)
    first, second = found[0], found[1]
    assert (first.weekdays, first.shift, first.price) == ((1, 3, 5), "early", 0.0)
    assert second.shift == "late"
    assert second.price == pytest.approx(len(second.places) * problem.weights.wish)
    assert second.cost_by_rule == {"shift_wishes": second.price}
    without = Plan(tuple(None if s.patient == "Mei" else p for s, p in zip(problem.sessions, plan.places, strict=True)))
    alone = score(problem, plan).points - (score(problem, without).points - 6 * 400)
    assert first.price == pytest.approx(alone)


def test_whoever_is_not_there_is_offered_nothing() -> None:
    """A patient nobody knows is named; one who has left, too."""
    gone = changes({"intent": "cancel_request", "patient_ids": ["Mei"]})
    problem = build(site(), now=MONDAY, changes=gone)
    plan = solve_roster(problem, Settings(seconds=0.0), 1).plan.plan
    for name in ("Xu", "Mei"):
        with pytest.raises(UnknownId):
            offers(problem, plan, name)
