"""Solve any area's problem: a first plan at once, then better ones until the time is up, verified before it leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hospital.facts import POINT
from scheduler.kernel.blocking import unplanned_reasons
from scheduler.kernel.improve import place_all, place_at_home
from scheduler.kernel.outcome import Outcome, Progress, RunLog, Step, Unplanned
from scheduler.kernel.parts import Track, run_alone, run_together, split
from scheduler.kernel.plan import Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.relaxation import Relaxation
from scheduler.kernel.search import State, arrays_of_plan, load, new_state, plan_of_arrays
from scheduler.kernel.tables import Tables, tables_of
from scheduler.kernel.verify import VerifiedPlan, verify

ROUND_S = 0.15
"""Seconds of a round of two threads: the sooner they see each other's moves the better, and a round costs some milliseconds."""
DRAFT = "draft"
"""The kind of step that is a plan to begin with."""
EXACT_TASKS = 80
"""Up to so many tasks that may move, the exact model gets most of the time: it proves what the search has found, or betters it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``seconds`` in all; stop early once (cost - bound) / cost <= ``target_gap``; ``threads`` 1 or 2; ``bound_share`` of the seconds goes
    into the proven bound."""

    seconds: float = 30.0
    target_gap: float = 0.0
    threads: int = 2
    bound_share: float = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an area knows before the solve. ``draft`` is a plan to begin with: whoever may stand where it says does. ``tables`` are the
    problem's rules where they have been read already; ``reasons`` names the rules in the way of whom a plan leaves out."""

    draft: Plan | None = None
    tables: Tables | None = None
    reasons: Callable[[Problem, Plan], Mapping[int, tuple[str, ...]]] = unplanned_reasons


def solve(
    problem: Problem,
    settings: Settings,
    seed: int,
    *,
    progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
    given: Given | None = None,
) -> Outcome:
    """The best verified plan found within the time limit, with a proven bound where there is one.

    Raises PlanRefused only where history and promises contradict each other, so that no plan exists at all.
    """
    run = _Run(problem, settings, seed, progress or (lambda _: None), should_stop or (lambda: False), given or Given())
    return run.outcome()


def first_plan(problem: Problem, tables: Tables, seed: int = 0, draft: Plan | None = None) -> State:
    """History and promises; the draft, if there is one, and the plan in force where they still hold; then by price of being left out, each
    to its cheapest place."""
    state = new_state(tables, seed)
    urgency = _by_urgency(tables)
    is_held = tables.fixed_start >= 0
    place_all(tables, state, np.concatenate([urgency[tables.is_frozen[urgency] == 1], urgency[is_held[urgency]]]))
    if draft is not None:
        place_at_home(tables, state, *arrays_of_plan(draft, tables.grid))
    reference = Plan(tuple(problem.reference.get(task) for task in range(len(problem.task_ids))))
    place_at_home(tables, state, *arrays_of_plan(reference, tables.grid))
    place_all(tables, state, urgency)
    return state


def swept(tables: Tables, track: Track, seed: int) -> State:
    """The best plan of the track, in which nobody stays left out for whom a place is free at less than the price of being left out."""
    state = new_state(tables, seed)
    load(tables, state, track.best_start, track.best_resource)
    place_all(tables, state, _by_urgency(tables))
    return state


def draft_step(draft: Plan, grid: int) -> Step:
    """A plan to begin with, as the first step of a run: start slot and resource of each task, -1 where left out."""
    start, resource = arrays_of_plan(draft, grid)
    return Step(DRAFT, 0, 0, (0.0, 0.0), (*start.tolist(), *resource.tolist()))


def _by_urgency(tables: Tables) -> NDArray[np.int64]:
    """Tasks by the price of being left out, the dearest first, then by their first possible start."""
    earliest = np.where(tables.first_ok <= tables.last_ok, tables.first_ok, np.iinfo(np.int64).max).min(axis=1)
    return np.lexsort((earliest, -tables.left_out)).astype(np.int64)


class _Run:
    """One solve: what it stands at, what it has proven, what it has done."""

    def __init__(
        self,
        problem: Problem,
        settings: Settings,
        seed: int,
        progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
        given: Given,
    ) -> None:
        self.began = time.monotonic()
        self.problem, self.settings, self.seed = problem, settings, seed
        self.report, self.should_stop = progress, should_stop
        self.reasons = given.reasons
        self.tables = given.tables or tables_of(problem)
        self.track = Track.at(first_plan(problem, self.tables, seed, given.draft))
        self.steps: list[Step] = [] if given.draft is None else [draft_step(given.draft, problem.clock.grid_min)]
        self.bound: int | None = None
        self.relaxation: Relaxation | None = None
        self.first = self._verified()
        self.first_plan_s = self._elapsed()

    def outcome(self) -> Outcome:
        """Search, then verify what was found."""
        self._tell()
        if self._can_improve():
            is_small = int((self.tables.fixed_start < 0).sum()) <= EXACT_TASKS
            self._search(self.settings.seconds * 0.2 if is_small else self.settings.seconds)
            if is_small and not self._is_done():
                self._prove()
        self._sweep()
        plan = self._verified()
        reasons = self.reasons(self.problem, plan.plan)
        return Outcome(
            plan=plan,
            bound=None if self.bound is None else self.bound / POINT,
            first_plan_s=self.first_plan_s,
            total_s=self._elapsed(),
            seed=self.seed,
            unplanned=tuple(
                Unplanned(self.problem.task_ids[task], int(self.tables.left_out[task]) / POINT, rules)
                for task, rules in reasons.items()
            ),
            log=RunLog(self.seed, self.settings.threads, tuple(self.steps)),
        )

    def _sweep(self) -> None:
        """Keep the best plan, swept."""
        state = swept(self.tables, self.track, self.seed)
        self.track.best_start, self.track.best_resource = state.start, state.resource
        self.track.best_cost = int(state.cost[0])

    def _elapsed(self) -> float:
        return time.monotonic() - self.began

    def _verified(self) -> VerifiedPlan:
        return verify(self.problem, plan_of_arrays(self.problem, self.track.best_start, self.track.best_resource))

    def _tell(self) -> None:
        bound = None if self.bound is None else self.bound / POINT
        self.report(Progress(self.track.best_cost / POINT, bound, self._elapsed(), self._num_unplanned()))

    def _can_improve(self) -> bool:
        return bool((self.tables.fixed_start < 0).any()) and self._elapsed() < self.settings.seconds

    def _is_done(self) -> bool:
        if self.should_stop() or self._elapsed() >= self.settings.seconds:
            return True
        if self.bound is None:
            return False
        return self.track.best_cost - self.bound <= self.settings.target_gap * self.track.best_cost

    def _prove(self) -> None:
        """Hand what was found to the exact model for the time that is left."""
        from scheduler.kernel.exact import solve_exactly  # OR-Tools is loaded only where it is used

        left = self.settings.seconds - self._elapsed()
        found = plan_of_arrays(self.problem, self.track.best_start, self.track.best_resource)
        proof = solve_exactly(
            self.problem,
            seconds=left,
            threads=self.settings.threads,
            hint=found,
            should_stop=self.should_stop,
            progress=self._hear,
        )
        self.steps.append(Step("exact", self.seed, 1, (0.0, 0.0)))
        if proof.plan is not None and proof.cost is not None and proof.cost < self.track.best_cost:
            self.track.best_start, self.track.best_resource = arrays_of_plan(proof.plan, self.tables.grid)
            self.track.best_cost = proof.cost
        self._hear(self.track.best_cost, proof.bound or 0)

    def _hear(self, cost: int, bound: int) -> None:
        self.bound = max(bound, self.bound or 0)
        self.report(
            Progress(
                min(cost, self.track.best_cost) / POINT, self.bound / POINT, self._elapsed(), self._num_unplanned()
            )
        )

    def _num_unplanned(self) -> int:
        return int((self.track.best_start < 0).sum())

    def _search(self, until: float) -> None:
        side = split(self.tables)
        is_parallel = self.settings.threads > 1 and bool(side.any())
        heat = _heat(self.tables)
        hot, cold = self._temperatures()
        iterations, rng = 2000, np.random.default_rng(self.seed)
        start = self._elapsed()
        span = max(until - start, 1e-9)
        while not self._is_done() and self._elapsed() < until:
            passed = min((self._elapsed() - start) / span, 1.0)
            temperature = heat * hot * (cold / hot) ** passed
            step = Step(
                "together" if is_parallel else "alone",
                int(rng.integers(1 << 30)),
                iterations,
                (temperature, temperature),
            )
            began = self._elapsed()
            self._do(step, side)
            self._bound_round()
            took = max(self._elapsed() - began, 1e-3)
            left = until - self._elapsed()
            iterations = max(200, int(iterations * min(4.0, min(ROUND_S, max(left, 0.05)) / took)))
            self._tell()

    def _do(self, step: Step, side: NDArray[np.uint8]) -> None:
        if step.kind == "together":
            run_together(self.tables, self.track, side, step)
        else:
            run_alone(self.tables, self.track, step)
        self.steps.append(step)

    def _bound_round(self) -> None:
        """Sharpen the bound for its share of the time spent."""
        if self.settings.bound_share <= 0:
            return
        if self.relaxation is None:
            self.relaxation = Relaxation(self.problem, tables_of(self.problem, is_yielding=True))
        budget = self.settings.bound_share * self._elapsed() - self.relaxation.seconds
        if budget > 0:
            self.bound = self.relaxation.sharpen(budget, upper=self.track.best_cost)

    def _temperatures(self) -> tuple[float, float]:
        """From hot to cold, in hours of an average task's waiting: cooler where a plan in force is to be kept or time is short."""
        num_tasks = max(len(self.problem.task_ids), 1)
        kept = len(self.problem.reference) / num_tasks
        hot = 6.0 if kept < 0.5 else 0.6
        return hot * min(1.0, self.settings.seconds * 200 / num_tasks) + 0.5, 0.2


def _heat(tables: Tables) -> float:
    """Units that an average task's first rate of waiting costs in an hour: the scale of temperatures."""
    has_rate = tables.hinge_ptr[1:] > tables.hinge_ptr[:-1]
    first = tables.hinge_rate[tables.hinge_ptr[:-1][has_rate]]
    return float(first.mean() * 60) if len(first) else float(POINT)
