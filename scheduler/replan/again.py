"""Plan again around the plan in force: emergencies first take what they must, then the whole is solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from scheduler.kernel.outcome import Outcome, Progress
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.solve import Settings, first_plan, solve
from scheduler.kernel.state import plan_of_arrays
from scheduler.kernel.verify import verify
from scheduler.replan.board import Board
from scheduler.replan.insert import cheapest_option
from scheduler.replan.recommend import Option, moved_plan


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
    if eased is problem:
        return outcome
    return replace(outcome, plan=verify(problem, outcome.plan.plan), bound=None)


def eased_by_emergencies(problem: Promising) -> Promising:
    """The problem in which emergencies that displace somebody are set in that place and the displaced may go anywhere.

    The very problem where nobody needs to yield.
    """
    waiting = sorted(task for task in problem.displacers if task not in problem.frozen and task not in problem.locked)
    if not waiting or not problem.noticed:
        return problem
    plan = _first(problem)
    seated: dict[int, Place] = {}
    displaced: set[int] = set()
    for task in waiting:
        option = cheapest_option(Board(problem, plan), task)
        gone = _displaced(problem, plan, option)
        if option is None or not gone:
            continue
        plan = moved_plan(plan.placed(task, None), task, option)
        seated[task] = option.place
        displaced |= gone
    if not displaced:
        return problem
    changed: Any = problem
    eased: Promising = replace(changed, noticed=problem.noticed - displaced, locked={**problem.locked, **seated})
    return eased


def _first(problem: Promising) -> Plan:
    board = Board(problem, Plan.empty(len(problem.task_ids)))
    state = first_plan(problem, board.tables)
    return plan_of_arrays(problem, state.start, state.resource)


def _displaced(problem: Promising, plan: Plan, option: Option | None) -> set[int]:
    """Whom the option moves of those still at their promised place."""
    moves = option.moves if option is not None else ()
    return {other for other, _ in moves if other in problem.noticed and plan.places[other] == problem.reference[other]}
