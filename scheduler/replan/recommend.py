"""The cheapest places for one request: with everybody else where they are, or with at most two others moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from hospital.errors import BadInput, UnknownId
from hospital.facts import POINT
from hospital.plans import Appointment
from scheduler.kernel.plan import Place, Plan
from scheduler.kernel.problem import Problem
from scheduler.kernel.score import score
from scheduler.kernel.search import insert, remove
from scheduler.kernel.state import State
from scheduler.kernel.tables import Tables
from scheduler.replan.board import Board, board, place_of
from scheduler.replan.scan import MOST_MOVED, NO_PRICE, is_sound_without, price_all, push_aside

TRIES = 2000
"""Places tried with others pushed aside, at most: keeps an answer within a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place for the request.

    ``price`` (points) is what the plan costs more with the request there than with it left out, its left-out price apart: an
    unplanned request is worth placing where this is below its unplanned price. ``cost_by_rule`` adds up to it. ``moved`` are the new
    appointments of others; ``is_present`` marks the place where the request is now.
    """

    resource: str
    start: datetime
    end: datetime
    price: float
    cost_by_rule: dict[str, float]
    moved: tuple[Appointment, ...] = ()
    is_present: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A slot inside the engine: price in units, and where the others go (None = left out)."""

    price: int
    place: Place
    moves: tuple[tuple[int, Place | None], ...] = ()


def slots(problem: Problem, plan: Plan, request_id: str, *, count: int = 3, max_moved: int = 0) -> tuple[Slot, ...]:
    """The ``count`` cheapest distinct places (scanner and start) of a request, cheapest first; fewer where there are fewer.

    With ``max_moved`` 0 all others stay and every place of the grid is priced. With 1 or 2, up to so many others are pushed aside and find
    their own cheapest place; an emergency may also push aside appointments inside the notice period that it overlaps.
    Raises UnknownId, and BadInput for a number of moves beyond two.
    """
    if not 0 <= max_moved <= MOST_MOVED:
        raise BadInput("too_many_moved", found=max_moved, expected=MOST_MOVED)
    laid_out = board(problem, plan)
    task = task_of(problem, request_id)
    with laid_out.lock:
        options = free_options(laid_out, task, count)
        if max_moved:
            options += pushing_options(laid_out, task, count, max_moved=max_moved)
    best: dict[Place, Option] = {}
    for option in sorted(options, key=_rank):
        best.setdefault(option.place, option)
    chosen = list(best.values())[:count]
    without = plan.placed(task, None)
    base = score(problem, without).by_rule if any(option.moves for option in chosen) else {}
    return tuple(_slot(laid_out, task, option, without, base) for option in chosen)


def task_of(problem: Problem, request_id: str) -> int:
    """The task of a request id. Raises UnknownId."""
    if request_id not in problem.task_ids:
        raise UnknownId("unknown_request", id=request_id)
    return list(problem.task_ids).index(request_id)


def free_options(laid_out: Board, task: int, count: int) -> list[Option]:
    """The cheapest places with nobody else moved, from a scan of the whole grid; ties by time, then scanner."""
    tables, state = laid_out.tables, laid_out.state
    prices = np.full((len(tables.load_limit), tables.start_ok.shape[1]), NO_PRICE, dtype=np.int64)
    if tables.is_frozen[task] or _holds_others_back(laid_out, task):
        return _only_here(laid_out, task)
    here = laid_out.plan.places[task]
    if here is None:
        price_all(tables, state, task, prices)
    else:
        is_sound = is_sound_without(tables, state, task)
        remove(tables, state, task)
        price_all(tables, state, task, prices)
        insert(tables, state, task, here.resource, here.start // tables.grid)
        if not is_sound:
            prices = _between_neighbours(laid_out, task, prices)
    return _cheapest(tables, prices, count)


def pushing_options(laid_out: Board, task: int, count: int, *, max_moved: int, may_drop: bool = False) -> list[Option]:
    """The cheapest places found with others pushed aside; ``may_drop`` also leaves them out where nothing else is cheaper."""
    if laid_out.tables.is_frozen[task] or _holds_others_back(laid_out, task):
        return []
    if laid_out.may_displace(task):
        tables, state, is_kept = laid_out.yielding
    else:
        tables, state, is_kept = laid_out.tables, laid_out.state, np.zeros(len(laid_out.plan.places), dtype=np.uint8)
    here = laid_out.plan.places[task]
    if here is not None and not is_sound_without(tables, state, task):
        return []
    if here is not None:
        remove(tables, state, task)
    options = pushed_options(tables, state, task, is_kept, count=count, max_moved=max_moved, may_drop=may_drop)
    if here is not None:
        insert(tables, state, task, here.resource, here.start // tables.grid)
    return options


def pushed_options(
    tables: Tables,
    state: State,
    task: int,
    is_kept: NDArray[np.uint8],
    *,
    count: int,
    max_moved: int = MOST_MOVED,
    may_drop: bool = False,
    ceiling: int = int(NO_PRICE),
) -> list[Option]:
    """The cheapest places of an absent task below ``ceiling`` units, with others pushed aside; the state stays as it is."""
    prices = np.full(count, NO_PRICE, dtype=np.int64)
    places = np.zeros((count, 2), dtype=np.int64)
    moves = np.full((count, MOST_MOVED, 3), -1, dtype=np.int64)
    room = np.zeros(3 * MOST_MOVED, dtype=np.int64)
    found = push_aside(tables, state, task, is_kept, room, prices, places, moves, max_moved, TRIES, may_drop, ceiling)
    return [
        Option(
            int(prices[k]),
            place_of(tables, int(places[k, 0]), int(places[k, 1])),
            tuple(
                (int(other), place_of(tables, int(resource), int(slot)) if slot >= 0 else None)
                for other, resource, slot in moves[k]
                if other >= 0
            ),
        )
        for k in range(found)
    ]


def _cheapest(tables: Tables, prices: NDArray[np.int64], count: int) -> list[Option]:
    flat = prices.ravel()
    some = np.flatnonzero(flat < NO_PRICE)
    if len(some) > count:
        worst = np.partition(flat[some], count - 1)[count - 1]
        some = some[flat[some] <= worst]
    width = prices.shape[1]
    options = [Option(int(flat[at]), place_of(tables, int(at) // width, int(at) % width)) for at in some]
    return sorted(options, key=_rank)[:count]


def _rank(option: Option) -> tuple[int, int, int]:
    return option.price, option.place.start, option.place.resource


def _only_here(laid_out: Board, task: int) -> list[Option]:
    """The present place and no other: history, and what an appointment inside the notice period had to yield to."""
    here = laid_out.plan.places[task]
    if here is None:
        return []
    without = laid_out.plan.placed(task, None)
    return [Option(sum(laid_out.prices.by_rule(without, task, here).values()), here)]


def _holds_others_back(laid_out: Board, task: int) -> bool:
    """True for an emergency in whose place somebody promised had to yield: they would have to come back if it left."""
    problem, here = laid_out.problem, laid_out.plan.places[task]
    if here is None:
        return False
    end = here.start + problem.durations[task]
    return any(
        task in displacers
        and laid_out.plan.places[other] != place
        and place.resource == here.resource
        and place.start < end
        and here.start < place.start + problem.durations[other]
        for other, (place, displacers) in laid_out.promised.items()
    )


def _between_neighbours(laid_out: Board, task: int, prices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Only the places between the same two neighbours, which may not follow each other directly."""
    here, grid = laid_out.plan.places[task], laid_out.tables.grid
    line = laid_out.plan.lines[here.resource] if here else ()
    at = line.index(task)
    before, after = laid_out.plan.places[line[at - 1]], laid_out.plan.places[line[at + 1]]
    kept = np.full_like(prices, NO_PRICE)
    if here and before and after:
        row = slice(before.start // grid, after.start // grid)
        kept[here.resource, row] = prices[here.resource, row]
    return kept


def _slot(laid_out: Board, task: int, option: Option, without: Plan, base: Mapping[str, int]) -> Slot:
    problem, plan = laid_out.problem, laid_out.plan
    clock, place = problem.clock, option.place
    by_rule = laid_out.prices.by_rule(without, task, place)
    if option.moves:
        by_rule = _rise(laid_out, task, base, score(problem, moved_plan(without, task, option)).by_rule)
    return Slot(
        resource=problem.resource_ids[place.resource],
        start=clock.moment(place.start),
        end=clock.moment(place.start + problem.durations[task]),
        price=option.price / POINT,
        cost_by_rule={rule: units / POINT for rule, units in by_rule.items()},
        moved=tuple(_appointment(problem, other, there) for other, there in option.moves if there is not None),
        is_present=not option.moves and plan.places[task] == place,
    )


def moved_plan(plan: Plan, task: int, option: Option) -> Plan:
    """The plan with the task in the option's place and the others where it sends them."""
    places = list(plan.places)
    places[task] = option.place
    for other, there in option.moves:
        places[other] = there
    return Plan(tuple(places))


def _rise(laid_out: Board, task: int, before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """Units by rule that ``after`` costs more than ``before``, what leaving the task out costs by itself apart."""
    left_out = laid_out.prices.left_out_by_rule(task)
    rise = {rule: after[rule] - before[rule] + left_out.get(rule, 0) for rule in after}
    return {rule: units for rule, units in rise.items() if units}


def _appointment(problem: Problem, task: int, place: Place) -> Appointment:
    clock = problem.clock
    return Appointment(
        request=problem.task_ids[task],
        resource=problem.resource_ids[place.resource],
        start=clock.moment(place.start),
        end=clock.moment(place.start + problem.durations[task]),
    )
