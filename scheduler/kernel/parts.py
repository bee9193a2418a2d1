"""Two threads on one plan: the resources are split into two parts that share as few tasks as possible, each thread moves its own.

What couples the parts is divided for the length of a round: free people of a pool go to one side or the other, day by day; a task whose
partner lies in the other part is moved by one side only. So the two results always fit together again.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.improve import improve
from scheduler.kernel.outcome import Step
from scheduler.kernel.search import State, load, new_state
from scheduler.kernel.tables import Tables

WINDOW = 3.2
"""A ruin's window is at most so many mean lengths of a task wide, and at least two thirds of that; wider only to make room for a task
left out. Narrower ones let more steps be made but find less in the same time, wider ones too."""

Arrays = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass
class Track:
    """The plan a search stands at and the best it has met: start slot and resource of each task, cost in units."""

    start: NDArray[np.int64]
    resource: NDArray[np.int64]
    best_start: NDArray[np.int64]
    best_resource: NDArray[np.int64]
    best_cost: int

    @classmethod
    def at(cls, state: State) -> Track:
        """A track that begins at this state."""
        start, resource = state.start.copy(), state.resource.copy()
        return cls(start, resource, start.copy(), resource.copy(), int(state.cost[0]))


def split(tables: Tables) -> NDArray[np.uint8]:
    """Side (0 or 1) of each task: groups of tasks that share no resource, divided evenly. All 0 where there is one group only."""
    num_tasks, num_resources = len(tables.duration), len(tables.load_limit)
    root = np.arange(num_resources)
    for task in range(num_tasks):
        choices = tables.can[tables.can_ptr[task] : tables.can_ptr[task + 1]]
        if len(choices) > 1:
            merged = np.unique(root[choices])
            if len(merged) > 1:
                root[np.isin(root, merged)] = merged[0]
    group = np.full(num_tasks, -1)
    has_choice = tables.can_ptr[1:] > tables.can_ptr[:-1]
    group[has_choice] = root[tables.can[tables.can_ptr[:-1][has_choice]]]
    side = np.zeros(num_tasks, dtype=np.uint8)
    weights = [0, 0]
    names, counts = np.unique(group[group >= 0], return_counts=True)
    for name, count in sorted(zip(names.tolist(), counts.tolist(), strict=True), key=lambda row: -row[1]):
        lighter = int(weights[1] < weights[0])
        weights[lighter] += count
        side[group == name] = lighter
    return side


def run_together(tables: Tables, track: Track, side: NDArray[np.uint8], step: Step) -> int:
    """One round of both sides at once; the track moves on. Returns the cost it stands at."""
    states = [_side_state(tables, track, side, step, which) for which in (0, 1)]
    bests = [(state.start.copy(), state.resource.copy(), state.cost.copy()) for state in states]
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(_run, tables, state, best, step) for state, best in zip(states, bests, strict=True)]
        for job in jobs:
            job.result()
    is_second = side == 1
    now = [np.where(is_second, two, one) for one, two in zip(states[0][:2], states[1][:2], strict=True)]
    best = [np.where(is_second, two, one) for one, two in zip(bests[0][:2], bests[1][:2], strict=True)]
    track.start, track.resource = now
    _keep_best(tables, track, (best[0], best[1]))
    return _keep_best(tables, track, (now[0], now[1]))


def run_alone(tables: Tables, track: Track, step: Step) -> int:
    """One round of one thread over everything."""
    state = new_state(tables, step.seed)
    load(tables, state, track.start, track.resource)
    best = (state.start.copy(), state.resource.copy(), state.cost.copy())
    _run(tables, state, best, step)
    track.start, track.resource = state.start, state.resource
    _keep_best(tables, track, best[:2])
    return int(state.cost[0])


def cost_of(tables: Tables, arrays: Arrays) -> int:
    """Cost of a plan in units."""
    state = new_state(tables, 0)
    load(tables, state, *arrays)
    return int(state.cost[0])


def _run(
    tables: Tables, state: State, best: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], step: Step
) -> None:
    hot, cold = step.temperature
    widest = max(3, round(WINDOW * float(tables.duration.mean())))
    improve(tables, state, best[0], best[1], best[2], step.iterations, hot, cold, widest)


def _keep_best(tables: Tables, track: Track, arrays: Arrays) -> int:
    cost = cost_of(tables, arrays)
    if cost < track.best_cost:
        track.best_cost = cost
        track.best_start, track.best_resource = arrays[0].copy(), arrays[1].copy()
    return cost


def _side_state(tables: Tables, track: Track, side: NDArray[np.uint8], step: Step, which: int) -> State:
    """A state in which only this side's tasks may move and only its share of the free people is seen."""
    state = new_state(tables, step.seed * 2 + which)
    load(tables, state, track.start, track.resource)
    state.held[:] = side != which
    mover = step.seed % 2
    if which != mover:
        for task in np.flatnonzero(side == which):
            partners = tables.pair_other[tables.pair_ptr[task] : tables.pair_ptr[task + 1]]
            if len(partners) and (side[partners] != which).any():
                state.held[task] = 1
    free = np.maximum(tables.pool_capacity - state.use, 0)
    share = _first_share(tables, side, free, step.seed)
    state.use[:] += (free - share if which == 0 else share).astype(np.int64)
    return state


def _first_share(tables: Tables, side: NDArray[np.uint8], free: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Of the free people of each pool and slot, how many side 0 has for this round: all or none where one side alone needs them, else half.
    Who an odd one goes to is drawn for a whole day, so that one person can see an examination through."""
    num_pools, num_days = len(free), len(tables.day_start) - 1
    odd = np.random.default_rng(seed).random((num_pools, num_days))[:, tables.day_of]
    users = np.zeros((num_pools, 2), dtype=np.bool_)
    users[tables.pool, np.repeat(side, np.diff(tables.pool_ptr))] = True
    share = np.floor(free / 2 + odd[:, : free.shape[1]]).astype(np.int64)
    share[~users[:, 1]] = free[~users[:, 1]]
    share[~users[:, 0]] = 0
    return share
