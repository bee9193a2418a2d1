"""The best orders for one item that expires, by value iteration over stock by age and orders under way.

A day, as in De Moor, Gijsbrechts and Boute (European Journal of Operational Research 301(2), 2022): stock by age and the orders under
way are seen; an order is placed; demand is drawn and issued, the oldest or the newest first; what is left and does not expire pays
``hold``, what expires pays ``waste``, demand not met pays ``short`` and is lost, each unit ordered pays ``buy``; stock ages; the order
of ``lead_time`` - 1 days before arrives for the next day.

A state is a row of ``shelf_life`` + ``lead_time`` - 1 numbers from 0 to ``most_units``: units that expire after today, after
tomorrow and so on, then the orders under way, the next to arrive first. Value iteration gives after every sweep a proven lower bound of the
long-run cost and the cost that the policy of that sweep keeps below (Odoni, Operations Research 17(5), 1969).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

from hospital.errors import BadInput

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., Any])

MOST_STATES = 4_000_000
"""States beyond which no exact policy is sought: a table of costs has as many entries as states."""
MOST_SWEEPS = 2_000
STEP = 0.8
"""Of each sweep's change so much is taken: a whole step never settles where the best orders alternate from day to day."""
SHARE_LEFT_OUT = 1e-12
"""Demand so rare is counted with the largest demand kept."""


def _compiled(function: Function) -> Function:
    return cast(Function, numba.njit(cache=True, nogil=True, fastmath=True)(function))


@dataclass(frozen=True, kw_only=True)
class PerishableItem:
    """One item that expires: its days, its prices and its demand.

    ``shelf_life`` counts the days on which a delivered unit can be issued; ``lead_time`` the days from order to the day of issue.
    ``demand[d]`` is the probability of a demand of d units on a day. Prices are for one unit; ``hold`` and ``waste`` at the end of a day.
    Raises BadInput for a demand that is no distribution and for days below 1.
    """

    shelf_life: int
    lead_time: int
    demand: tuple[float, ...]
    buy: float
    hold: float
    short: float
    waste: float
    issue: Literal["fifo", "lifo"] = "fifo"
    most_units: int = 10

    def __post_init__(self) -> None:
        """Checks what no policy could be found for."""
        for name in ("shelf_life", "lead_time", "most_units"):
            if getattr(self, name) < 1:
                raise BadInput("orders_at_least", what=name, found=getattr(self, name), limit=1)
        if not self.demand or min(self.demand) < 0 or abs(sum(self.demand) - 1) > 1e-6:
            raise BadInput("orders_demand", found=round(sum(self.demand), 6))

    @property
    def num_states(self) -> int:
        """How many states there are."""
        return int((self.most_units + 1) ** (self.shelf_life + self.lead_time - 1))

    @cached_property
    def kept_demand(self) -> Floats:
        """The demand without its tail, which no stock could tell from the largest demand kept."""
        tail = 1 - np.cumsum(np.asarray(self.demand, dtype=np.float64) / sum(self.demand))
        top = min(self.shelf_life * self.most_units, int(np.argmax(tail < SHARE_LEFT_OUT)) or len(self.demand) - 1)
        kept = np.asarray(self.demand[: top + 1], dtype=np.float64) / sum(self.demand)
        kept[-1] += 1 - kept.sum()
        return kept

    @property
    def mean_demand(self) -> float:
        """Units a day."""
        return float(np.dot(np.arange(len(self.demand)), self.demand) / sum(self.demand))


@dataclass(frozen=True, kw_only=True)
class PerishablePolicy:
    """What to order in every state.

    In the long run a day costs no more than ``cost`` with this policy and no less than ``bound`` with any.
    """

    item: PerishableItem
    orders: npt.NDArray[np.uint8]
    cost: float
    bound: float
    num_sweeps: int

    @property
    def gap(self) -> float:
        """The share of the bound by which the policy may be dearer than the best one."""
        return (self.cost - self.bound) / self.bound

    def quantity(self, stock: Sequence[int], under_way: Sequence[int] = ()) -> int:
        """Units to order. ``stock[k]`` units expire k days after today; ``under_way`` the next to arrive first.

        What is beyond ``most_units`` in one age is counted as the next older (it can be issued no later), at last as ``most_units``.
        Raises BadInput for more ages or orders than there are.
        """
        item = self.item
        if len(stock) > item.shelf_life or len(under_way) > item.lead_time - 1:
            raise BadInput("orders_ages", found=len(stock), limit=item.shelf_life)
        ages = [*stock, *(0 for _ in range(item.shelf_life - len(stock)))]
        for age in range(item.shelf_life - 1, 0, -1):
            beyond = max(ages[age] - item.most_units, 0)
            ages[age] -= beyond
            ages[age - 1] += beyond
        row = [*ages, *under_way, *(0 for _ in range(item.lead_time - 1 - len(under_way)))]
        state = 0
        for units in row:
            state = state * (item.most_units + 1) + min(int(units), item.most_units)
        return int(self.orders[state])


def best_policy(item: PerishableItem, *, gap: float = 1e-5) -> PerishablePolicy:
    """The policy whose proven gap is at most ``gap``, or the best one after ``MOST_SWEEPS`` sweeps.

    Raises BadInput where the item has more than ``MOST_STATES`` states.
    """
    if item.num_states > MOST_STATES:
        raise BadInput("orders_states", found=item.num_states, limit=MOST_STATES)
    base, num_ages = item.most_units + 1, item.shelf_life
    block = base**item.lead_time
    demand = item.kept_demand
    left, cost = _days(num_ages, base, demand, np.array([item.hold, item.waste, item.short]), item.issue == "fifo")
    buy = item.buy * np.arange(base, dtype=np.float64)
    value = np.zeros(item.num_states)
    new, orders = np.empty_like(value), np.zeros(item.num_states, dtype=np.uint8)
    low = high = 0.0
    sweep = 0
    while sweep < MOST_SWEEPS and (sweep == 0 or high - low > gap * low):
        sweep += 1
        _sweep(value, new, orders, left, cost, demand, buy, block)
        change = new - value
        low, high = float(change.min()), float(change.max())
        value += STEP * change
        value -= value[0]
    return PerishablePolicy(item=item, orders=orders, cost=high, bound=low, num_sweeps=sweep)


@_compiled
def _days(num_ages: int, base: int, demand: Floats, prices: Floats, is_fifo: bool) -> tuple[Whole, Floats]:
    """For each stock by age: the stock of the next day for each demand, without what arrives, as a state of one age less; and the
    expected cost of the day without what is ordered."""
    num, num_demands = base**num_ages, len(demand)
    left, cost = np.empty((num, num_demands), dtype=np.int64), np.zeros(num)
    for state in range(num):
        units = np.empty(num_ages, dtype=np.int64)
        rest = state
        for age in range(num_ages - 1, -1, -1):
            units[age] = rest % base
            rest //= base
        for asked in range(num_demands):
            wanted, after, kept, expired = asked, 0, 0, 0
            stay = units.copy()
            for step in range(num_ages):
                age = step if is_fifo else num_ages - 1 - step
                given = min(wanted, stay[age])
                stay[age] -= given
                wanted -= given
            expired = stay[0]
            for age in range(1, num_ages):
                after = after * base + stay[age]
                kept += stay[age]
            left[state, asked] = after
            cost[state] += demand[asked] * (prices[0] * kept + prices[1] * expired + prices[2] * wanted)
    return left, cost


@_compiled
def _sweep(
    value: Floats,
    new: Floats,
    orders: npt.NDArray[np.uint8],
    left: Whole,
    cost: Floats,
    demand: Floats,
    buy: Floats,
    block: int,
) -> None:
    """One step of value iteration. All states that differ only in orders under way share what is left of their stock, so that their next
    values stand together: ``block`` of them, the new order last."""
    base = len(buy)
    rows = block // base
    for stock in range(len(cost)):
        ahead = np.zeros(block)
        for asked in range(len(demand)):
            share, start = demand[asked], left[stock, asked] * block
            for at in range(block):
                ahead[at] += share * value[start + at]
        for row in range(rows):
            best, quantity = np.inf, 0
            for order in range(base):
                price = ahead[row * base + order] + buy[order]
                if price < best - 1e-12:
                    best, quantity = price, order
            new[stock * rows + row] = cost[stock] + best
            orders[stock * rows + row] = quantity
