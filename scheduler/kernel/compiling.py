"""From what the rules said to the search's arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hospital.clock import Span
from scheduler.kernel.tables import NO_PLACE, Ints, SearchTables, Tables


def compile_tables(said: SearchTables) -> Tables:
    """Flat arrays of everything the listener was told."""
    problem = said.problem
    grid, num_tasks = said.grid, said.num_tasks
    day_start = np.array([edge // grid for edge in problem.clock.day_starts], dtype=np.int64)
    fixed_resource, fixed_start = _fixed(said)
    is_frozen = np.zeros(num_tasks, dtype=np.uint8)
    is_frozen[list(problem.frozen)] = 1
    duration = np.array([minutes // grid for minutes in problem.durations], dtype=np.int64)
    start_ok = said.starts if said.is_yielding else _within_days(said.starts, duration, day_start)
    first_ok, last_ok = _day_bounds(start_ok, day_start)
    group, open_run = _blocks(said)
    open_from, open_until = _opening(open_run, day_start)
    kind, gap, follow_price, ban, session, idle_min, shortest, idle_price = _sequences(said)
    can_ptr, can = _rows([sorted(said.allowed.get(task, range(said.num_resources))) for task in range(num_tasks)])
    hinge_ptr, hinge = _rows([[minute for minute, _ in row] for row in said.hinges])
    pool_ptr, pool, pool_need = _memberships([(tasks, needs) for tasks, _, needs in said.pools], num_tasks)
    crowd_ptr, crowd, crowd_need = _memberships([(c.tasks, c.needs) for c in said.crowds], num_tasks)
    crowd_of, crowd_limit, crowd_rate = _counters(said)
    wait_group, wait_since = _waits(said)
    return Tables(
        grid=grid,
        slack=_slack(follow_price, idle_price),
        day_start=day_start,
        day_of=np.repeat(np.arange(len(day_start) - 1, dtype=np.int64), np.diff(day_start)),
        duration=duration,
        can_ptr=can_ptr,
        can=can,
        start_ok=start_ok,
        first_ok=first_ok,
        last_ok=last_ok,
        group=group,
        open_run=open_run,
        open_from=open_from,
        open_until=open_until,
        fixed_resource=fixed_resource,
        fixed_start=fixed_start,
        is_frozen=is_frozen,
        left_out=said.left_out
        + np.array([said.away.get(task, (0, 0, 0))[2] for task in range(num_tasks)], dtype=np.int64),
        hinge_ptr=hinge_ptr,
        hinge_min=hinge.astype(np.int64),
        hinge_rate=np.array([rate for row in said.hinges for _, rate in row], dtype=np.int64),
        **_optional_rows(said),
        **_pairs(said),
        travel_min=said.travel.astype(np.int64),
        alike=said.alike,
        pool_ptr=pool_ptr,
        pool=pool,
        pool_need=pool_need,
        pool_capacity=_stack([count for _, count, _ in said.pools], said.num_slots, np.int64),
        crowd_ptr=crowd_ptr,
        crowd=crowd,
        crowd_need=crowd_need,
        crowd_of=crowd_of,
        crowd_limit=crowd_limit,
        crowd_rate=crowd_rate,
        kind=kind,
        gap=gap,
        follow_price=follow_price,
        follow_ban=ban,
        session=session,
        idle_min=idle_min,
        idle_shortest=shortest,
        idle_price=idle_price,
        minute_cost=np.concatenate(
            [np.zeros((said.num_resources, 1), dtype=np.int64), np.cumsum(said.minute_rates, axis=1)], axis=1
        ),
        load_limit=np.array([said.load.get(r, (0, 0))[0] for r in range(said.num_resources)], dtype=np.int64),
        load_rate=np.array([said.load.get(r, (0, 0))[1] for r in range(said.num_resources)], dtype=np.int64),
        wait_group=wait_group,
        wait_since=wait_since,
        wait_limit=np.array([limit for _, limit, _ in said.waits], dtype=np.int64),
        wait_rate=np.array([rate for _, _, rate in said.waits], dtype=np.int64),
    )


def _rows(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ragged rows as (pointers [n + 1], values)."""
    pointers = np.array([0, *accumulate(len(row) for row in rows)], dtype=np.int64)
    return pointers, np.array([value for row in rows for value in row], dtype=np.int64)


def _stack(rows: Sequence[NDArray[Any]], width: int, dtype: type) -> NDArray[Any]:
    return np.stack(rows).astype(dtype) if rows else np.zeros((0, width), dtype=dtype)


def _fixed(said: SearchTables) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    resource = np.full(said.num_tasks, NO_PLACE, dtype=np.int64)
    start = np.full(said.num_tasks, NO_PLACE, dtype=np.int64)
    for task, (where, minute) in said.kept.items():
        resource[task], start[task] = where, minute // said.grid
        said.starts[task, : start[task]] = 0
        said.starts[task, start[task] + 1 :] = 0
        said.allowed[task] = said.allowed.get(task, {where}) & {where}
    for task, place in said.problem.frozen.items():
        resource[task], start[task] = place.resource, place.start // said.grid
    return resource, start


def _within_days(
    starts: NDArray[np.uint8], duration: NDArray[np.int64], day_start: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Starts from which a task would run past midnight are taken out: neighbours are counted by day."""
    for low, high in pairwise(day_start):
        for minutes in np.unique(duration):
            rows = np.flatnonzero(duration == minutes)
            starts[rows, max(high - minutes + 1, low) : high] = 0
    return starts


def _day_bounds(starts: NDArray[np.uint8], day_start: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    num_days = len(day_start) - 1
    first = np.ones((len(starts), num_days), dtype=np.int64)
    last = np.zeros((len(starts), num_days), dtype=np.int64)
    for day, (low, high) in enumerate(pairwise(day_start)):
        part = starts[:, low:high]
        some = part.any(axis=1)
        first[some, day] = low + part[some].argmax(axis=1)
        last[some, day] = high - 1 - part[some, ::-1].argmax(axis=1)
    return first, last


def _blocks(said: SearchTables) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Tasks that are excepted from the same blocks form a group; for each group and resource the open slots from each slot on."""
    signature = np.zeros(said.num_tasks, dtype=np.int64)
    exceptions = [but_for for but_for in said.blocks if but_for]
    if len(exceptions) > 62:
        raise ValueError("more than 62 different exceptions from blocks")
    for bit, but_for in enumerate(exceptions):
        signature[list(but_for)] |= 1 << bit
    distinct, group = np.unique(signature, return_inverse=True)
    closed = np.zeros((len(distinct), said.num_resources, said.num_slots), dtype=np.bool_)
    for but_for, statements in said.blocks.items():
        holds = (
            np.ones(len(distinct), dtype=np.bool_)
            if not but_for
            else (distinct & (1 << exceptions.index(but_for))) == 0
        )
        for resource, spans in statements:
            for low, high in spans:
                closed[holds, resource, max(low, 0) // said.grid : max(-(-high // said.grid), 0)] = True
    run = np.zeros(closed.shape, dtype=np.int32)
    ahead = np.zeros(closed.shape[:2], dtype=np.int32)
    for slot in range(said.num_slots - 1, -1, -1):
        ahead = np.where(closed[:, :, slot], 0, ahead + 1)
        run[:, :, slot] = ahead
    return group.astype(np.int64), run


def _opening(open_run: NDArray[np.int32], day_start: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    is_open: NDArray[np.bool_] = np.any(open_run > 0, axis=0)
    opens = np.tile(day_start[:-1], (len(is_open), 1))
    closes = opens.copy()
    for day, (low, high) in enumerate(pairwise(day_start)):
        part = is_open[:, low:high]
        some = part.any(axis=1)
        opens[some, day] = low + part[some].argmax(axis=1)
        closes[some, day] = high - part[some, ::-1].argmax(axis=1)
    return opens, closes


def _memberships(
    groups: Sequence[tuple[Collection[int], Mapping[int, int] | None]], num_tasks: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For each task the groups it is in and what it needs of each: pointers [R + 1], group, need."""
    rows: list[list[int]] = [[] for _ in range(num_tasks)]
    needs: list[list[int]] = [[] for _ in range(num_tasks)]
    for index, (tasks, need) in enumerate(groups):
        for task in tasks:
            rows[task].append(index)
            needs[task].append(1 if need is None else need[task])
    pointers, group = _rows(rows)
    return pointers, group, _rows(needs)[1]


def _counters(said: SearchTables) -> tuple[NDArray[np.int64], NDArray[np.int64], Ints]:
    """Each span of each crowd is one counter: which one a start counts in [n, T], and each counter's limit and rate."""
    of = np.full((len(said.crowds), said.num_slots), -1, dtype=np.int64)
    limits: list[int] = []
    rates: list[int] = []
    for row, (_, spans, rate, _) in zip(of, said.crowds, strict=True):
        for low, high, count in spans:
            row[max(-(-low // said.grid), 0) : max(-(-high // said.grid), 0)] = len(limits)
            limits.append(count)
            rates.append(rate)
    return of, np.array(limits, dtype=np.int64), np.array(rates, dtype=np.int64)


def _optional_rows(said: SearchTables) -> dict[str, Any]:
    num_tasks = said.num_tasks
    extra = np.full(num_tasks, -1, dtype=np.int64)
    liking = np.full(num_tasks, -1, dtype=np.int64)
    extra[list(said.extra)] = np.arange(len(said.extra))
    liking[list(said.liking)] = np.arange(len(said.liking))
    away = np.full((num_tasks, 2), NO_PLACE, dtype=np.int64)
    away_price = np.zeros(num_tasks, dtype=np.int64)
    for task, (resource, start, price) in said.away.items():
        away[task] = resource, start // said.grid
        away_price[task] = price
    return {
        "extra": extra,
        "extra_price": _stack(list(said.extra.values()), said.num_slots, np.int64),
        "liking": liking,
        "liking_price": _stack(list(said.liking.values()), said.num_resources, np.int64),
        "away_resource": np.ascontiguousarray(away[:, 0]),
        "away_start": np.ascontiguousarray(away[:, 1]),
        "away_price": away_price,
    }


_PAIR_TYPES: dict[str, type] = {
    "pair_other": np.int64,
    "pair_self_first_min": np.int64,
    "pair_other_first_min": np.int64,
    "pair_self_first_travel_min": np.int64,
    "pair_other_first_travel_min": np.int64,
    "pair_days_price": np.int64,
    "pair_no_same_day": np.uint8,
    "pair_resources_price": np.int64,
    "pair_is_alike": np.uint8,
    "pair_within_min": np.int64,
    "pair_hours_price": np.int64,
    "pair_most_days": np.int64,
}


def _pairs(said: SearchTables) -> dict[str, Any]:
    rows: list[list[tuple[int, ...]]] = [[] for _ in range(said.num_tasks)]
    between: list[list[tuple[int, ...]]] = [[] for _ in range(said.num_tasks)]
    for (first, second), pair in said.pairs.items():
        there, back = (pair.forth_min, pair.forth_travel_min), (pair.back_min, pair.back_travel_min)
        for task, other, ahead, behind in ((first, second, there, back), (second, first, back, there)):
            least = (ahead[0], behind[0], ahead[1], behind[1])
            both = (pair.days_price, pair.no_same_day, pair.resources_price, pair.is_alike, pair.within_min)
            rows[task].append((other, *least, *both, pair.hours_price, pair.most_days))
            between[task].append(pair.between)
    flat = np.array([row for part in rows for row in part], dtype=np.int64).reshape(-1, len(_PAIR_TYPES))
    found: dict[str, Any] = {
        name: flat[:, index].astype(dtype) for index, (name, dtype) in enumerate(_PAIR_TYPES.items())
    }
    between_ptr, between_tasks = _rows([tasks for part in between for tasks in part])
    pointers = np.array([0, *accumulate(len(row) for row in rows)], dtype=np.int64)
    return {"pair_ptr": pointers, "between_ptr": between_ptr, "between": between_tasks, **found}


def _waits(said: SearchTables) -> tuple[NDArray[np.int64], Ints]:
    group = np.full(said.num_tasks, -1, dtype=np.int64)
    since = np.zeros(said.num_tasks, dtype=np.int64)
    for index, (members, _, _) in enumerate(said.waits):
        for task, minute in members.items():
            if group[task] >= 0:
                raise ValueError(f"task {task} counts in two sums of waiting")
            group[task], since[task] = index, minute
    return group, since


def _sequences(
    said: SearchTables,
) -> tuple[NDArray[np.int64], NDArray[np.int64], Ints, NDArray[np.uint8], NDArray[np.int64], Ints, Ints, Ints]:
    """All labellings joined into one kind a task, and each resource's matrices over kinds."""
    labellings = list(dict.fromkeys([f.labels for f in said.follows] + [row[0] for row in said.idles.values()]))
    signature = np.array(labellings, dtype=np.int64).T if labellings else np.zeros((said.num_tasks, 1), dtype=np.int64)
    distinct, kind = np.unique(signature, axis=0, return_inverse=True)
    shape = (said.num_resources, len(distinct), len(distinct))
    gap_min, price = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    ban, idle_min = np.zeros(shape, dtype=np.uint8), np.zeros(shape, dtype=np.int64)
    session = np.full((said.num_resources, said.num_slots), -1, dtype=np.int64)
    column = {labels: distinct[:, index] for index, labels in enumerate(labellings)}
    for f in said.follows:
        over = np.ix_(column[f.labels], column[f.labels])
        gap_min[f.resource] = np.maximum(gap_min[f.resource], f.minutes[over])
        if f.price is not None:
            price[f.resource] += f.price[over]
        if f.forbidden is not None:
            ban[f.resource] |= f.forbidden[over].astype(np.uint8)
            _mark_sessions(session[f.resource], f.sessions, said.grid)
    shortest, idle_price = np.zeros(said.num_resources, dtype=np.int64), np.zeros(said.num_resources, dtype=np.int64)
    for resource, (labels, minutes, short, cost) in said.idles.items():
        idle_min[resource] = minutes[np.ix_(column[labels], column[labels])]
        shortest[resource], idle_price[resource] = short, cost
    gap = (-(-gap_min // said.grid)).astype(np.int64)
    return kind.astype(np.int64).reshape(-1), gap, price, ban, session, idle_min, shortest, idle_price


def _mark_sessions(row: NDArray[np.int64], sessions: Sequence[Span], grid: int) -> None:
    for index, (low, high) in enumerate(sessions):
        row[max(-(-low // grid), 0) : max(-(-high // grid), 0)] = index


def _slack(price: Ints, idle_price: Ints) -> int:
    """The most that a task put between two neighbours can save: their changeover less the two new ones, and one short gap."""
    saved = 0
    for matrix in np.unique(price, axis=0):
        saved = max(saved, int((matrix[:, None, :] - matrix[:, :, None] - matrix[None, :, :]).max()))
    return saved + int(idle_price.max(initial=0))
