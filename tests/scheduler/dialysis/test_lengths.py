"""A week of sessions of varying length: what is planned is verified, and the bound holds."""

from __future__ import annotations

import pytest

from scheduler.dialysis.lengths import WeekDemand, as_problem, at_once, bound, first_come, improved
from scheduler.dialysis.measures import measures
from scheduler.kernel.score import score, violations
from simulations.dialysis.published import drawn


@pytest.mark.parametrize("seed", range(3))
def test_hours_are_met_as_told(seed: int) -> None:
    """Each way of planning breaks no rule, meets the hours it says, and never more than the bound."""
    demand = drawn(seed, num_beds=3, patients_a_bed=5)
    start = at_once(demand)
    weeks = [first_come(demand), start, improved(demand, start, seconds=1.0)]
    most = bound(demand)
    for week in weeks:
        problem, plan = as_problem(demand, week)
        assert violations(problem, plan) == ()
        assert score(problem, plan).points == pytest.approx(demand.total() - week.met(demand))
        assert measures(problem, plan).met_share == pytest.approx(week.met(demand) / demand.total(), abs=1e-3)
        assert week.met(demand) <= most + 1e-6
    assert weeks[2].met(demand) >= weeks[1].met(demand)


def test_a_bed_free_for_three_hours_holds_three() -> None:
    """One bed, free for three hours of one day, and two patients of two hours, an hour more or less: three hours at most are given."""
    row = (True, True, True, False)
    demand = WeekDemand(bed_free=((row,),), free=((row,), (row,)), hours=(2, 2), deviation=(1, 1), weight=(1.0, 1.0))
    assert improved(demand, at_once(demand), seconds=2.0).met(demand) == 3.0
    assert bound(demand) == pytest.approx(3.0)
