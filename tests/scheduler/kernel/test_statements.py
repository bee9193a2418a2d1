"""The compiled search allows and prices what the vocabulary says: compared with the literal reading, statement by statement."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.kernel.improve import improve
from scheduler.kernel.model import Model
from scheduler.kernel.plan import Place
from scheduler.kernel.search import INFEASIBLE, insert, load_plan, new_state, place_cost, plan_of_state, remove
from scheduler.kernel.tables import tables_of
from tests.scheduler.kernel.tiny import GRID, STATEMENTS, Post, TinyProblem, draw_problem
from tests.scheduler.literal_model import LiteralModel

ENFORCED = [kind for kind in STATEMENTS if kind != "keep_unless"]
"""The search keeps whoever stays unless displaced; only a displacement takes them away."""


def _lines(num_tasks: int) -> list[tuple[str, Post]]:
    """Nobody overlaps anybody on a resource: the search takes that for granted."""
    plain = np.zeros((1, 1), dtype=np.int64)
    return [(f"line{r}", lambda model, r=r: model.follow(r, [0] * num_tasks, plain)) for r in range(2)]


def _ends_that_day(problem: TinyProblem, task: int, start: int) -> bool:
    return problem.clock.day_of(start) == problem.clock.day_of(start + problem.durations[task] - 1)


def _compare(problem: TinyProblem, rng: Random) -> int:
    """Every place of every task against the literal reading, beside a random plan; how many were allowed."""
    literal, tables = LiteralModel.of(problem), tables_of(problem)
    state, num_allowed = new_state(tables, 1), 0
    base = literal.price(plan_of_state(problem, state)) - state.cost[0]  # a limit below nothing is exceeded by nobody
    for task in rng.sample(range(len(problem.durations)), len(problem.durations)):
        plan = plan_of_state(problem, state)
        before = literal.price(plan)
        allowed = []
        for resource in range(problem.num_resources):
            for slot in range(problem.clock.num_slots):
                start = slot * GRID
                if start + problem.durations[task] > problem.clock.end or not _ends_that_day(problem, task, start):
                    continue
                tried = plan.placed(task, Place(resource, start))
                is_choice = resource in tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]]
                cost = place_cost(tables, state, task, resource, slot) if is_choice else INFEASIBLE
                assert (cost < INFEASIBLE // 2) == literal.is_allowed(tried), (task, resource, start)
                if cost < INFEASIBLE // 2:
                    assert cost == literal.price(tried) - before
                    allowed.append((resource, slot))
        num_allowed += len(allowed)
        if allowed:
            insert(tables, state, task, *rng.choice(allowed))
            assert state.cost[0] + base == literal.price(plan_of_state(problem, state))
    for task in range(len(problem.durations)):
        if state.start[task] >= 0 and rng.random() < 0.5:
            remove(tables, state, task)
            assert state.cost[0] + base == literal.price(plan_of_state(problem, state))
    return num_allowed


@pytest.mark.parametrize("kind", ENFORCED)
def test_the_search_reads_each_statement_word_by_word(kind: str) -> None:
    """Each single kind of rule keeps the search from exactly the places it forbids, and costs there what it says."""
    num_allowed = 0
    for seed in range(12):
        rng = Random(f"{kind}{seed}")
        base = draw_problem(rng.randrange(1000), num_statements=0)
        posts = (*base.posts, *_lines(3), (kind, STATEMENTS[kind](rng, 3, 2)))
        num_allowed += _compare(TinyProblem(base.durations, 2, posts), rng)
    assert num_allowed > 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_series_never_comes_apart_while_the_search_moves_its_sessions(seed: int) -> None:
    """However the sessions of a course are moved or left out, no two that follow each other come to lie too far apart."""
    rng = Random(seed)
    base = draw_problem(seed, num_statements=0, num_tasks=4)

    def near(model: Model) -> None:
        model.most_days_apart(0, 1, 0)
        model.most_days_apart(1, 2, 0)
        model.most_days_apart(0, 2, 0, (1,))
        model.price_different_resources(0, 2, 900)

    posts = (*base.posts, ("near", near), *_lines(4))
    problem = TinyProblem(base.durations, 2, posts)
    literal, tables = LiteralModel.of(problem), tables_of(problem)
    state = new_state(tables, rng.randrange(1000) + 1)
    best = state.start.copy(), state.resource.copy(), state.cost.copy()
    for _ in range(20):
        improve(tables, state, *best, 5, 3e3, 1e3, 8)
        plan = plan_of_state(problem, state)
        assert literal.is_allowed(plan)
        assert literal.price(plan) == state.cost[0] == load_plan(tables, plan).cost[0]
