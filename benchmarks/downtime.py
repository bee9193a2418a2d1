"""A scanner fails for an afternoon: how soon there is a new plan, how many keep their appointment, and what that costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from benchmarks.report import Row
from scheduler.imaging.measures import measures
from scheduler.imaging.problem import ImagingProblem
from scheduler.kernel.outcome import Outcome, Progress
from scheduler.kernel.solve import Settings
from scheduler.replan.again import solve_again

DRAFT_S = 8.0
"""Seconds the new plan is improved for: it must be there, verified, within ten."""
MOVE_RULES = frozenset({"moved"})


def downtime_rows(
    name: str, failing: ImagingProblem, free: ImagingProblem, others: Sequence[int], *, seconds: float
) -> Iterator[Row]:
    """``failing`` has the plan in force as its reference and the scanner closed; ``free`` is the same with moves at no price; ``others``
    are the appointments known and not on the scanner while it is down. Costs are compared without the price of moves, with a free
    re-planning of the draft's own seconds; what ``seconds`` of it would gain on the draft stands beside it, for most of that is time, not
    freedom."""
    heard: list[float] = []
    began = time.perf_counter()

    def hear(_: Progress) -> None:
        heard.append(time.perf_counter() - began)

    draft = solve_again(failing, Settings(seconds=DRAFT_S, bound_share=0.0), 1, progress=hear)
    total_s = time.perf_counter() - began
    rival, long_rival = (solve_again(free, Settings(seconds=s, bound_share=0.0), 1) for s in (DRAFT_S, seconds))
    dearer, dearer_long = (100 * (_cost(draft) / _cost(each) - 1) for each in (rival, long_rival))
    figures = measures(failing, draft.plan.plan)
    yield Row(name=f"{name}_down_first", unit="s", ours=heard[0], noise=0.3, slack=0.2)
    yield Row(name=f"{name}_down_draft", unit="s", ours=total_s, target=10, noise=0.1, slack=0.5)
    unmoved = {"free": 100 * _unmoved(free, rival, others)}
    yield Row(
        name=f"{name}_down_unmoved",
        unit="%",
        ours=100 * _unmoved(failing, draft, others),
        target=90,
        better="higher",
        peers=unmoved,
        slack=1,
    )
    yield Row(name=f"{name}_down_dearer", unit="%", ours=dearer, target=1, slack=0.3)
    yield Row(name=f"{name}_down_dearer_long", unit="%", ours=dearer_long, slack=0.5)
    yield Row(name=f"{name}_down_moved", unit="", ours=figures.num_moved, slack=20)
    yield Row(name=f"{name}_down_displaced", unit="", ours=figures.num_displaced, slack=5)
    yield Row(name=f"{name}_down_dropped", unit="", ours=figures.num_dropped, slack=2)


def _cost(outcome: Outcome) -> float:
    """Points without the price of moves: what the plan is worth to whoever has not heard of the old one."""
    return sum(points for rule, points in outcome.cost_by_rule.items() if rule not in MOVE_RULES)


def _unmoved(problem: ImagingProblem, outcome: Outcome, others: Sequence[int]) -> float:
    places = outcome.plan.plan.places
    return sum(places[task] == problem.reference[task] for task in others) / max(len(others), 1)
