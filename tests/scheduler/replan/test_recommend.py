"""The best slots for one request, against a plain scan of the whole grid by the rules' checks alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hospital.errors import BadInput, UnknownId
from hospital.facts import POINT
from hospital.requests import RequestClass
from scheduler.imaging.build import plan_of
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.score import score, violations
from scheduler.kernel.verify import verify
from scheduler.replan.recommend import Slot, slots
from tests.scheduler.imaging.drawn import drawn_plan, drawn_problem
from tests.scheduler.imaging.small_site import appointment, at, booking, problem_with, request
from tests.scheduler.imaging.tiny import hard_matches


def sound(seed: int, *, num_cases: int = 7) -> tuple[ImagingProblem, Plan]:
    """A drawn problem and a plan that breaks no rule: whoever is guilty is left out and no longer promised anything."""
    problem = drawn_problem(seed, num_cases=num_cases)
    plan = drawn_plan(seed, problem)
    while broken := hard_matches(problem, plan):
        guilty = max(problem.task_of[name] for match in broken for name in match.requests)
        plan = plan.placed(guilty, None)
        problem = replace(
            problem,
            noticed=problem.noticed - {guilty},
            frozen={task: place for task, place in problem.frozen.items() if task != guilty},
        )
    return problem, plan


def by_hand(problem: ImagingProblem, plan: Plan, task: int) -> list[tuple[int, int, int]]:
    """(price, start, scanner) of every place of the grid, by the checks alone."""
    without = plan.placed(task, None)
    empty = score(problem, without)
    own = _left_out_units(problem, plan, task)
    found = []
    for resource in range(len(problem.rooms)):
        for start in range(0, problem.clock.end - problem.durations[task] + 1, problem.clock.grid_min):
            tried = without.placed(task, Place(resource, start))
            is_history = problem.frozen.get(task, tried.places[task]) != tried.places[task]
            if not is_history and not violations(problem, tried):
                found.append((score(problem, tried).total - empty.total + own, start, resource))
    return sorted(found)


def _left_out_units(problem: ImagingProblem, plan: Plan, task: int) -> int:
    """What leaving the task out costs by itself: its unplanned price and that of dropping it from the plan in force."""
    name = problem.task_ids[task]
    return sum(
        match.price
        for rule in problem.rules
        if rule.id in ("unplanned", "moved")
        for match in rule.check(problem, plan.placed(task, None))
        if match.requests == (name,)
    )


def found_places(problem: ImagingProblem, found: tuple[Slot, ...]) -> list[tuple[int, int, int]]:
    return [
        (round(slot.price * POINT), problem.clock.minute(slot.start), problem.resource_of[slot.resource])
        for slot in found
    ]


@pytest.mark.parametrize("seed", range(24))
def test_three_slots_are_the_three_cheapest_of_the_whole_grid(seed: int) -> None:
    """What is offered within milliseconds is exactly what trying every place by hand would find."""
    problem, plan = sound(seed)
    task = seed % len(problem.cases)
    offered = slots(problem, plan, problem.task_ids[task])
    assert found_places(problem, offered) == by_hand(problem, plan, task)[:3]


@pytest.mark.parametrize("seed", range(40, 52))
def test_cost_by_rule_adds_up_and_is_the_checks_difference(seed: int) -> None:
    """What each rule charges for the slot is what its check finds more of with the patient there."""
    problem, plan = sound(seed)
    task = seed % len(problem.cases)
    without = plan.placed(task, None)
    for slot in slots(problem, plan, problem.task_ids[task]):
        there = without.placed(task, Place(problem.resource_of[slot.resource], problem.clock.minute(slot.start)))
        before, after = score(problem, without).by_rule, score(problem, there).by_rule
        local = {rule: (after[rule] - before[rule]) / POINT for rule in after if rule not in ("unplanned", "moved")}
        assert {rule: units for rule, units in slot.cost_by_rule.items() if rule != "moved"} == pytest.approx(
            {rule: units for rule, units in local.items() if units}
        )
        assert sum(slot.cost_by_rule.values()) == pytest.approx(slot.price)


def test_fewer_slots_where_fewer_exist() -> None:
    """A patient who can come from 08:00 to 08:25 and needs 20 minutes on the one MR that is open has two slots."""
    wanted = request("A", windows=((at(1, 8), at(1, 8, 25)),))
    problem = problem_with([wanted])
    found = slots(problem, Plan.empty(1), "A")
    assert [(slot.resource, slot.start, slot.end) for slot in found] == [
        ("MR1", at(1, 8), at(1, 8, 20)),
        ("MR1", at(1, 8, 5), at(1, 8, 25)),
    ]


def test_present_place_is_marked() -> None:
    """The place a patient has now is one of those offered, and says so."""
    problem = problem_with([request("A")], [booking("A", "MR1", at(3, 8))], now=at(1, 8))
    plan = plan_of(problem, [appointment("A", "MR1", at(3, 8))])
    found = slots(problem, plan, "A", count=2000)
    assert [(slot.resource, slot.start) for slot in found if slot.is_present] == [("MR1", at(3, 8))]
    assert len({(slot.resource, slot.start) for slot in found}) == len(found)


def test_history_has_one_place() -> None:
    """Whoever is done stays where they were."""
    problem = problem_with([request("A")], [booking("A", "MR1", at(1, 8))], now=at(1, 9))
    plan = plan_of(problem, [appointment("A", "MR1", at(1, 8))])
    assert [(slot.resource, slot.start) for slot in slots(problem, plan, "A", max_moved=2)] == [("MR1", at(1, 8))]


def full_morning(*, now_day: int = 1) -> tuple[ImagingProblem, Plan]:
    """MR1 and MR2 are full on Monday from nine to ten; A, an in-patient, may only come then, the others any time."""
    hour = ((at(1, 9), at(1, 10)),)
    names = ["B1", "B2", "C1", "C2"]
    problem = problem_with(
        [request("A", rclass=RequestClass.INPATIENT, windows=hour), *(request(name, "MR-KNEE") for name in names)],
        now=at(0, 7) if now_day == 1 else at(1, 7),
    )
    starts = [("MR1", at(1, 9)), ("MR1", at(1, 9, 30)), ("MR2", at(1, 9)), ("MR2", at(1, 9, 35))]
    plan = plan_of(problem, [appointment(name, *place) for name, place in zip(names, starts, strict=True)])
    verify(problem, plan)
    return problem, plan


def test_others_are_pushed_aside_only_where_asked() -> None:
    """With nobody moved there is no slot; with one moved there are, and each plan that would follow breaks no rule."""
    problem, plan = full_morning()
    assert slots(problem, plan, "A") == ()
    offered = slots(problem, plan, "A", max_moved=1)
    assert len(offered) == 3
    for slot in offered:
        assert len(slot.moved) == 1
        after = plan.placed(0, Place(problem.resource_of[slot.resource], problem.clock.minute(slot.start)))
        for entry in slot.moved:
            place = Place(problem.resource_of[entry.resource], problem.clock.minute(entry.start))
            after = after.placed(problem.task_of[entry.request], place)
        rise = verify(problem, after).score.total - score(problem, plan).total + _left_out_units(problem, plan, 0)
        assert round(slot.price * POINT) == rise
        assert sum(slot.cost_by_rule.values()) == pytest.approx(slot.price)


@pytest.mark.parametrize("seed", range(60, 80))
def test_moving_others_is_never_dearer_and_always_sound(seed: int) -> None:
    """More freedom cannot cost more; at most two others move; the rules hold afterwards and the price is right."""
    problem, plan = sound(seed, num_cases=9)
    task = seed % len(problem.cases)
    name = problem.task_ids[task]
    free, pushed = slots(problem, plan, name), slots(problem, plan, name, max_moved=2)
    assert len(pushed) >= len(free)
    assert [slot.price for slot in pushed[: len(free)]] <= [slot.price for slot in free]
    base = score(problem, plan.placed(task, None)).total - _left_out_units(problem, plan, task)
    for slot in pushed:
        assert len(slot.moved) <= 2
        after = plan.placed(task, Place(problem.resource_of[slot.resource], problem.clock.minute(slot.start)))
        for entry in slot.moved:
            place = Place(problem.resource_of[entry.resource], problem.clock.minute(entry.start))
            after = after.placed(problem.task_of[entry.request], place)
        assert violations(problem, after) == ()
        assert round(slot.price * POINT) == score(problem, after).total - base


def test_what_cannot_be_asked() -> None:
    """A stranger has no slots, and three others cannot be moved."""
    problem, plan = full_morning()
    with pytest.raises(UnknownId):
        slots(problem, plan, "Z")
    with pytest.raises(BadInput):
        slots(problem, plan, "A", max_moved=3)
