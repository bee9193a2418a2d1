"""What comes of ordering so many packs of one item today, path by path: the first expired are issued first, demand not met is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numba
import numpy as np

from scheduler.orders.problem import Floats, OrderItem, Whole

Function = TypeVar("Function", bound=Callable[..., Any])
NEVER = 1 << 30


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Figures of one quantity. ``risk`` is the share of paths in which demand goes unmet before the next delivery that can still be
    ordered; ``unmet`` the units then missing on average; ``expiring`` the units that expire unused within the horizon on average;
    ``days_left`` the day on which the shelf first fails, in the middle path (the horizon's length where it does not)."""

    risk: float
    unmet: float
    expiring: float
    days_left: int


def outlook(item: OrderItem, packs: int) -> Outlook:
    """What comes of ordering so many packs today and nothing after, in less than a millisecond an item."""
    unmet, expired, first_out = _followed(item, packs)
    return Outlook(
        risk=float((unmet > 1e-9).mean()),
        unmet=float(unmet.mean()),
        expiring=float(expired.mean()),
        days_left=int(np.median(first_out)),
    )


def first_failing_day(item: OrderItem, accepted: float) -> int:
    """The first coming day by whose end the shelf has failed in more than the accepted share of paths if nothing is ordered; the
    horizon's length where there is none."""
    first_out = np.sort(_followed(item, 0)[2])
    return int(first_out[min(int(accepted * len(first_out)), len(first_out) - 1)])


def later_packs(item: OrderItem, packs: int, *, level: float, up_to: float, num_days: int) -> float:
    """Packs that follow on average when each evening at or below the level as many are ordered as reach ``up_to``, on the evenings
    before coming day ``num_days``: the next decisions, taken path by path as this one is taken today."""
    if item.mean_demand <= 0:
        return 0.0
    position = item.position + packs * item.pack_units
    return float(_ordered_later(item.demand, position, item.pack_units, level, up_to, num_days - 1))


def stock_ahead(item: OrderItem, packs: int) -> Floats:
    """Units on the shelf at the end of each coming day, [num_paths, num_days]."""
    stock = np.zeros_like(item.demand)
    _walk(item.demand, *_batches(item, packs), item.next_arrives, stock)
    return stock


def _followed(item: OrderItem, packs: int) -> tuple[Floats, Floats, Whole]:
    return _walk(item.demand, *_batches(item, packs), item.next_arrives, np.zeros((0, 0)))


def _batches(item: OrderItem, packs: int) -> tuple[Floats, Whole, Whole]:
    """Units, day of arrival in each path and last day of issue (NEVER without one) of all there is, in order of expiry.

    What is under way is taken to keep as long as a delivery of today.
    """
    num_paths = len(item.demand)
    keeps = NEVER if item.shelf_days is None else item.shelf_days
    rows = [
        (NEVER if lot.last_day is None else lot.last_day, lot.units, np.zeros(num_paths, dtype=np.int64))
        for lot in item.lots
    ]
    rows += [(min(keeps + int(np.median(way.days)), NEVER), way.units, way.days) for way in item.under_way]
    if packs > 0:
        rows.append((min(keeps + int(np.median(item.arrives)), NEVER), packs * item.pack_units, item.arrives))
    rows.sort(key=lambda row: row[0])
    units = np.array([row[1] for row in rows], dtype=np.float64)
    days = np.array([row[2] for row in rows], dtype=np.int64).reshape(len(rows), num_paths)
    return units, days, np.array([row[0] for row in rows], dtype=np.int64)


@_compiled
def _walk(
    demand: Floats, units: Floats, days: Whole, last: Whole, until: Whole, stock: Floats
) -> tuple[Floats, Floats, Whole]:
    """Each path from day to day. Gives units unmet before the morning of ``until``, units expired, and the first day that failed; fills
    ``stock`` where it has room."""
    num_paths, num_days = demand.shape
    num = len(units)
    unmet, expired = np.zeros(num_paths), np.zeros(num_paths)
    first_out = np.full(num_paths, num_days, dtype=np.int64)
    is_drawn = stock.shape[0] == num_paths
    for path in range(num_paths):
        left = units.copy()
        for day in range(num_days):
            wanted = demand[path, day]
            for batch in range(num):
                if left[batch] <= 0 or days[batch, path] > day:
                    continue
                if last[batch] < day:
                    expired[path] += left[batch]
                    left[batch] = 0.0
                    continue
                given = min(wanted, left[batch])
                left[batch] -= given
                wanted -= given
            if wanted > 1e-9:
                if day < until[path]:
                    unmet[path] += wanted
                if day < first_out[path]:
                    first_out[path] = day
            if is_drawn:
                for batch in range(num):
                    if days[batch, path] <= day and last[batch] >= day:
                        stock[path, day] += left[batch]
    return unmet, expired, first_out


@_compiled
def _ordered_later(demand: Floats, position: float, pack: float, level: float, up_to: float, num_days: int) -> float:
    """Packs ordered after today, mean over the paths."""
    num_paths, horizon = demand.shape
    total = 0.0
    for path in range(num_paths):
        there = position
        for day in range(min(num_days, horizon)):
            there -= demand[path, day]
            if there <= level:
                packs = max(np.ceil((up_to - there) / pack - 1e-9), 1.0)
                there += packs * pack
                total += packs
    return float(total / num_paths)
