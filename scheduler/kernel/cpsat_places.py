"""Every place a task may have on its own account, with what it costs there: the columns of an exact model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span, merge
from scheduler.kernel.cpsat_statements import Statements
from scheduler.kernel.plan import Place
from scheduler.kernel.problem import Problem

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Places:
    """Flat arrays, one entry a place; those of task t are ``first[t]:first[t + 1]``. Times in minutes, costs in units.

    A task that is not free has one place (it is ``settled`` there) or none (it is left out)."""

    task: Ints
    resource: Ints
    start: Ints
    end: Ints
    day: Ints
    cost: Ints
    first: Ints
    left_out_cost: Ints
    is_free: NDArray[np.bool_]
    is_frozen: NDArray[np.bool_]
    is_contradictory: bool

    def of(self, task: int) -> slice:
        """Where the task's places are."""
        return slice(int(self.first[task]), int(self.first[task + 1]))

    def index(self, task: int, place: Place) -> int | None:
        """Index of one place of a task, None where the task cannot be there."""
        part = self.of(task)
        hits = np.flatnonzero((self.resource[part] == place.resource) & (self.start[part] == place.start))
        return part.start + int(hits[0]) if len(hits) else None

    @cached_property
    def settled(self) -> NDArray[np.bool_]:
        """Entries whose task is already there."""
        return ~self.is_free[self.task]


def places_of(
    statements: Statements,
    fixed: Mapping[int, Place | None],
    rules: Collection[str] | None,
    free_days: Collection[int] | None,
) -> Places:
    """The places of every task: all that no rule about the task alone forbids, on the grid and (if given) on those days only."""
    problem = statements.problem
    alone = _Alone(statements, rules)
    rows = [alone.places(task, fixed, free_days) for task in range(len(problem.task_ids))]
    sizes = [len(start) for _, start in rows]
    task = np.repeat(np.arange(len(rows)), sizes)
    resource = _joined([resource for resource, _ in rows])
    start = _joined([start for _, start in rows])
    is_frozen = np.zeros(len(rows), dtype=np.bool_)
    is_frozen[list(problem.frozen)] = True
    is_free = ~is_frozen
    is_free[list(fixed)] = False
    places = Places(
        task=task,
        resource=resource,
        start=start,
        end=start + np.asarray(problem.durations, dtype=np.int64)[task],
        day=days_of(problem, start),
        cost=np.zeros(len(task), dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        left_out_cost=np.zeros(len(rows), dtype=np.int64),
        is_free=is_free,
        is_frozen=is_frozen,
        is_contradictory=alone.is_contradictory,
    )
    _price(places, statements, rules)
    return places


def days_of(problem: Problem, starts: Ints) -> Ints:
    """Index of the local day of each start."""
    edges = np.asarray(problem.clock.day_starts[1:-1], dtype=np.int64)
    return np.searchsorted(edges, starts, side="right").astype(np.int64)


def inside(starts: Ints, spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Which starts lie in one of the half-open spans."""
    found = np.zeros(len(starts), dtype=np.bool_)
    for low, high in spans:
        found |= (starts >= low) & (starts < high)
    return found


def overlap(starts: Ints, ends: Ints, spans: Sequence[Span]) -> Ints:
    """Minutes of each [start, end) inside the spans (twice where two spans overlap)."""
    found = np.zeros(len(starts), dtype=np.int64)
    for low, high in spans:
        found += np.maximum(np.minimum(ends, high) - np.maximum(starts, low), 0)
    return found


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate([*parts, np.zeros(0, dtype=np.int64)]).astype(np.int64)


class _Alone:
    """The hard statements about single tasks, looked up by task."""

    def __init__(self, statements: Statements, rules: Collection[str] | None) -> None:
        self.problem = statements.problem
        self.is_contradictory = False
        clock = self.problem.clock
        self.grid = np.arange(0, clock.end, clock.grid_min, dtype=np.int64)
        self.grid_days = days_of(self.problem, self.grid)
        self.resources: dict[int, set[int]] = {}
        self.spans: dict[int, list[Sequence[Span]]] = {}
        self.kept: dict[int, list[Place]] = {}
        self.blocks: dict[int, list[tuple[Sequence[Span], frozenset[int]]]] = {}
        self._blocked: dict[tuple[int, tuple[bool, ...]], tuple[Ints, Ints]] = {}
        every = range(len(self.problem.resource_ids))
        for task, resources in statements.said("only_on", rules):
            self.resources[task] = self.resources.get(task, set(every)) & set(resources)
        for task, spans in statements.said("only_start_in", rules):
            self.spans.setdefault(task, []).append(spans)
        for task, resource, start in statements.said("keep", rules):
            self.kept.setdefault(task, []).append(Place(resource, start))
        for resource, spans, but_for in statements.said("block", rules):
            self.blocks.setdefault(resource, []).append((spans, but_for))

    def places(
        self, task: int, fixed: Mapping[int, Place | None], free_days: Collection[int] | None
    ) -> tuple[Ints, Ints]:
        """Resources and starts open to the task."""
        nothing = np.zeros(0, dtype=np.int64)
        if task in self.problem.frozen:
            place = self.problem.frozen[task]
            return np.array([place.resource]), np.array([place.start])
        if task in fixed:
            settled = fixed[task]
            if settled is None:
                return nothing, nothing
            if not self._is_open(task, settled):
                self.is_contradictory = True
            return np.array([settled.resource]), np.array([settled.start])
        starts = self.grid if free_days is None else self.grid[np.isin(self.grid_days, list(free_days))]
        starts = starts[starts + self.problem.durations[task] <= self.problem.clock.end]
        for spans in self.spans.get(task, ()):
            starts = starts[inside(starts, spans)]
        parts = []
        for resource in sorted(self.resources.get(task, range(len(self.problem.resource_ids)))):
            open_starts = self._open(task, resource, starts)
            for place in self.kept.get(task, ()):
                open_starts = open_starts[open_starts == place.start] if place.resource == resource else nothing
            parts.append((np.full(len(open_starts), resource, dtype=np.int64), open_starts))
        return _joined([part for part, _ in parts]), _joined([part for _, part in parts])

    def _open(self, task: int, resource: int, starts: Ints) -> Ints:
        """The starts from which the task overlaps no block of the resource."""
        statements = self.blocks.get(resource, [])
        holds = tuple(task not in but_for for _, but_for in statements)
        if (resource, holds) not in self._blocked:
            spans = merge(
                [span for (said, _), is_held in zip(statements, holds, strict=True) if is_held for span in said]
            )
            edges = np.array(spans, dtype=np.int64).reshape(-1, 2)
            self._blocked[resource, holds] = edges[:, 0], edges[:, 1]
        lows, highs = self._blocked[resource, holds]
        following = np.searchsorted(highs, starts, side="right")
        limits = np.append(lows, np.iinfo(np.int64).max)[following]
        return starts[starts + self.problem.durations[task] <= limits]

    def _is_open(self, task: int, place: Place) -> bool:
        start = np.array([place.start])
        return (
            place.resource in self.resources.get(task, (place.resource,))
            and all(inside(start, spans)[0] for spans in self.spans.get(task, ()))
            and all(place == kept for kept in self.kept.get(task, ()))
            and len(self._open(task, place.resource, start)) == 1
        )


def _price(places: Places, statements: Statements, rules: Collection[str] | None) -> None:
    """Adds all prices that one task has alone to ``cost`` and ``left_out_cost``."""
    cost, start = places.cost, places.start
    for task, price in statements.said("price_left_out", rules):
        places.left_out_cost[task] += price
    for task, minute, rate in statements.said("price_after", rules):
        part = places.of(task)
        cost[part] += np.maximum(start[part] - minute, 0) * rate
    for task, spans, price in statements.said("price_start_in", rules):
        part = places.of(task)
        cost[part] += inside(start[part], spans) * price
    for task, resource, price in statements.said("price_on", rules):
        part = places.of(task)
        cost[part] += (places.resource[part] == resource) * price
    for task, resource, home, price in statements.said("price_away", rules):
        part = places.of(task)
        cost[part] += ~((places.resource[part] == resource) & (start[part] == home)) * price
        places.left_out_cost[task] += price
    for resource, spans, rate in statements.said("price_minutes", rules):
        rows = np.flatnonzero(places.resource == resource)
        cost[rows] += overlap(start[rows], places.end[rows], spans) * rate
