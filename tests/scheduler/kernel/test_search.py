"""The compiled search and the rules' own checks must never disagree."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.improve import improve
from scheduler.kernel.plan import Place
from scheduler.kernel.score import score, violations
from scheduler.kernel.search import (
    INFEASIBLE,
    State,
    cheapest_place,
    insert,
    load_plan,
    place_cost,
    plan_of_state,
    remove,
)
from scheduler.kernel.solve import first_plan
from scheduler.kernel.tables import Tables, tables_of
from scheduler.kernel.verify import verify
from tests.scheduler.imaging.drawn import drawn_problem

SEEDS = st.integers(0, 10_000)


def allowed_places(problem: ImagingProblem, tables: Tables, state: State, task: int) -> dict[tuple[int, int], int]:
    """Every place of an absent task that the search allows, with its change of cost."""
    choices = tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]]
    costs = {
        (r, slot): place_cost(tables, state, task, r, slot) for r in choices for slot in range(problem.clock.num_slots)
    }
    return {place: cost for place, cost in costs.items() if cost < INFEASIBLE // 2}


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_first_plan_keeps_every_rule_and_its_cost_is_the_rules_cost(seed: int) -> None:
    """Whatever the department, the first plan breaks no rule and costs what the rules say."""
    problem = drawn_problem(seed, num_cases=6)
    tables = tables_of(problem)
    state = first_plan(problem, tables)
    plan = verify(problem, plan_of_state(problem, state))
    assert plan.score.total == state.cost[0]


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_search_allows_exactly_the_places_that_the_rules_allow(seed: int) -> None:
    """A place is offered for a patient if and only if no rule is broken there, and at the price that the rules name."""
    problem = drawn_problem(seed, num_cases=5, grid=30)
    tables = tables_of(problem)
    state = first_plan(problem, tables)
    movable = [task for task in range(5) if task not in problem.frozen and task not in problem.noticed]
    for task in movable[:2]:
        if state.start[task] >= 0:
            remove(tables, state, task)
        if violations(problem, plan_of_state(problem, state)):
            continue  # two neighbours that a third one kept apart
        before = score(problem, plan_of_state(problem, state)).total
        offered = allowed_places(problem, tables, state, task)
        plan = plan_of_state(problem, state)
        for resource in range(len(problem.rooms)):
            for slot in range(problem.clock.num_slots):
                start = slot * 30
                if start + problem.durations[task] > problem.clock.end:
                    continue
                tried = plan.placed(task, Place(resource, start))
                assert ((resource, slot) in offered) == (not violations(problem, tried)), (task, resource, start)
                if (resource, slot) in offered:
                    assert score(problem, tried).total - before == offered[resource, slot]


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_cheapest_place_is_the_cheapest_of_all(seed: int) -> None:
    """The place found for a patient is the cheapest of the whole grid, or none where leaving out is cheaper."""
    problem = drawn_problem(seed, num_cases=6)
    tables = tables_of(problem)
    state = first_plan(problem, tables)
    for task in range(6):
        if state.start[task] < 0 or task in problem.frozen:
            continue
        remove(tables, state, task)
        offered = allowed_places(problem, tables, state, task)
        change, resource, slot = cheapest_place(tables, state, task, 0)
        assert change == min([0, *offered.values()])
        if slot >= 0:
            assert offered[resource, slot] == change
            insert(tables, state, task, resource, slot)


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_after_random_moves_the_cost_is_still_the_rules_cost(seed: int) -> None:
    """After hundreds of ruins and recreates the plan still breaks nothing and costs what the rules say."""
    problem = drawn_problem(seed, num_cases=9)
    tables = tables_of(problem)
    state = first_plan(problem, tables, seed)
    best = state.start.copy(), state.resource.copy(), state.cost.copy()
    improve(tables, state, *best, 300, 1e6, 1e4, 12)
    plan = verify(problem, plan_of_state(problem, state))
    assert plan.score.total == state.cost[0]
    assert load_plan(tables, plan.plan).cost[0] == state.cost[0]
    assert best[2][0] <= state.cost[0]


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_a_line_that_is_passed_over_has_no_room(seed: int) -> None:
    """A scanner's day is passed over only where no gap on it is as long as the search believes."""
    problem = drawn_problem(seed, num_cases=9)
    tables = tables_of(problem)
    state = first_plan(problem, tables, seed)
    best = state.start.copy(), state.resource.copy(), state.cost.copy()
    improve(tables, state, *best, 100, 1e6, 1e4, 12)
    for resource, day in np.ndindex(*state.filled.shape):
        size = state.filled[resource, day]
        taken = zip(state.line_start[resource, day, :size], state.line_end[resource, day, :size], strict=True)
        low, gaps = tables.open_from[resource, day], []
        for start, end in taken:
            gaps.append(start - low)
            low = end
        gaps.append(tables.open_until[resource, day] - low)
        assert state.widest[resource, day] >= max(gaps)


def test_a_removal_and_its_undoing_leave_no_trace() -> None:
    """Taking a patient out and putting the patient back changes nothing."""
    problem = drawn_problem(11, num_cases=7)
    tables = tables_of(problem)
    state = first_plan(problem, tables)
    placed = np.flatnonzero(state.start >= 0)
    before = state.cost[0], state.use.copy(), state.load.copy(), state.filled.copy()
    for task in placed:
        resource, slot = state.resource[task], state.start[task]
        remove(tables, state, task)
        insert(tables, state, task, resource, slot)
    assert state.cost[0] == before[0]
    for old, new in zip(before[1:], (state.use, state.load, state.filled), strict=True):
        np.testing.assert_array_equal(old, new)
