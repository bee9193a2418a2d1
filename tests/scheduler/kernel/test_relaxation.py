"""A bound that some plan undercuts would be a lie on the screen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.kernel.exact import solve_exactly
from scheduler.kernel.relaxation import Relaxation
from scheduler.kernel.tables import tables_of
from tests.scheduler.imaging.drawn import drawn_problem
from tests.scheduler.imaging.tiny import case, hour, problem, room, weights


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_no_plan_is_cheaper_than_the_bound(seed: int) -> None:
    """Whatever the department, the cheapest plan of all costs at least what the bound says."""
    drawn = drawn_problem(seed, num_cases=6, grid=30)
    cheapest = solve_exactly(drawn, seconds=20, threads=1)
    assert cheapest.is_optimal
    assert cheapest.cost is not None
    bound = Relaxation(drawn, tables_of(drawn, is_yielding=True)).sharpen(60, upper=cheapest.cost, rounds=120)
    assert bound <= cheapest.cost


def test_two_patients_for_one_hour_pay_for_the_second() -> None:
    """Two patients want the same first hour of one scanner: the bound knows that one of them waits about an hour."""
    one = problem(
        case("A", minutes=60, earliest=hour(8)),
        case("B", minutes=60, earliest=hour(8)),
        rooms=(room("CT1"),),
        weights=weights(wait_outpatient=3, unplanned_h=100),
    )
    cheapest = solve_exactly(one, seconds=10, threads=1)
    relaxation = Relaxation(one, tables_of(one))
    assert cheapest.cost is not None
    assert 0.6 * cheapest.cost < relaxation.sharpen(60, upper=cheapest.cost, rounds=300) <= cheapest.cost
