"""Compiled loops over every place of one request: alone, or with others pushed aside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.kernel.compiled import compiled
from scheduler.kernel.costs import is_banned, own_cost, position, waiting_cost
from scheduler.kernel.search import cheapest_place, insert, place_cost, remove
from scheduler.kernel.state import INFEASIBLE, State
from scheduler.kernel.tables import NO_PLACE, Ints, Tables

MOST_MOVED = 2
NO_PRICE = INFEASIBLE // 2
"""Any price from here on means that there is no place."""


@compiled
def price_all(tables: Tables, state: State, task: int, prices: Ints) -> None:
    """``prices[resource, slot]`` of the absent task, its left-out price not deducted; NO_PRICE where it may not be."""
    prices[:, :] = NO_PRICE
    length, group = tables.duration[task], tables.group[task]
    for choice in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
        resource: int = np.int64(tables.can[choice])  # type: ignore[assignment]
        for slot in range(tables.start_ok.shape[1]):
            if tables.start_ok[task, slot] and tables.open_run[group, resource, slot] >= length:
                cost = place_cost(tables, state, task, resource, slot)
                if cost < NO_PRICE:
                    prices[resource, slot] = cost + tables.left_out[task]


@compiled
def is_sound_without(tables: Tables, state: State, task: int) -> bool:
    """True where the neighbours of the placed task may follow each other directly if it goes."""
    slot, resource = state.start[task], state.resource[task]
    day = tables.day_of[slot]
    at = position(state, resource, day, slot)
    if at <= 0 or at + 1 >= state.filled[resource, day]:
        return True
    before, after = state.line[resource, day, at - 1], state.line[resource, day, at + 1]
    start = state.line_start[resource, day, at + 1]
    if start < state.line_end[resource, day, at - 1] + tables.gap[resource, tables.kind[before], tables.kind[after]]:
        return False
    return not is_banned(tables, resource, before, after, state.line_start[resource, day, at - 1], start)


@compiled
def _in_the_way(
    tables: Tables,
    state: State,
    task: int,
    resource: int,
    slot: int,
    is_kept: NDArray[np.uint8],
    others: Ints,
    most: int,
) -> int:
    """How many tasks stand in the way of a place (written to ``others``); -1 for more than ``most`` or one that may not go.

    Appointments inside the notice period (``is_kept``) may go only where the place overlaps them.
    """
    day, kind = tables.day_of[slot], tables.kind[task]
    end, found = slot + tables.duration[task], 0
    at = position(state, resource, day, slot)
    low = at
    while low > 0:
        other = state.line[resource, day, low - 1]
        if state.line_end[resource, day, low - 1] + tables.gap[resource, tables.kind[other], kind] <= slot:
            break
        low -= 1
    for k in range(low, state.filled[resource, day]):
        other = state.line[resource, day, k]
        if k >= at and end + tables.gap[resource, kind, tables.kind[other]] <= state.line_start[resource, day, k]:
            break
        overlaps = state.line_start[resource, day, k] < end and state.line_end[resource, day, k] > slot
        if found == most or tables.fixed_start[other] >= 0 or (is_kept[other] and not overlaps):
            return -1
        others[found] = other
        found += 1
    return found


@compiled
def _put_back(tables: Tables, state: State, others: Ints, size: int, is_swapped: bool, may_drop: bool) -> bool:
    """Each of the others to its cheapest place, in one order or the other; False where one finds none."""
    is_whole = True
    for k in range(size):
        other = others[size - 1 - k] if is_swapped else others[k]
        _, resource, slot = cheapest_place(tables, state, other, 0)
        if slot >= 0:
            insert(tables, state, other, resource, slot)
        elif not may_drop:
            is_whole = False
    return is_whole


@compiled
def push_aside(
    tables: Tables,
    state: State,
    task: int,
    is_kept: NDArray[np.uint8],
    room: Ints,
    prices: Ints,
    places: Ints,
    moves: Ints,
    most: int,
    budget: int,
    may_drop: bool,
    ceiling: int,
) -> int:
    """The cheapest places of the absent task, below ``ceiling``, for which at most ``most`` others (up to two) move.

    Best first; returns how many were found.
    ``prices[k]``, ``places[k] = (resource, slot)`` and ``moves[k, i] = (other, resource, slot)`` are written (other -1 = none,
    slot -1 = left out). Starts are tried in the order of their own waiting, until waiting alone costs more than the worst kept or
    ``budget`` places have been tried. The state is left as it was. ``room`` is scratch for three times MOST_MOVED entries.
    """
    count, found, tried = len(prices), 0, 0
    others, was_resource, was_start = room[:2], room[2:4], room[4:6]
    length, group, base = tables.duration[task], tables.group[task], state.cost[0]
    for slot in range(tables.start_ok.shape[1]):
        if not tables.start_ok[task, slot]:
            continue
        worst = prices[count - 1] if found == count else np.int64(ceiling)
        if tried >= budget or waiting_cost(tables, task, slot) >= worst:
            break
        for choice in range(tables.can_ptr[task], tables.can_ptr[task + 1]):
            resource: int = np.int64(tables.can[choice])  # type: ignore[assignment]
            if tables.open_run[group, resource, slot] < length:
                continue
            size = _in_the_way(tables, state, task, resource, slot, is_kept, others, most)
            if size <= 0:
                continue
            least = own_cost(tables, task, resource, slot)
            for k in range(size):
                was_resource[k], was_start[k] = state.resource[others[k]], state.start[others[k]]
                if tables.away_resource[others[k]] == was_resource[k] and tables.away_start[others[k]] == was_start[k]:
                    least += tables.away_price[others[k]]
            worst = prices[count - 1] if found == count else np.int64(ceiling)
            if least >= worst:
                continue
            tried += 1
            for k in range(size):
                remove(tables, state, others[k])
            if place_cost(tables, state, task, resource, slot) < NO_PRICE:
                insert(tables, state, task, resource, slot)
                for turn in range(size):
                    if _put_back(tables, state, others, size, turn == 1, may_drop):
                        price = state.cost[0] - base + tables.left_out[task]
                        if price < worst:
                            found = _keep(state, price, task, others, size, found, prices, places, moves)
                    for k in range(size):
                        if state.start[others[k]] >= 0:
                            remove(tables, state, others[k])
                remove(tables, state, task)
            for k in range(size):
                insert(tables, state, others[k], was_resource[k], was_start[k])
    return found


@compiled
def _keep(
    state: State,
    price: int,
    task: int,
    others: Ints,
    size: int,
    found: int,
    prices: Ints,
    places: Ints,
    moves: Ints,
) -> int:
    """Sort one more find into the best; of two for the same place the cheaper stays. Returns the new number."""
    count = len(prices)
    resource, slot = state.resource[task], state.start[task]
    at = found
    for k in range(found):
        if places[k, 0] == resource and places[k, 1] == slot:
            if prices[k] <= price:
                return found
            at = k
    if at == found:
        at = min(found, count - 1)
        found = min(found + 1, count)
    while at > 0 and prices[at - 1] > price:
        prices[at] = prices[at - 1]
        places[at, 0], places[at, 1] = places[at - 1, 0], places[at - 1, 1]
        for k in range(MOST_MOVED):
            for field in range(3):
                moves[at, k, field] = moves[at - 1, k, field]
        at -= 1
    prices[at], places[at, 0], places[at, 1] = price, resource, slot
    for k in range(MOST_MOVED):
        moves[at, k, 0] = others[k] if k < size else NO_PLACE
        moves[at, k, 1] = state.resource[others[k]] if k < size else NO_PLACE
        moves[at, k, 2] = state.start[others[k]] if k < size else NO_PLACE
    return found
