"""An ordering rule played against the issues that came: what would have been met, missed, stocked, ordered and wasted.

An open day: in the morning what arrived before is put on the shelf and what has expired leaves it; the day's returns and issues follow,
demand not met is lost; in the evening stock and orders under way are compared with the level. An order of the evening of day t with a
lead of L days is on the shelf in the morning of day t + L + 1, never before an earlier order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., Any])
FOREVER = 1 << 30


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True, nogil=True)(function))


@dataclass(frozen=True, kw_only=True)
class Past:
    """What one item saw day by day: ``issued`` and ``returned`` units [num_days], both at least 0; the ``leads`` in open days to draw from;
    units of a pack and on the shelf at the start; ``shelf_days`` open days that a delivered unit keeps (None = for ever)."""

    issued: Floats
    returned: Floats
    leads: Whole
    pack_units: float
    start_units: float
    shelf_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Played:
    """Means over the replications. ``fill`` is the share of demand met; ``out_days`` a year the days with unmet demand; ``stock_days`` the
    evening's stock in days of issues; ``orders`` a year; ``wasted`` the share of units received or there that expired. A year has
    ``year_days`` open days."""

    fill: float
    out_days: float
    stock_days: float
    orders: float
    wasted: float

    def as_dict(self) -> dict[str, float]:
        """The figures by name."""
        return asdict(self)


def played(
    past: Past,
    level: Floats | float,
    *,
    up_to: Floats | float = 0.0,
    packs: int = 0,
    is_open: npt.NDArray[np.bool_] | None = None,
    replications: int = 100,
    seed: int = 1,
    year_days: float | None = None,
) -> Played:
    """Play the rule: at or below ``level`` units order up to ``up_to`` units, or always ``packs`` where that is not 0.

    ``level`` and ``up_to`` may differ from day to day [num_days]; ``is_open`` [num_days] are the evenings on which the supplier takes
    orders (None = all). ``year_days`` None = as many as there are.
    """
    num_days = len(past.issued)
    levels = np.broadcast_to(np.asarray(level, dtype=np.float64), num_days).copy()
    targets = np.broadcast_to(np.asarray(up_to, dtype=np.float64), num_days).copy()
    evenings = np.ones(num_days, dtype=np.bool_) if is_open is None else np.ascontiguousarray(is_open)
    keeps = FOREVER if past.shelf_days is None else past.shelf_days
    figures = _play(
        past.issued, past.returned, past.leads, past.pack_units, past.start_units, keeps, levels, targets, evenings, packs,
        replications, seed,
    )  # fmt: skip
    asked, years = float(past.issued.sum()), num_days / (year_days or num_days)
    unmet, out_days, stock, orders, expired, received = figures.mean(axis=0)
    return Played(
        fill=1 - unmet / asked if asked else 1.0,
        out_days=out_days / years,
        stock_days=stock / asked if asked else 0.0,
        orders=orders / years,
        wasted=expired / received if received else 0.0,
    )


@_compiled
def _play(
    issued: Floats,
    returned: Floats,
    leads: Whole,
    pack: float,
    start: float,
    keeps: int,
    level: Floats,
    up_to: Floats,
    is_open: npt.NDArray[np.bool_],
    packs: int,
    replications: int,
    seed: int,
) -> Floats:
    """Unmet units, days with unmet demand, stock summed over evenings, orders, units expired and units received, a row a replication."""
    np.random.seed(seed)
    num_days = len(issued)
    figures = np.zeros((replications, 6))
    for turn in range(replications):
        arriving = np.zeros(num_days + 1)
        units = np.zeros(num_days + 2)  # on the shelf by day of arrival + 1; place 0 was there at the start
        units[0] = start
        stock, under_way, oldest, last = start, 0.0, 0, 0
        figures[turn, 5] = start
        for day in range(num_days):
            units[day + 1] = arriving[day]
            stock += arriving[day]
            under_way -= arriving[day]
            figures[turn, 5] += arriving[day]
            while oldest <= day and oldest - 1 + keeps < day:
                figures[turn, 4] += units[oldest]
                stock -= units[oldest]
                units[oldest] = 0.0
                oldest += 1
            units[day + 1] += returned[day]
            stock += returned[day]
            given = min(stock, issued[day])
            stock -= given
            if issued[day] - given > 1e-9:
                figures[turn, 0] += issued[day] - given
                figures[turn, 1] += 1
            place = oldest
            while given > 1e-12 and place <= day + 1:
                taken = min(given, units[place])
                units[place] -= taken
                given -= taken
                place += 1
            figures[turn, 2] += stock
            position = stock + under_way
            if is_open[day] and position <= level[day]:
                wanted = float(packs) if packs else max(1.0, np.ceil((up_to[day] - position) / pack - 1e-9))
                there = max(day + leads[np.random.randint(len(leads))] + 1, last)
                last = there
                under_way += wanted * pack
                figures[turn, 3] += 1
                if there < num_days:
                    arriving[there] += wanted * pack
    return figures
