"""The exact listener: what the rules say as one integer program, solved by CP-SAT.

Every place a free task may have is a 0-1 column; places, lines and links are written by the files beside this one. The program
admits exactly the plans that the vocabulary of ``model.py`` admits, and its least cost with the places given is exactly their price.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

import numpy as np
from ortools.sat.python import cp_model

from scheduler.kernel.cpsat_bound import Relaxation, relax
from scheduler.kernel.cpsat_branch import Branching
from scheduler.kernel.cpsat_circuits import post_circuits
from scheduler.kernel.cpsat_lines import post_lines
from scheduler.kernel.cpsat_links import Links
from scheduler.kernel.cpsat_network import post_network
from scheduler.kernel.cpsat_places import places_of
from scheduler.kernel.cpsat_program import FREE, Program
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem

Settled = Mapping[int, Place | None]


@dataclass(frozen=True, slots=True)
class Solution:
    """``plan`` is None where none was found; ``cost`` and the proven ``bound`` in units; ``is_infeasible`` only with proof."""

    plan: Plan | None
    cost: int | None
    bound: int | None
    is_infeasible: bool

    @property
    def is_optimal(self) -> bool:
        """True where the bound meets the cost."""
        return self.cost is not None and self.cost == self.bound


@dataclass(kw_only=True)
class Limits:
    """When a solve ends: seconds, threads, a person's stop; ``on_better`` hears each better cost and bound (units)."""

    seconds: float
    threads: int = 2
    seed: int = 1
    should_stop: Callable[[], bool] | None = None
    on_better: Callable[[int, int], None] | None = field(default=None)


class CpSatModel:
    """A part of a problem as an integer program. ``fixed`` tasks are where it says (None = left out), all others are free (but for
    history); ``rules`` are those that hold (None = all); free tasks are placed on ``days`` only, where given."""

    def __init__(
        self,
        problem: Problem | Statements,
        *,
        fixed: Settled | None = None,
        rules: Collection[str] | None = None,
        days: Collection[int] | None = None,
    ) -> None:
        self.statements = problem if isinstance(problem, Statements) else Statements.of(problem)
        self.problem = self.statements.problem
        history = self.problem.frozen
        settled = {task: place for task, place in (fixed or {}).items() if task not in history}
        self.places = places_of(self.statements, settled, rules, days)
        self.program = Program()
        self._hint: list[int] = []
        self.program.columns(int(cost) for cost in self.places.cost)
        self.left_out = self.program.columns(int(cost) for cost in self.places.left_out_cost)
        self.program.is_impossible = self.places.is_contradictory
        self._settle(settled)
        self.segments = post_lines(self.program, self.places, self.statements, rules)
        Links(self.program, self.places, self.statements, self.left_out).post(rules)

    def _settle(self, fixed: Settled) -> None:
        """Each task is at one place or left out; those that are not free already are."""
        for task, absent in enumerate(self.left_out):
            part = self.places.of(task)
            if task in self.problem.frozen or fixed.get(task) is not None:
                self.program.fix(part.start, 1)
                self.program.fix(absent, 0)
            elif task in fixed:
                self.program.fix(absent, 1)
            else:
                self.program.row([*range(part.start, part.stop), absent], 1, low=1, high=1)

    @property
    def num_places(self) -> int:
        """Places that free tasks may have."""
        return int((~self.places.settled).sum())

    def must_place(self, task: int) -> None:
        """The task is not left out."""
        self.program.fix(self.left_out[task], 0)

    def must_be(self, task: int, place: Place | None) -> None:
        """The task is exactly there, or left out."""
        column = self.left_out[task] if place is None else self.places.index(task, place)
        if column is None:
            self.program.is_impossible = True
            return
        part = self.places.of(task)
        self.program.fix(column, 1)
        self.program.forbid(other for other in (*range(part.start, part.stop), self.left_out[task]) if other != column)

    def must_be_among(self, task: int, allowed: Callable[[Place], bool]) -> None:
        """The task is placed, and where this holds."""
        part = self.places.of(task)
        self.must_place(task)
        for column in range(part.start, part.stop):
            if not allowed(Place(int(self.places.resource[column]), int(self.places.start[column]))):
                self.program.fix(column, 0)

    def force(self, plan: Plan) -> None:
        """Exactly this plan."""
        for task, place in enumerate(plan.places):
            self.must_be(task, place)

    def cost_of(self, plan: Plan) -> int | None:
        """The price of exactly this plan in units, None where it is not allowed. Later solves start from the plan."""
        lows, highs, was_impossible = list(self.program.lows), list(self.program.highs), self.program.is_impossible
        self.force(plan)
        solver = _solver(Limits(seconds=60, threads=1))
        status = solver.solve(self._cp_model())
        self.program.lows, self.program.highs, self.program.is_impossible = lows, highs, was_impossible
        if status != cp_model.OPTIMAL:
            return None
        values = solver.response_proto.solution
        self._hint = [values[column] for column in range(self.program.num_columns)]
        return round(solver.objective_value)

    def relax(self, seconds: float) -> Relaxation | None:
        """A proven bound and what each column costs at least, None where the time is not enough."""
        whole = self.program.copy()
        post_network(whole, self.segments)
        return relax(whole, seconds=seconds)

    def branch(self, until: float, *, enough: int | None, should_stop: Callable[[], bool] | None = None) -> int | None:
        """A sharper proven bound by splitting the relaxation until ``until`` (``time.monotonic()``) or until it is ``enough``."""
        whole = self.program.copy()
        post_network(whole, self.segments)
        if whole.is_impossible:
            return None
        return Branching(whole, self.places).bound(until, enough=enough, should_stop=should_stop)

    def rule_out(self, relaxation: Relaxation, most: int) -> None:
        """Settles the columns that no plan of a cost of at most ``most`` units uses otherwise."""
        lows, highs = self.program.lows, self.program.highs
        for column in np.flatnonzero(relaxation.is_ruled_out(most)[: self.program.num_columns]):
            self.program.fix(int(column), highs[column] if relaxation.leans_up[column] else lows[column])

    def solve(self, limits: Limits, *, least: int = 0, most: int = FREE) -> Solution:
        """The cheapest plan, or proof that there is none. ``least`` and ``most`` are proven limits of the cost (``most`` cuts off
        dearer plans)."""
        model = self._cp_model()
        if least > 0 or most < FREE:
            model.proto.objective.domain.extend([least, most])
        if self._hint:
            model.proto.solution_hint.vars.extend(range(len(self._hint)))
            model.proto.solution_hint.values.extend(self._hint)
        solver = _solver(limits)
        with _stopping(solver, limits.should_stop):
            status = solver.solve(model, _Listener(limits))
        if status == cp_model.INFEASIBLE:
            return Solution(None, None, None, is_infeasible=True)
        if status == cp_model.MODEL_INVALID:
            raise AssertionError(model.validate())
        response = solver.response_proto
        bound = max(int(response.inner_objective_lower_bound), least)
        if status == cp_model.UNKNOWN:
            return Solution(None, None, bound, is_infeasible=False)
        cost = round(solver.objective_value)
        values = response.solution
        plan = self._plan([column for column in range(len(self.places.task)) if values[column]])
        return Solution(plan, cost, cost if status == cp_model.OPTIMAL else bound, is_infeasible=False)

    def _cp_model(self) -> cp_model.CpModel:
        model = self.program.to_cp_model()
        post_circuits(model, self.segments, self.program.highs)
        return model

    def _plan(self, chosen: Collection[int]) -> Plan:
        spots: list[Place | None] = [None] * len(self.left_out)
        for column in chosen:
            spots[int(self.places.task[column])] = Place(
                int(self.places.resource[column]), int(self.places.start[column])
            )
        return Plan(tuple(spots))


_WORKERS = 8
"""CP-SAT's ways of searching that take turns on the threads: fewer leave out those that prove bounds."""


def _solver(limits: Limits) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(limits.seconds, 0.01)
    solver.parameters.num_workers = _WORKERS if limits.threads > 1 else 1
    solver.parameters.random_seed = limits.seed
    solver.parameters.use_rins_lns = (
        False  # with these two CP-SAT 9.15 reports infeasible solutions of its own on such programs
    )
    solver.parameters.use_feasibility_pump = False
    return solver


class _Listener(cp_model.CpSolverSolutionCallback):
    """Hears better plans."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def on_solution_callback(self) -> None:
        """Called by the solver at each better plan."""
        if self._limits.on_better is not None:
            self._limits.on_better(round(self.objective_value), round(self.best_objective_bound))


@contextmanager
def _stopping(solver: cp_model.CpSolver, should_stop: Callable[[], bool] | None) -> Iterator[None]:
    """Asks every fifth of a second whether a person wants the solve to stop."""
    done = Event()

    def watch() -> None:
        while should_stop is not None and not done.wait(0.2):
            if should_stop():
                solver.stop_search()

    watcher = Thread(target=watch, daemon=True)
    if should_stop is not None:
        watcher.start()
    try:
        yield
    finally:
        done.set()
        if should_stop is not None:
            watcher.join()
