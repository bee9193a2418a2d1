"""The proposal's rule played against a pharmacy's own past: what its levels would have met, missed, stocked, ordered and thrown away.

Every few weeks the forecast is made anew from what was known then, and with it each item's levels; every day on which the supplier takes
orders the shelf is compared with them. Deliveries take the supplier's times known then. Issues that came are taken for what was
asked: demand that an empty shelf hid is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from forecasting.forecast import forecast
from hospital.errors import BadInput
from hospital.pharmacy import Pharmacy, Step
from planning.pharmacy.build import Shelf
from planning.pharmacy.demand import calendar_of_site, panel_of_usage
from scheduler.orders.levels import order_up_to, reorder_level
from scheduler.orders.presets import Weights, preset
from scheduler.orders.problem import OrderItem
from simulations.pharmacy.past import Past, Played, played

EVERY_DAYS = 28
"""Days after which the forecast is made anew."""
LEAST_RECORD = 56
"""Days of record that must lie before the days played."""
YEAR = 365.0


@dataclass(frozen=True, kw_only=True)
class ItemPlayed:
    """One item's figures, the orders that were really placed in the same days, a year, and the money issued then."""

    item: str
    figures: Played
    orders_placed: float
    money: float


def replayed(site: Pharmacy, today: date, *, num_days: int, seed: int = 1) -> tuple[ItemPlayed, ...]:
    """Every item over the last ``num_days`` days before ``today``.

    Raises BadInput for issues by week or month (a day's shelf cannot be told from them) and for too short a record.
    """
    usage = site.usage
    if usage.step is not Step.DAY:
        raise BadInput("orders_past_by_day", found=usage.step.value)
    end = min((today - usage.first_day).days, usage.units.shape[1])
    start = end - num_days
    if start < LEAST_RECORD:
        raise BadInput("orders_past_short", found=end, expected=num_days + LEAST_RECORD)
    weights = preset(site.settings.preset, site.settings.weights)
    origins = list(range(start, end, EVERY_DAYS))
    shelves = [_shelf_on(site, origin, seed) for origin in origins]
    return tuple(_play(site, name, shelves, start, end, weights) for name in usage.items if name in shelves[0].items)


def _shelf_on(site: Pharmacy, origin: int, seed: int) -> Shelf:
    """The shelf as it was known on the morning of the day ``origin`` of the record: no later issue, no later delivery."""
    day = site.usage.first_day + timedelta(days=origin)
    known = tuple(
        replace(row, received=row.received if row.received is not None and row.received < day else None)
        for row in site.deliveries
        if row.ordered < day
    )
    then = replace(
        site,
        settings=replace(site.settings, num_days=2 * EVERY_DAYS),
        lots=(),
        deliveries=known,
        table=replace(site.usage, units=site.usage.units[:, :origin]),
    )
    forecasts = forecast(
        panel_of_usage(then), 2 * EVERY_DAYS, calendar=calendar_of_site(site), is_quick=True, seed=seed
    )
    return Shelf(then, forecasts, day, seed)


def _play(site: Pharmacy, name: str, shelves: list[Shelf], start: int, end: int, weights: Weights) -> ItemPlayed:
    units = site.usage.units[site.usage.items.index(name), start:end]
    item, num = shelves[0].items[name], end - start
    then = [shelf.order_item(name) for shelf in shelves]
    level, up_to = (
        np.repeat([each(of, weights) for of in then], EVERY_DAYS)[:num] for each in (reorder_level, order_up_to)
    )
    past = Past(
        issued=np.maximum(units, 0.0),
        returned=np.maximum(-units, 0.0),
        leads=np.maximum(then[0].arrives, 0),
        pack_units=item.pack_units,
        start_units=_usual_stock(then[0], weights),
        shelf_days=item.shelf_life_days or None,
    )
    days = [site.usage.first_day + timedelta(days=at + 1) for at in range(start, end)]
    order_days = shelves[0].supplier_of(item).supplier.order_days
    is_open = np.array([day.weekday() in order_days for day in days])
    first, last = days[0] - timedelta(days=1), days[-1]
    placed = sum(first <= row.ordered < last for row in site.deliveries if row.item == name)
    figures = played(past, level, up_to=up_to, is_open=is_open, replications=20, year_days=YEAR)
    money = float(past.issued.sum()) / item.pack_units * item.price
    return ItemPlayed(item=name, figures=figures, orders_placed=placed * YEAR / num, money=money)


def _usual_stock(of: OrderItem, weights: Weights) -> float:
    """What lies on the shelf in the middle of two orders."""
    return round((reorder_level(of, weights) + order_up_to(of, weights)) / 2)


def means(found: tuple[ItemPlayed, ...]) -> dict[str, float]:
    """The figures by name, mean over the items, each with the weight of the money issued."""
    weights = np.array([each.money for each in found])
    if weights.sum() <= 0:
        weights = np.ones(len(found))
    rows = [{**each.figures.as_dict(), "orders_placed": each.orders_placed} for each in found]
    return {name: float(np.average([row[name] for row in rows], weights=weights)) for name in rows[0]}
