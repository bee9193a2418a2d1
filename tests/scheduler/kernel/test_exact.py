"""Solving with proof: never dearer than what it starts from, never a bound above the truth."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from time import monotonic

import pytest

from hospital.requests import RequestClass
from hospital.resources import Modality
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.cpsat import CpSatModel
from scheduler.kernel.exact import lower_bound, solve_exactly
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.score import score
from scheduler.kernel.verify import verify
from tests.scheduler.imaging.tiny import case, hour, problem, room, standard
from tests.scheduler.kernel.tiny import draw_problem
from tests.scheduler.literal_model import LiteralModel


def twelve(seed: int) -> ImagingProblem:
    """Twelve requests on two CTs and an MR of one day, three kinds of set-up, two of them of one patient."""
    rng = Random(seed)
    cases = []
    for number in range(12):
        is_mr = number % 3 == 0
        rclass = rng.choices(list(RequestClass), (1, 3, 5, 1))[0]
        earliest = hour(rng.choice((8, 8, 9, 10, 13)))
        cases.append(
            case(
                f"R{number}",
                patient=f"P{max(number, 1)}",
                modality=Modality.MR if is_mr else Modality.CT,
                minutes=rng.choice((20, 30, 40)) if is_mr else rng.choice((10, 15, 20, 30)),
                earliest=earliest,
                target=earliest + (60 if rclass is RequestClass.EMERGENCY else 240),
                rclass=rclass,
                family=rng.choice(("plain", "contrast", "cardiac")),
            )
        )
    hours = ((hour(8), hour(12)), (hour(13), hour(16)))
    rooms = [room("CT1", sessions=hours, turnover=5), room("CT2", sessions=hours)]
    rooms.append(room("MR1", modality=Modality.MR, sessions=hours, overtime=((hour(16), hour(17)),)))
    return problem(*cases, rooms=rooms, grid=5, weights=standard())


@pytest.mark.parametrize("seed", [1, 3])
def test_twelve_requests_are_planned_with_proof(seed: int) -> None:
    """A morning of twelve requests gets a plan of which it is proven that none is cheaper."""
    asked = twelve(seed)
    found = solve_exactly(asked, seconds=120)
    assert found.plan is not None
    assert found.is_optimal
    assert verify(asked, found.plan).score.total == found.cost == found.bound


def test_a_proven_bound_lies_below_the_cheapest_plan() -> None:
    """The bound is never above what the cheapest plan of all costs, and prices rule out no place of it."""
    num_sharp = 0
    for seed in range(40, 52):
        asked = draw_problem(seed, num_tasks=2, num_statements=6)
        literal = LiteralModel.of(asked)
        prices = [(literal.price(plan), plan) for plan in asked.plans() if literal.is_allowed(plan)]
        if not prices:
            continue
        cheapest = min(price for price, _ in prices)
        bound = lower_bound(asked, 30)
        model = CpSatModel(asked)
        relaxation = model.relax(30)
        if bound is None or relaxation is None:
            continue
        assert bound <= cheapest
        num_sharp += bound == cheapest > 0
        model.rule_out(relaxation, cheapest)
        assert all(model.cost_of(plan) == price for price, plan in prices if price == cheapest)
    assert num_sharp >= 3


def test_splitting_sharpens_the_bound_and_never_passes_the_truth() -> None:
    """Looking at early and late starts apart proves more, and never more than the cheapest plan costs."""
    for seed in range(60, 75):
        asked = draw_problem(seed, num_tasks=2, num_statements=6)
        literal = LiteralModel.of(asked)
        cheapest = min((literal.price(plan) for plan in asked.plans() if literal.is_allowed(plan)), default=None)
        model = CpSatModel(asked)
        first = model.relax(30)
        split = model.branch(monotonic() + 5, enough=cheapest)
        if cheapest is None or first is None or split is None:
            continue
        assert first.bound <= split <= cheapest
    asked = twelve(3)
    model = CpSatModel(asked)
    first, split = model.relax(60), model.branch(monotonic() + 8, enough=None)
    assert first is not None
    assert split is not None
    assert first.bound < split <= 192700


def test_whoever_is_fixed_stays() -> None:
    """Improving a part leaves everybody else exactly where they are, and never makes the plan dearer."""
    asked = replace(twelve(3), cases=twelve(3).cases[:6])
    start = solve_exactly(asked, seconds=60).plan
    assert start is not None
    worse = next(
        start.placed(0, Place(resource, minute))
        for resource in (0, 1, 2)
        for minute in range(hour(8), hour(16), 5)
        if _is_dearer(asked, start, start.placed(0, Place(resource, minute)))
    )
    fixed = {task: worse.places[task] for task in (1, 2, 3, 4)}
    found = solve_exactly(asked, seconds=60, hint=worse, fixed=fixed)
    assert found.plan is not None
    assert found.cost is not None
    assert all(found.plan.places[task] == place for task, place in fixed.items())
    assert found.cost <= score(asked, worse).total
    assert found.is_optimal


def test_what_cannot_be_is_said_with_proof() -> None:
    """Two patients fixed on one scanner at once make the part impossible, and that is proven, not guessed."""
    asked = problem(case("R1"), case("R2"))
    both = Place(0, hour(8))
    assert solve_exactly(asked, seconds=30, fixed={0: both, 1: both}).is_infeasible
    assert not solve_exactly(asked, seconds=30, fixed={0: both, 1: None}).is_infeasible


def _is_dearer(asked: ImagingProblem, before: Plan, after: Plan) -> bool:
    try:
        return verify(asked, after).score.total > score(asked, before).total
    except Exception:
        return False
