"""The sample week after a solve: what `slots` offers there is what trying every place by the rules' checks would find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hospital.facts import POINT
from scheduler.imaging.build import build
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.outcome import Outcome
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.score import score
from scheduler.kernel.solve import Settings, solve
from scheduler.replan.recommend import slots
from simulations.imaging.samples import week


@pytest.fixture(scope="module")
def problem() -> ImagingProblem:
    """Three thousand requests on fourteen scanners."""
    return build(week())


@pytest.fixture(scope="module")
def solved(problem: ImagingProblem) -> Outcome:
    """Its plan after a short solve, which still leaves some out."""
    return solve(problem, Settings(seconds=3.0, bound_share=0.0), 1)


def sound_places(problem: ImagingProblem, without: Plan, task: int) -> Iterator[Plan]:
    """The plan with the task in each place of the grid between its earliest and its latest that no hard rule forbids."""
    case = problem.cases[task]
    assert case.latest is not None
    last = min(case.latest, problem.clock.end - problem.durations[task])
    for resource in range(len(problem.rooms)):
        for start in range(case.earliest, last + 1, problem.clock.grid_min):
            place = Place(resource, start)
            tried = without.placed(task, place)
            if is_sound(problem, Plan.empty(len(problem.cases)).placed(task, place)) and is_sound(problem, tried):
                yield tried


def is_sound(problem: ImagingProblem, plan: Plan) -> bool:
    """Whether no hard rule is broken; ends at the first that is."""
    names = frozenset(problem.task_ids[other] for other in problem.frozen)
    broken = (match for rule in problem.rules if rule.is_hard for match in rule.check(problem, plan))
    return not any(not match.requests or not names.issuperset(match.requests) for match in broken)


def test_nobody_left_out_could_be_inserted_for_less(problem: ImagingProblem, solved: Outcome) -> None:
    """Whoever has no place after the solve has none below the price of being left out, though every place of the week is asked."""
    assert solved.unplanned
    for left in solved.unplanned:
        offered = slots(problem, solved.plan.plan, left.request, count=1)
        assert not offered or offered[0].price >= left.price, left.request


def test_three_slots_are_the_cheapest_of_the_full_week(problem: ImagingProblem, solved: Outcome) -> None:
    """For the two planned requests with the least time, all places tried one after the other give the same three prices."""
    plan = solved.plan.plan
    short = [
        (case.latest - case.earliest, task)
        for task, case in enumerate(problem.cases)
        if case.latest is not None and plan.places[task] is not None and task not in problem.frozen | problem.locked
    ]
    for _, task in sorted(short)[:2]:
        without = plan.placed(task, None)
        base = score(problem, without)
        own = sum(
            match.price
            for rule in problem.rules
            if rule.id in ("unplanned", "moved")
            for match in rule.check(problem, without)
            if match.requests == (problem.task_ids[task],)
        )
        prices = [score(problem, tried).total - base.total + own for tried in sound_places(problem, without, task)]
        offered = slots(problem, plan, problem.task_ids[task])
        assert [round(slot.price * POINT) for slot in offered] == sorted(prices)[:3]
        assert offered
