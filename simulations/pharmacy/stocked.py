"""One item's shelf lived through day by day, as a buyer without this product would: what was ordered, what came, what is left by lot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from hospital.pharmacy import Delivery, StockItem, StockLot

Floats = npt.NDArray[np.float64]
REMEMBERED = 56
"""Days from which the buyer guesses the next weeks."""
LATE_DAYS = 75
"""A supplier that became slower has been so for these days."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The item and its supplier: weekdays of orders and deliveries, mean and spread of the days from order to receipt, days slower
    of late."""

    item: StockItem
    order_days: tuple[int, ...]
    delivery_days: tuple[int, ...]
    mean: float
    spread: float
    slower: float


@dataclass(slots=True)
class _Lot:
    """A lot while the days go by."""

    expires: date
    units: float
    name: str


@dataclass(frozen=True, kw_only=True)
class Stocked:
    """What the days left behind: units really issued, orders and deliveries since a day, lots on the shelf this morning."""

    issued: Floats
    deliveries: tuple[Delivery, ...]
    lots: tuple[StockLot, ...]


def stocked(
    asked: Floats, days: list[date], terms: Terms, dice: np.random.Generator, *, since: int, number: int
) -> Stocked:
    """Live through the days. What is not there is not issued, so that a stock-out hides demand; only days from ``since`` on are lived."""
    item = terms.item
    issued = asked.copy()
    mean = max(float(asked[max(since - REMEMBERED, 0) : since + 1].mean()), 0.02)
    shelf = [_Lot(_expiry(item, days[since], dice), float(round(mean * float(dice.uniform(10, 30)))), f"{number:03}00")]
    way: list[tuple[int, float, int, str]] = []
    rows: list[Delivery] = []
    count = 0
    for day in range(since, len(days)):
        for there, packs, ordered, name in [row for row in way if row[0] <= day]:
            lot = f"{number:03}{len(rows) + 1:02}"
            shelf.append(_Lot(_expiry(item, days[day], dice), packs * item.pack_units, lot))
            rows.append(_row(item, name, days[ordered], days[there], packs))
        way = [row for row in way if row[0] > day]
        issued[day] = _issue(shelf, asked[day], days[day])
        if days[day].weekday() in terms.order_days:
            mean = max(float(asked[max(day - REMEMBERED, 0) : day + 1].mean()), 0.02)
            stock = sum(lot.units for lot in shelf) + sum(row[1] for row in way) * item.pack_units
            if stock < mean * (terms.mean + 8):
                packs = max(float(np.ceil((mean * float(dice.uniform(22, 42))) / item.pack_units)), item.least_packs)
                if item.most_packs:
                    packs = min(packs, max(item.most_packs - stock // item.pack_units, item.least_packs))
                count += 1
                way.append((_arrival(days, day, terms, dice), packs, day, f"PO{number:03}{count:03}"))
    rows += [_row(item, name, days[ordered], None, packs) for _, packs, ordered, name in way]
    lots = [
        StockLot(item=item.id, lot=lot.name, units=float(round(lot.units)), expires=lot.expires)
        for lot in shelf
        if round(lot.units) > 0
    ]
    return Stocked(issued=issued, deliveries=tuple(rows), lots=tuple(lots))


def _issue(shelf: list[_Lot], asked: float, day: date) -> float:
    """Takes from the shelf, first expired first, and throws away what has expired; gives what was really issued."""
    shelf[:] = sorted((lot for lot in shelf if lot.expires >= day and lot.units > 0), key=lambda lot: lot.expires)
    if asked < 0 and shelf:
        shelf[-1].units -= asked
        return asked
    wanted = max(asked, 0.0)
    for lot in shelf:
        taken = min(wanted, lot.units)
        lot.units -= taken
        wanted -= taken
    return max(asked, 0.0) - wanted


def _expiry(item: StockItem, day: date, dice: np.random.Generator) -> date:
    """Most deliveries keep as long as promised, one in twelve much shorter."""
    share = float(dice.uniform(0.12, 0.3)) if dice.random() < 1 / 12 else float(dice.uniform(0.85, 1.1))
    return day + timedelta(days=int((item.shelf_life_days or 720) * share))


def _arrival(days: list[date], day: int, terms: Terms, dice: np.random.Generator) -> int:
    """The day of receipt, moved to a delivery day; it may lie beyond the last day."""
    slower = terms.slower if day > len(days) - LATE_DAYS else 0.0
    shape = (terms.mean / terms.spread) ** 2
    there = day + max(1, round(float(dice.gamma(shape, terms.mean / shape)) + slower))
    while (days[0] + timedelta(days=there)).weekday() not in terms.delivery_days:
        there += 1
    return there


def _row(item: StockItem, name: str, ordered: date, received: date | None, packs: float) -> Delivery:
    return Delivery(order=name, item=item.id, supplier=item.supplier, ordered=ordered, received=received, packs=packs)
