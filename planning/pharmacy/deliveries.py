"""When an order would be on the shelf: drawn from the supplier's own past orders, on the supplier's days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import fmean, variance

import numpy as np
import numpy.typing as npt

from hospital.pharmacy import Delivery, Supplier

Whole = npt.NDArray[np.int64]
LEAST_ORDERS = 5
"""Past orders below which the supplier's stated lead time is taken."""
RECENT = 10
BEFORE = 60
DRIFT = 3.0
"""Standard errors by which the mean lead times of the last RECENT order days must differ from those of BEFORE earlier ones to be called a
drift."""
WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Drift:
    """Mean lead time in days before, and of the last ``num`` order days."""

    supplier: str
    before: float
    now: float
    num: int = RECENT


@dataclass(frozen=True)
class Deliveries:
    """A supplier with the lead times of its past orders, oldest first, in days."""

    supplier: Supplier
    orders: tuple[Delivery, ...]
    today: date

    @cached_property
    def leads(self) -> Whole:
        """Days from order to shelf."""
        done = sorted((o for o in self.orders if o.received is not None), key=lambda o: o.ordered)
        found = [(o.received - o.ordered).days for o in done if o.received is not None and o.received >= o.ordered]
        return np.array(found if len(found) >= LEAST_ORDERS else [self.supplier.promised_days], dtype=np.int64)

    @cached_property
    def can_order(self) -> bool:
        """True where the supplier takes orders today."""
        return self.today.weekday() in self.supplier.order_days

    @cached_property
    def next_order(self) -> int:
        """Days until the order day after today."""
        coming = (k for k in range(1, WEEK + 1) if (self.today.weekday() + k) % WEEK in self.supplier.order_days)
        return next(coming, WEEK)

    def arrives(self, ordered_in: int, dice: np.random.Generator, num_paths: int) -> Whole:
        """The coming day on whose morning an order of coming day ``ordered_in`` is on the shelf, in each path."""
        return self._delivered(ordered_in + dice.choice(self.leads, size=num_paths))

    def still_under_way(self, ordered: date, dice: np.random.Generator, num_paths: int) -> Whole:
        """The same for an order of the past that has not come: only lead times longer than it has waited already are possible."""
        waited = (self.today - ordered).days
        longer = self.leads[self.leads > waited]
        drawn = dice.choice(longer, size=num_paths) - waited if len(longer) else np.ones(num_paths, dtype=np.int64)
        return self._delivered(np.maximum(drawn, 0))

    def _delivered(self, days: Whole) -> Whole:
        """Rolled on to the supplier's next delivery day."""
        if not self.supplier.delivery_days:
            return days
        found = days.copy()
        for _ in range(WEEK):
            weekday = (self.today.weekday() + found) % WEEK
            found = np.where(np.isin(weekday, list(self.supplier.delivery_days)), found, found + 1)
        return found

    @cached_property
    def drift(self) -> Drift | None:
        """Whether orders of the last order days took longer, or less long, than those before. Orders of one day come together, so that they
        count as one."""
        by_day: dict[date, list[int]] = {}
        for order in self.orders:
            if order.received is not None and order.received >= order.ordered:
                by_day.setdefault(order.ordered, []).append((order.received - order.ordered).days)
        means = [fmean(by_day[day]) for day in sorted(by_day)]
        before, now = means[-RECENT - BEFORE : -RECENT], means[-RECENT:]
        if len(before) < 2 * RECENT:
            return None
        error = (variance(before) / len(before) + variance(now) / len(now)) ** 0.5
        if abs(fmean(now) - fmean(before)) <= DRIFT * max(error, 0.1):
            return None
        return Drift(supplier=self.supplier.name or self.supplier.id, before=fmean(before), now=fmean(now))


def deliveries_of(suppliers: Sequence[Supplier], orders: Sequence[Delivery], today: date) -> Mapping[str, Deliveries]:
    """The deliveries of each supplier by its id; "" is an unnamed one that takes orders on every working day."""
    by: dict[str, list[Delivery]] = {}
    for order in orders:
        by.setdefault(order.supplier, []).append(order)
    known = {supplier.id: supplier for supplier in (Supplier(id=""), *suppliers)}
    return {id_: Deliveries(supplier, tuple(by.get(id_, ())), today) for id_, supplier in known.items()}
