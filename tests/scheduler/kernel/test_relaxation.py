"""A bound that some plan undercuts would be a lie on the screen."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from hospital.clock import Span
from hospital.requests import RequestClass
from hospital.resources import Modality
from scheduler.kernel.exact import solve_exactly
from scheduler.kernel.relaxation import Relaxation
from scheduler.kernel.tables import tables_of
from tests.scheduler.imaging.drawn import drawn_problem
from tests.scheduler.imaging.tiny import case, hour, problem, room, weights
from tests.scheduler.kernel.tiny import STATEMENTS, TinyProblem, draw_problem
from tests.scheduler.literal_model import LiteralModel

PAIRS = ("apart", "price_different_days", "forbid_same_day")
ALONE = ("only_start_in", "block", "price_after", "price_start_in", "price_on", "price_away", "price_minutes")


def _check_any_prices(relaxation: Relaxation, cheapest: int, seed: int) -> None:
    """Prices that nobody would choose prove no more than good ones do."""
    rng = np.random.default_rng(seed)
    for most in (2, 2000, 400_000):
        price = rng.integers(0, most, relaxation.capacity.shape) * rng.integers(0, 2, relaxation.capacity.shape)
        assert relaxation.bound_at(price.astype(np.int64)) <= cheapest
    assert relaxation.sharpen(60, upper=1 << 60, rounds=60) <= cheapest


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_no_plan_is_cheaper_than_the_bound(seed: int) -> None:
    """Whatever the department, the cheapest plan of all costs at least what the bound says."""
    drawn = drawn_problem(seed, num_cases=6, grid=30)
    cheapest = solve_exactly(drawn, seconds=20, threads=1)
    assert cheapest.is_optimal
    assert cheapest.cost is not None
    _check_any_prices(Relaxation(drawn, tables_of(drawn, is_yielding=True)), cheapest.cost, seed)


def _relaxation(tiny: TinyProblem) -> Relaxation:
    try:
        return Relaxation(tiny, tables_of(tiny, is_yielding=True))
    except ValueError:  # the search refuses two statements where one is enough, such as two homes
        reject()


def _cheapest(tiny: TinyProblem) -> int | None:
    literal = LiteralModel.of(tiny)
    return min((literal.price(plan) for plan in tiny.plans() if literal.is_allowed(plan)), default=None)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
@example(200_328)  # history on a closed scanner
@example(21_135)  # history off the grid
def test_no_plan_of_all_is_cheaper_whatever_the_rules(seed: int) -> None:
    """Any mixture of rules, every single plan looked at: none costs less than the bound."""
    tiny = _on_one_line(draw_problem(seed, num_statements=Random(seed).randint(1, 6)))
    cheapest = _cheapest(tiny)
    if cheapest is not None:
        _check_any_prices(_relaxation(tiny), cheapest, seed)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_two_examinations_of_a_patient_are_priced_to_the_point(seed: int) -> None:
    """Gaps of hours or a night, journeys, forbidden days, waiting: where scanners are free, the bound is the cheapest plan's cost."""
    rng = Random(seed)
    lone = draw_problem(seed, num_tasks=2, num_statements=0)
    kinds = [*PAIRS, *rng.sample(ALONE, 5)]
    drawn = tuple((f"{kind}{n}", STATEMENTS[kind](rng, 2, 2)) for n, kind in enumerate(kinds) if rng.random() < 0.7)
    apart = tuple((f"scanner{task}", _only_on(task)) for task in range(2))
    pair = TinyProblem(lone.durations, 2, lone.posts + drawn + apart)
    relaxation = _relaxation(pair)
    nothing = np.zeros_like(relaxation.capacity)
    assert max(relaxation.bound_at(nothing) for _ in range(40)) == _cheapest(pair)


def _only_on(task: int) -> Callable[..., None]:
    return lambda model: model.only_on(task, (task,))


def _on_one_line(tiny: TinyProblem) -> TinyProblem:
    """The problem, one appointment at a time on each resource."""

    def post(resource: int) -> Callable[..., None]:
        nothing = np.zeros((1, 1), dtype=np.int64)
        return lambda model: model.follow(resource, [0] * len(tiny.durations), nothing)

    lines = tuple((f"line{resource}", post(resource)) for resource in range(tiny.num_resources))
    return TinyProblem(tiny.durations, tiny.num_resources, tiny.posts + lines, tiny.frozen)


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
    assert 0.8 * cheapest.cost < relaxation.sharpen(60, upper=cheapest.cost, rounds=300) <= cheapest.cost


@pytest.mark.parametrize("window", [(), ((hour(8), hour(9)),), ((hour(8, day=1), hour(9, day=1)),)])
def test_a_patient_cannot_be_on_two_scanners_at_once(window: tuple[Span, ...]) -> None:
    """Two free scanners do not help one patient who needs both: the second examination waits, or costs a second journey."""
    days = ((hour(8), hour(11)), (hour(8, day=1), hour(11, day=1)))
    one = problem(
        case("A", patient="Li", rclass=RequestClass.EMERGENCY, minutes=60),
        case("B", patient="Li", rclass=RequestClass.EMERGENCY, minutes=60, modality=Modality.MR, windows=window),
        rooms=(room("CT1", sessions=days), room("MR1", modality=Modality.MR, sessions=days)),
        days=2,
        weights=weights(wait_emergency=5, unplanned_h=1000, two_days=30),
    )
    cheapest = solve_exactly(one, seconds=10, threads=1)
    assert cheapest.cost is not None
    assert cheapest.cost > 0
    assert Relaxation(one, tables_of(one)).sharpen(60, upper=1 << 60, rounds=40) == cheapest.cost
