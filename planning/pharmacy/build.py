"""A pharmacy and its forecast as the problem of today's orders, whole or of one item at once: both draw the same futures."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from forecasting.forecasts import Forecasts
from hospital.errors import UnknownId
from hospital.pharmacy import Delivery, Pharmacy, StockItem, StockLot
from planning.pharmacy.deliveries import Deliveries, deliveries_of
from planning.pharmacy.demand import NUM_PATHS, demand_paths
from scheduler.orders.presets import preset
from scheduler.orders.problem import Lot, OnOrder, OrderItem, OrdersProblem

A_SHARE, B_SHARE = 0.8, 0.95
"""Shares of the money issued that the A items, and the A and B items together, make up."""


@dataclass(frozen=True)
class Shelf:
    """A pharmacy on the morning of ``today``, looked at through a forecast; ``seed`` is of what is drawn."""

    site: Pharmacy
    forecasts: Forecasts
    today: date
    seed: int

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Row of the forecast of each item."""
        return {name: row for row, name in enumerate(self.forecasts.names)}

    @cached_property
    def items(self) -> Mapping[str, StockItem]:
        """The items that are both in the list and in the forecast."""
        return {item.id: item for item in self.site.items if item.id in self.rows}

    @cached_property
    def deliveries(self) -> Mapping[str, Deliveries]:
        """The suppliers' deliveries by id."""
        return deliveries_of(self.site.suppliers, self.site.deliveries, self.today)

    @cached_property
    def lots(self) -> Mapping[str, tuple[StockLot, ...]]:
        """What lies on the shelf, by item, first to expire first."""
        found: dict[str, list[StockLot]] = {}
        for lot in self.site.lots:
            found.setdefault(lot.item, []).append(lot)
        return {item: tuple(sorted(lots, key=_expiry)) for item, lots in found.items()}

    @cached_property
    def under_way(self) -> Mapping[str, tuple[Delivery, ...]]:
        """Orders that have not arrived, by item."""
        found: dict[str, list[Delivery]] = {}
        for order in self.site.deliveries:
            if order.received is None:
                found.setdefault(order.item, []).append(order)
        return {item: tuple(orders) for item, orders in found.items()}

    @cached_property
    def turnovers(self) -> Mapping[str, str]:
        """A, B or C of each item by its share of the money forecast to be issued."""
        worth = {
            id_: max(float(self.forecasts.mean[self.rows[id_]].sum()), 0.0) * item.price / item.pack_units
            for id_, item in self.items.items()
        }
        total, before = sum(worth.values()) or 1.0, 0.0
        found: dict[str, str] = {}
        for id_ in sorted(worth, key=lambda name: (-worth[name], name)):
            found[id_] = "A" if before < A_SHARE else "B" if before < B_SHARE else "C"
            before += worth[id_] / total
        return found

    @cached_property
    def money_left(self) -> float | None:
        """The month's budget less what was ordered in it; None without a budget."""
        budget = self.site.settings.month_budget
        if budget <= 0:
            return None
        first = self.today.replace(day=1)
        spent = sum(
            order.packs * self.items[order.item].price
            for order in self.site.deliveries
            if first <= order.ordered <= self.today and order.item in self.items
        )
        return max(budget - spent, 0.0)

    def supplier_of(self, item: StockItem) -> Deliveries:
        """Who delivers the item; an unknown name is a supplier of every working day."""
        return self.deliveries.get(item.supplier, self.deliveries[""])

    def order_item(self, id_: str) -> OrderItem:
        """One item as the orders area sees it. Raises UnknownId."""
        item = self.items.get(id_)
        if item is None:
            raise UnknownId("unknown_id", kind="item", id=id_)
        deliveries = self.supplier_of(item)
        dice = np.random.default_rng([self.seed, zlib.crc32(item.supplier.encode())])
        arrives = deliveries.arrives(0, dice, NUM_PATHS)
        next_arrives = deliveries.arrives(deliveries.next_order, dice, NUM_PATHS)
        return OrderItem(
            id=id_,
            supplier=item.supplier,
            group=item.group,
            criticality=item.criticality.value,
            turnover=self.turnovers[id_],
            pack_units=item.pack_units,
            price=item.price,
            least_packs=item.least_packs,
            most_packs=item.most_packs or None,
            shelf_days=item.shelf_life_days or None,
            substitute=item.substitute if item.substitute in self.items else "",
            can_order=deliveries.can_order,
            demand=demand_paths(
                self.forecasts, self.rows[id_], self.today, self.site.settings.num_days, seed=self.seed
            ),
            arrives=arrives,
            next_arrives=next_arrives,
            lots=tuple(
                Lot(id=lot.lot, units=lot.units, last_day=self._coming(lot.expires)) for lot in self.lots.get(id_, ())
            ),
            under_way=tuple(
                OnOrder(
                    id=order.order,
                    units=order.packs * item.pack_units,
                    days=self.supplier_of(item).still_under_way(order.ordered, dice, NUM_PATHS),
                )
                for order in self.under_way.get(id_, ())
            ),
        )

    def problem(self, fixed: Mapping[str, int] | None = None) -> OrdersProblem:
        """Today's orders of all items; ``fixed`` are packs set by hand. Raises BadSettings for weights that are not known."""
        settings = self.site.settings
        return OrdersProblem(
            today=self.today,
            items=tuple(self.order_item(id_) for id_ in self.items),
            weights=preset(settings.preset, settings.weights),
            least_value={s.id: s.least_value for s in self.site.suppliers if s.least_value > 0},
            budget=self.money_left,
            fixed=dict(fixed or {}),
        )

    def _coming(self, expires: date | None) -> int | None:
        """The coming day of an expiry; None where it is beyond the horizon. A lot that has expired counts as of yesterday."""
        if expires is None:
            return None
        days = (expires - self.today).days
        return None if days >= self.site.settings.num_days else max(days, -1)


def _expiry(lot: StockLot) -> tuple[bool, date, str]:
    return (lot.expires is None, lot.expires or date.max, lot.lot)
