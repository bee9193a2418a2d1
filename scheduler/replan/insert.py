"""One more request into a plan: where it is free, or by pushing others aside; emergencies also those inside the notice period."""

from __future__ import annotations

from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem
from scheduler.replan.board import Board
from scheduler.replan.recommend import Option, free_options, moved_plan, pushing_options, task_of
from scheduler.replan.scan import MOST_MOVED


def inserted(problem: Problem, plan: Plan, request_id: str) -> Plan:
    """The plan with the request at its cheapest place, at most two others pushed aside to theirs; unchanged without any place.

    An emergency may push aside appointments inside the notice period that it overlaps, and leave out whom nothing else is cheaper for.
    Raises UnknownId. The caller verifies, as with every plan.
    """
    task = task_of(problem, request_id)
    option = cheapest_option(Board(problem, plan), task)
    return plan if option is None else moved_plan(plan.placed(task, None), task, option)


def cheapest_option(laid_out: Board, task: int) -> Option | None:
    """The cheapest way to place the task, None where there is none."""
    with laid_out.lock:
        options = free_options(laid_out, task, 1)
        may_drop = laid_out.may_displace(task)
        options += pushing_options(laid_out, task, 1, max_moved=MOST_MOVED, may_drop=may_drop)
    return min(options, key=lambda option: (option.price, option.place.start, option.place.resource), default=None)
