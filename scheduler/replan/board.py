"""A plan laid out for quick questions: compiled tables and a filled state, kept for the plans asked about lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from functools import cached_property
from threading import RLock

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.search import load_plan
from scheduler.kernel.state import State
from scheduler.kernel.tables import SearchTables, Tables
from scheduler.replan.prices import Prices, prices_of

_KEPT = 4


class _Yielding(SearchTables):
    """Tables in which appointments inside the notice period can be taken away; whoever uses them must see by whom."""

    def keep_unless(self, task: int, resource: int, start: int, displacers: Collection[int]) -> None:  # noqa: ARG002
        """Noted, not enforced."""
        self.kept_unless[task] = frozenset(displacers)


class Sayings:
    """What the rules of one problem say, compiled once for all its plans."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def tables(self) -> Tables:
        """The rules, compiled."""
        return self._said.compiled()

    @cached_property
    def promised(self) -> dict[int, tuple[Place, frozenset[int]]]:
        """Appointments inside the notice period: where they stay, and who alone may take that place."""
        kept = self._said.kept
        return {task: (Place(*kept[task]), displacers) for task, displacers in self._said.kept_unless.items()}

    @cached_property
    def displacers(self) -> frozenset[int]:
        """Emergencies to which somebody promised may have to yield."""
        return frozenset().union(*set(self._said.kept_unless.values()))

    @cached_property
    def prices(self) -> Prices:
        """What each soft rule charges."""
        return prices_of(self.problem)

    @cached_property
    def yielding(self) -> tuple[Tables, NDArray[np.uint8]]:
        """For an emergency: tables in which appointments inside the notice period can be taken away, and which those are."""
        said = _said_by(self.problem, _Yielding(self.problem))
        is_kept = np.zeros(len(self.problem.task_ids), dtype=np.uint8)
        is_kept[list(said.kept_unless)] = 1
        return said.compiled(), is_kept

    @cached_property
    def _said(self) -> SearchTables:
        return _said_by(self.problem, SearchTables(self.problem))


class Board:
    """One problem and one plan, compiled. ``lock`` guards the states: take it around every use, and leave them as they were."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.lock = RLock()
        self._sayings = sayings(problem)

    @property
    def tables(self) -> Tables:
        """The rules, compiled."""
        return self._sayings.tables

    @property
    def promised(self) -> dict[int, tuple[Place, frozenset[int]]]:
        """Appointments inside the notice period: where they stay, and who alone may take that place."""
        return self._sayings.promised

    def may_displace(self, task: int) -> bool:
        """True for an emergency to which somebody inside the notice period may have to yield."""
        return task in self._sayings.displacers

    @property
    def prices(self) -> Prices:
        """What each soft rule charges."""
        return self._sayings.prices

    @cached_property
    def state(self) -> State:
        """The plan on these tables."""
        return load_plan(self.tables, self.plan)

    @cached_property
    def yielding(self) -> tuple[Tables, State, NDArray[np.uint8]]:
        """The same for an emergency: appointments inside the notice period can be taken away, and which those are."""
        tables, is_kept = self._sayings.yielding
        return tables, load_plan(tables, self.plan), is_kept.copy()


def _said_by(problem: Problem, listener: SearchTables) -> SearchTables:
    for rule in problem.rules:
        rule.post(problem, listener)
    return listener


_boards: OrderedDict[tuple[int, Plan], Board] = OrderedDict()
_sayings: OrderedDict[int, Sayings] = OrderedDict()
_lock = RLock()


def sayings(problem: Problem) -> Sayings:
    """What the rules of this very problem say, made once while it is among the last few asked for."""
    with _lock:
        found = _sayings.pop(id(problem), None) or Sayings(problem)
        _sayings[id(problem)] = found
        while len(_sayings) > _KEPT:
            _sayings.popitem(last=False)
    return found


def board(problem: Problem, plan: Plan) -> Board:
    """The board of this very problem and plan, made once while it is among the last few asked for."""
    key = (id(problem), plan)
    with _lock:
        found = _boards.pop(key, None) or Board(problem, plan)
        _boards[key] = found
        while len(_boards) > _KEPT:
            _boards.popitem(last=False)
    return found


def place_of(tables: Tables, resource: int, slot: int) -> Place:
    """A place in minutes."""
    return Place(resource, slot * tables.grid)
