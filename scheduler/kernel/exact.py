"""Solving with proof: small problems whole, a part of a large one with the rest as it is, and bounds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from time import monotonic

from scheduler.kernel.cpsat import CpSatModel, Limits, Solution
from scheduler.kernel.cpsat_program import FREE
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem

_SMALL = 400
"""Places below which CP-SAT is first asked alone: it often proves so few at once."""
_FIRST_SHARE = 0.2
_FIRST_S = 2.0
"""Share of the time, and seconds at most, for a first plan where none was given."""
_LARGE = 2500
"""Places from which CP-SAT hardly proves anything by itself, so that splitting the relaxation gets its whole share."""
_BRANCH_SHARE = 0.6
_BRANCH_S = 2.0
_LEAST_S = 0.2
"""Seconds below which nothing new is begun."""


@dataclass(frozen=True, slots=True)
class ExactResult:
    """``plan`` is None where none was found; ``cost`` and ``bound`` in units; ``bound`` is proven or None, ``is_infeasible`` too."""

    plan: Plan | None
    cost: int | None
    bound: int | None
    is_infeasible: bool = False

    @property
    def is_optimal(self) -> bool:
        """True only where the bound proves it."""
        return self.cost is not None and self.bound is not None and self.bound >= self.cost


def solve_exactly(
    problem: Problem | Statements,
    *,
    seconds: float,
    threads: int = 2,
    hint: Plan | None = None,
    fixed: Mapping[int, Place | None] | None = None,
    only_rules: Collection[str] | None = None,
    days: Collection[int] | None = None,
    progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> ExactResult:
    """The cheapest plan that keeps ``fixed`` as it is, as far as the time allows, with a proven bound.

    ``hint`` is a plan to start from; a result is never dearer than it. ``only_rules`` drops all other rules. Free tasks are placed
    on ``days`` only, where given: bound and optimality are then those of that part. ``progress`` hears cost and bound in units.
    """
    until = monotonic() + seconds
    model = CpSatModel(problem, fixed=fixed, rules=only_rules, days=days)
    cost = None if hint is None else model.cost_of(hint)
    best = ExactResult(hint if cost is not None else None, cost, None)
    limits = Limits(seconds=seconds, threads=threads, should_stop=should_stop, on_better=progress)
    if cost is None or model.num_places < _SMALL:
        limits.seconds = min(_FIRST_SHARE * (until - monotonic()), _FIRST_S)
        best = _better(best, model.solve(limits), 0)
        if best.is_optimal or best.is_infeasible or monotonic() >= until - _LEAST_S:
            return best
    relaxation = model.relax(0.5 * (until - monotonic()))
    least = max(0 if relaxation is None else relaxation.bound, best.bound or 0)
    if progress is not None and best.cost is not None:
        progress(best.cost, least)
    if relaxation is not None:
        least = max(_branched(model, until, best, should_stop), least)
    if best.plan is not None and best.cost is not None:
        if least >= best.cost:
            return ExactResult(best.plan, best.cost, best.cost)
        if progress is not None:
            progress(best.cost, least)
        if relaxation is not None:
            model.rule_out(relaxation, best.cost)
            model.cost_of(best.plan)  # the solve starts from this plan
    limits.seconds = until - monotonic()
    return _better(best, model.solve(limits, least=least, most=FREE if best.cost is None else best.cost), least)


def lower_bound(problem: Problem | Statements, seconds: float) -> int | None:
    """Units that every plan costs at least, from the relaxation alone; None where the time is not enough."""
    relaxation = CpSatModel(problem).relax(seconds)
    return None if relaxation is None else relaxation.bound


def _branched(model: CpSatModel, until: float, best: ExactResult, should_stop: Callable[[], bool] | None) -> int:
    """The bound sharpened by splitting the relaxation for a share of the time."""
    left = until - monotonic()
    share = min(_BRANCH_SHARE * left, _BRANCH_S if model.num_places < _LARGE else left)
    return model.branch(monotonic() + share, enough=best.cost, should_stop=should_stop) or 0


def _better(start: ExactResult, found: Solution, least: int) -> ExactResult:
    """What was found, or the plan it began with where nothing better was."""
    if found.is_infeasible and start.plan is None:
        return ExactResult(None, None, None, is_infeasible=True)
    bound = max(found.bound or 0, least)
    if found.cost is not None and (start.cost is None or found.cost <= start.cost):
        return ExactResult(found.plan, found.cost, bound)
    return ExactResult(start.plan, start.cost, bound)
