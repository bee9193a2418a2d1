"""The exact model says what the vocabulary says: compared with the literal reading over every plan of tiny problems."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.kernel.cpsat import CpSatModel, Limits
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from tests.scheduler.kernel.tiny import STATEMENTS, TinyProblem, draw_problem
from tests.scheduler.literal_model import LiteralModel

LIMITS = Limits(seconds=30, threads=1)
Priced = list[tuple[int, Plan]]


def _sorted_out(problem: TinyProblem) -> tuple[Priced, list[Plan]]:
    literal = LiteralModel.of(problem)
    allowed, refused = [], []
    for plan in problem.plans():
        if literal.is_allowed(plan):
            allowed.append((literal.price(plan), plan))
        else:
            refused.append(plan)
    return allowed, refused


def _compare(problem: TinyProblem, rng: Random) -> None:
    allowed, refused = _sorted_out(problem)
    statements = Statements.of(problem)
    solution = CpSatModel(statements).solve(LIMITS)
    assert solution.is_infeasible == (not allowed)
    assert solution.cost == min((price for price, _ in allowed), default=None)
    for price, plan in rng.sample(allowed, min(4, len(allowed))):
        model = CpSatModel(statements)
        model.force(plan)
        found = model.solve(LIMITS)
        assert (found.cost, found.plan) == (price, plan)
        fixed = {task: plan.places[task] for task in rng.sample(range(len(plan.places)), 2)}
        rest = min(p for p, other in allowed if all(other.places[task] == place for task, place in fixed.items()))
        assert CpSatModel(statements, fixed=fixed).solve(LIMITS).cost == rest
    for plan in rng.sample(refused, min(3, len(refused))):
        model = CpSatModel(statements)
        model.force(plan)
        assert model.solve(LIMITS).is_infeasible
        assert CpSatModel(statements, fixed=dict(enumerate(plan.places))).solve(LIMITS).is_infeasible


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6))
def test_any_mixture_of_statements_is_read_word_by_word(seed: int) -> None:
    """Whatever rules are mixed, the exact model allows and prices the same plans as reading each rule aloud."""
    rng = Random(seed)
    _compare(draw_problem(seed, num_statements=rng.randint(2, 7)), rng)


@pytest.mark.parametrize("kind", STATEMENTS)
def test_each_statement_alone_is_read_word_by_word(kind: str) -> None:
    """Each single kind of rule forbids and costs exactly what it says."""
    rng = Random(kind)
    base = draw_problem(rng.randrange(1000), num_statements=0, num_tasks=2)
    post = STATEMENTS[kind](rng, 2, 2)
    _compare(TinyProblem(base.durations, 2, (*base.posts, (kind, post)), base.frozen), rng)


def test_history_may_stand_in_each_others_way_but_nobody_may_join_it() -> None:
    """Two patients already examined at once are history; a third still cannot come while either is on the scanner."""
    labels, minutes = (0, 0, 0), draw_minutes(0)
    posts = (
        ("one", lambda model: model.follow(0, labels, minutes)),
        ("price", lambda model: model.price_left_out(2, 700)),
    )
    frozen = {0: Place(0, 240), 1: Place(0, 480)}
    problem = TinyProblem((480, 480, 240), 1, posts, frozen)
    starts = {
        start
        for start in range(0, 1440, 240)
        if not CpSatModel(problem, fixed={2: Place(0, start)}).solve(LIMITS).is_infeasible
    }
    assert starts == {0, 960, 1200}


def test_a_patient_who_stays_past_midnight_keeps_the_next_day_waiting() -> None:
    """An appointment over midnight is nobody's neighbour on the next day, but the scanner is still taken."""
    posts = (
        ("one", lambda model: model.follow(0, (0, 0), draw_minutes(300))),
        ("first", lambda model: model.only_start_in(0, [(1200, 1201)])),
        ("second", lambda model: model.only_start_in(1, [(1440, 2161)])),
        ("wait", lambda model: model.price_after(1, 0, 1)),
        ("out", lambda model: [model.price_left_out(task, 9999) for task in (0, 1)]),
    )
    found = CpSatModel(TinyProblem((480, 240), 1, posts)).solve(LIMITS)
    assert found.plan == Plan((Place(0, 1200), Place(0, 1680)))


def test_a_stopped_solve_says_so_without_claiming_anything() -> None:
    """A solve that a person stops returns no more than it has proven."""
    problem = draw_problem(7, num_statements=2)
    limits = Limits(seconds=30, threads=1, should_stop=lambda: True)
    solution = CpSatModel(problem).solve(limits)
    assert solution.bound is None or solution.cost is None or solution.bound <= solution.cost


def draw_minutes(gap: int):  # type: ignore[no-untyped-def]
    """A one-label matrix with that gap."""
    import numpy as np

    return np.array([[gap]], dtype=np.int64)
