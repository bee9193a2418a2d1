"""Plan again around the plan in force: emergencies first take what they must, then the whole is solved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.outcome import Outcome, Progress, RunLog
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.replay import replay, with_found
from scheduler.kernel.search import insert, load_plan, remove
from scheduler.kernel.solve import Settings, first_plan, solve
from scheduler.kernel.state import State, plan_of_arrays
from scheduler.kernel.tables import Tables, tables_of
from scheduler.kernel.verify import VerifiedPlan, verify
from scheduler.replan.board import Board
from scheduler.replan.recommend import Option, pushed_options
from scheduler.replan.scan import NO_PRICE, is_sound_without


class Promising(Problem, Protocol):
    """A problem with promises: tasks held inside the notice period, tasks locked in place, and who may displace the former."""

    @property
    def locked(self) -> Mapping[int, Place]:
        """Tasks that stay by a person's word."""

    @property
    def noticed(self) -> frozenset[int]:
        """Tasks that stay unless displaced."""

    @property
    def displacers(self) -> frozenset[int]:
        """Tasks that may displace those."""


def solve_again(
    problem: Promising,
    settings: Settings,
    seed: int,
    *,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The kernel's solve, after emergencies have taken the places of promised appointments where that is cheaper for all.

    Without such an emergency it is the kernel's solve and nothing else. Otherwise the plan is verified against the problem as it was
    given, and the bound, which holds for the eased problem only, is left away.
    """
    eased = eased_by_emergencies(problem)
    outcome = solve(eased, settings, seed, progress=progress, should_stop=should_stop)
    outcome = with_found(problem, outcome)
    if eased is problem:
        return outcome
    return replace(outcome, plan=verify(problem, outcome.plan.plan), bound=None)


def replay_again(problem: Promising, log: RunLog) -> VerifiedPlan:
    """The plan that ``solve_again`` gave for this problem when it kept this log. Raises BadInput, PlanRefused as ``replay`` does."""
    return verify(problem, replay(eased_by_emergencies(problem), log).plan)


def eased_by_emergencies(problem: Promising) -> Promising:
    """The problem in which emergencies that displace somebody are set in that place and the displaced may go anywhere.

    The very problem where nobody needs to yield. Emergencies are asked in the order of what they would cost otherwise.
    """
    free = problem.displacers.difference(problem.frozen, problem.locked)
    if not free or not problem.noticed:
        return problem
    tables, state, is_kept = _first(problem)
    seated: dict[int, Place] = {}
    displaced: set[int] = set()
    for task in _pressing(tables, state, is_kept, free):
        option = _take_place(tables, state, is_kept, task, seated)
        if option is None:
            continue
        seated[task] = option.place
        gone = {other for other, _ in option.moves if is_kept[other]}
        is_kept[list(gone)] = 0
        displaced |= gone
    if not displaced:
        return problem
    changed: Any = problem
    eased: Promising = replace(changed, noticed=problem.noticed - displaced, locked={**problem.locked, **seated})
    return eased


def _first(problem: Promising) -> tuple[Tables, State, NDArray[np.uint8]]:
    """The plan in force and everybody else at their cheapest place, on tables in which promises yield to emergencies."""
    tables, _, is_kept = Board(problem, Plan.empty(len(problem.task_ids))).yielding
    first = first_plan(problem, tables_of(problem))
    plan = plan_of_arrays(problem, first.start, first.resource)
    return tables, load_plan(tables, plan), is_kept


def _pressing(tables: Tables, state: State, is_kept: NDArray[np.uint8], free: Collection[int]) -> list[int]:
    """The emergencies that could begin before the last promise ends and cost more than displacing the cheapest of those promised."""
    kept = np.flatnonzero(is_kept)
    last = int((state.start[kept] + tables.duration[kept]).max(initial=0))
    least = int(tables.away_price[kept].min(initial=int(NO_PRICE)))
    prices = {task: _price_now(tables, state, task) for task in free if tables.start_ok[task, :last].any()}
    return sorted((task for task in prices if prices[task] > least), key=lambda task: (-prices[task], task))


def _price_now(tables: Tables, state: State, task: int) -> int:
    """Units that the task costs where it is, or left out; the state stays as it is."""
    slot, resource, cost = int(state.start[task]), int(state.resource[task]), int(state.cost[0])
    if slot < 0:
        return int(tables.left_out[task])
    remove(tables, state, task)
    price = cost - int(state.cost[0]) + int(tables.left_out[task])
    insert(tables, state, task, resource, slot)
    return price


def _take_place(
    tables: Tables, state: State, is_kept: NDArray[np.uint8], task: int, seated: Collection[int]
) -> Option | None:
    """Sets the emergency where it is cheapest if that displaces a promised one and none of ``seated``, and returns how; None and
    nothing done otherwise."""
    slot, resource = int(state.start[task]), int(state.resource[task])
    if slot >= 0 and not is_sound_without(tables, state, task):
        return None
    price = _price_now(tables, state, task)
    if slot >= 0:
        remove(tables, state, task)
    found = pushed_options(tables, state, task, is_kept, count=1, may_drop=True, ceiling=price)
    others = [other for other, _ in found[0].moves] if found else []
    if not any(is_kept[other] for other in others) or any(other in seated for other in others):
        if slot >= 0:
            insert(tables, state, task, resource, slot)
        return None
    for other in others:
        remove(tables, state, other)
    for moved, place in ((task, found[0].place), *found[0].moves):
        if place is not None:
            insert(tables, state, moved, place.resource, place.start // tables.grid)
    return found[0]
