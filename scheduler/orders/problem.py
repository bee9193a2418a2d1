"""The frozen input of the orders area: complete, checked, in units of each item and in coming days.

Coming day 0 is the first day whose demand is not yet issued (today in the morning, tomorrow in the evening). Chance stands in paths: row
p of an item's ``demand``, ``arrives`` and ``next_arrives`` belongs to the same possible future, and to the same one for every item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from hospital.errors import BadInput, UnknownId
from scheduler.orders.perishable import PerishableItem
from scheduler.orders.presets import Weights

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


UPPER = 0.975
"""The quantile from which the spread of the need is told."""


def asked_until(demand: Floats, days: Whole) -> Floats:
    """Units asked in each path before the morning of its day; a day beyond the horizon counts as its end."""
    total = np.concatenate([np.zeros((len(demand), 1)), np.cumsum(demand, axis=1)], axis=1)
    return np.asarray(total[np.arange(len(demand)), np.clip(days, 0, demand.shape[1])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Units on the shelf of one lot; ``last_day`` is the last coming day on which they may be issued, None = beyond the horizon."""

    id: str = ""
    units: float
    last_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOrder:
    """An order under way: ``days[p]`` is the coming day in whose morning it is on the shelf, in path p."""

    id: str = ""
    units: float
    days: Whole


@dataclass(frozen=True, kw_only=True)
class OrderItem:
    """One item of the pharmacy with its stock, its coming demand and its supplier's times.

    ``pack_units`` units are a pack and ``price`` is a pack's. ``least_packs`` is the least order, ``most_packs`` the
    room in store (None = no limit). ``shelf_days`` is how many days a delivered pack can be issued (None = longer than
    anyone plans). ``criticality`` is V, E or D, ``turnover`` A, B or C. ``fresh`` are the terms, in packs, of an item
    so short-lived that it is ordered by its exact policy. ``demand`` [num_paths, num_days] are units asked each coming
    day. ``arrives`` [num_paths] is the coming day in whose morning an order of today is on the shelf, ``next_arrives``
    the same for an order of the next order day. ``can_order`` says whether the supplier takes orders today.
    """

    id: str
    supplier: str = ""
    group: str = ""
    criticality: str = "E"
    turnover: str = "B"
    pack_units: float
    price: float = 0.0
    least_packs: int = 1
    most_packs: int | None = None
    shelf_days: int | None = None
    substitute: str = ""
    can_order: bool = True
    demand: Floats
    arrives: Whole
    next_arrives: Whole
    lots: tuple[Lot, ...] = ()
    under_way: tuple[OnOrder, ...] = ()
    fresh: PerishableItem | None = None

    def __post_init__(self) -> None:
        """Raises BadInput naming item and what does not fit."""
        num_paths = len(self.demand)
        if self.demand.ndim != 2 or not self.demand.size:
            raise BadInput("orders_paths", id=self.id, found=self.demand.shape)
        lengths = [len(self.arrives), len(self.next_arrives), *(len(way.days) for way in self.under_way)]
        if any(length != num_paths for length in lengths):
            raise BadInput("orders_paths", id=self.id, found=lengths)
        for name, limit in (("pack_units", 1e-9), ("least_packs", 1), ("price", 0)):
            if not getattr(self, name) >= limit:
                raise BadInput("orders_at_least", what=f"{self.id} {name}", found=getattr(self, name), limit=limit)

    @cached_property
    def mean_demand(self) -> float:
        """Units a day over the horizon, never below 0 (returns may outweigh issues)."""
        return max(float(self.demand.mean()), 0.0)

    @cached_property
    def stock(self) -> float:
        """Units on the shelf."""
        return float(sum(lot.units for lot in self.lots))

    @cached_property
    def position(self) -> float:
        """Units on the shelf and under way."""
        return self.stock + float(sum(way.units for way in self.under_way))

    @cached_property
    def need(self) -> Floats:
        """Units asked until an order of the next order day is on the shelf, sorted."""
        return np.sort(asked_until(self.demand, self.next_arrives))

    @cached_property
    def need_spread(self) -> float:
        """How far the need spreads upwards: what would be its standard deviation in days of demand, from the upper quantiles."""
        middle, high = np.quantile(self.need, [0.5, UPPER])
        return float(high - middle) / NormalDist().inv_cdf(UPPER) / self.mean_demand if self.mean_demand > 0 else 0.0

    def value(self, packs: int) -> float:
        """Money for so many packs."""
        return self.price * packs


@dataclass(frozen=True, kw_only=True)
class OrdersProblem:
    """Everything today's orders are decided from. ``least_value`` is the least money of an order by supplier, ``budget`` the money that
    may be spent today (None = no limit); ``fixed`` are packs that the buyer has set by hand, by item."""

    today: date
    items: tuple[OrderItem, ...]
    weights: Weights
    least_value: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None
    fixed: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises UnknownId for a fixed quantity or substitute that is no item here."""
        for id_ in [*self.fixed, *(item.substitute for item in self.items if item.substitute)]:
            if id_ not in self.index:
                raise UnknownId("unknown_id", kind="item", id=id_)

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of each item."""
        return {item.id: at for at, item in enumerate(self.items)}

    @property
    def days_left_in_month(self) -> int:
        """Days of this month from today on."""
        following = (self.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return (following - self.today).days

    def day(self, coming: int) -> date:
        """The date of a coming day."""
        return self.today + timedelta(days=coming)
