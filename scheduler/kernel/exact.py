"""Solving with proof: small problems whole, a part of a large one with the rest as it is, and bounds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from time import monotonic

from scheduler.kernel.cpsat import CpSatModel, Limits, Solution
from scheduler.kernel.cpsat_bound import relax
from scheduler.kernel.cpsat_program import FREE
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem

_SMALL = 2500
"""Columns below which the relaxation is left to CP-SAT."""


@dataclass(frozen=True, slots=True)
class ExactResult:
    """``plan`` is None where none was found; ``cost`` and ``bound`` in units; ``bound`` is proven or None; ``is_infeasible`` only with proof."""

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

    ``hint`` is a plan to start from; a result is never dearer than it. ``only_rules`` drops all other rules. Free tasks are placed on ``days``
    only, where given: bound and optimality are then those of that part. ``progress`` hears cost and bound in units.
    """
    until = monotonic() + seconds
    model = CpSatModel(problem, fixed=fixed, rules=only_rules, days=days)
    known = None if hint is None else model.cost_of(hint)
    start = ExactResult(hint if known is not None else None, known, None)
    least = _relaxed(model, until, known) if model.program.num_columns > _SMALL else 0
    if known is not None and least >= known:
        return ExactResult(hint, known, known)
    if progress is not None and known is not None:
        progress(known, least)
    limits = Limits(seconds=until - monotonic(), threads=threads, should_stop=should_stop, on_better=progress)
    return _better(start, model.solve(limits, least=least, most=FREE if known is None else known), least)


def lower_bound(problem: Problem | Statements, seconds: float) -> int | None:
    """Units that every plan costs at least, from the relaxation alone; None where the time is not enough."""
    relaxation = relax(CpSatModel(problem).program, seconds=seconds)
    return None if relaxation is None else relaxation.bound


def _relaxed(model: CpSatModel, until: float, known: int | None) -> int:
    """The relaxation's bound; what it rules out against the known cost is settled in the model."""
    relaxation = relax(model.program, seconds=0.5 * (until - monotonic()))
    if relaxation is None:
        return 0
    if known is not None and relaxation.bound <= known:
        model.rule_out(relaxation, known)
    return max(relaxation.bound, 0)


def _better(start: ExactResult, found: Solution, least: int) -> ExactResult:
    """What was found, or the plan it began with where nothing better was."""
    if found.is_infeasible:
        return ExactResult(None, None, None, is_infeasible=True)
    bound = max(found.bound or 0, least)
    if found.cost is not None and (start.cost is None or found.cost <= start.cost):
        return ExactResult(found.plan, found.cost, bound)
    return ExactResult(start.plan, start.cost, bound)
