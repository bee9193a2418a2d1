"""One item opened: what was issued, what is expected, and what becomes of the shelf."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from planning.kept_forecasts import only
from planning.pharmacy.build import Shelf
from planning.pharmacy.demand import panel_of_usage
from planning.pharmacy.exceptions import unused
from planning.pharmacy.proposal import mean_demand
from planning.pharmacy.views import Band, ItemPicture, LineView, StockMark
from scheduler.orders.outlook import stock_ahead
from scheduler.orders.problem import Floats, OrderItem

SHARES = (0.5, 0.8, 0.95)
MOST_HISTORY = 180
"""Values of history that are shown."""


def picture(shelf: Shelf, line: LineView) -> ItemPicture:
    """The picture of a line with its present quantity."""
    item, row = shelf.order_item(line.item), shelf.rows[line.item]
    one = only(shelf.forecasts, row)
    panel = panel_of_usage(shelf.site)
    seen = panel.values[panel.names.index(line.item)]
    num_days = item.demand.shape[1]
    stock = stock_ahead(item, line.packs)
    bands = tuple(_band(share, *(end[0] for end in one.band(share))) for share in SHARES)
    return ItemPicture(
        line=line,
        dates=panel.dates[-MOST_HISTORY:],
        history=_rounded(np.nan_to_num(seen[-MOST_HISTORY:])),
        coming=one.dates,
        mean=_rounded(one.mean[0]),
        bands=bands,
        days=tuple(shelf.today + timedelta(days=at) for at in range(num_days)),
        stock=_rounded(np.median(stock, axis=0)),
        stock_bands=(_band(0.8, *np.quantile(stock, [0.1, 0.9], axis=0)),),
        stock_none=_rounded(np.median(stock_ahead(item, 0), axis=0)),
        marks=_marks(shelf, item, line),
        notes=tuple((note.kind, dict(note.values)) for note in one.notes[0]),
    )


def _marks(shelf: Shelf, item: OrderItem, line: LineView) -> tuple[StockMark, ...]:
    """Arrivals of what is under way and of today's order, each on its middle day, and lots that expire with something left."""

    def day(coming: float) -> date:
        return shelf.today + timedelta(days=round(float(coming)))

    found = [
        StockMark(day=day(np.median(way.days)), kind="arrival", units=way.units, name=way.id) for way in item.under_way
    ]
    if line.packs:
        units = line.packs * line.pack_units
        found.append(StockMark(day=line.arrives, kind="order", units=units, name=""))
    lots = shelf.lots.get(line.item, ())
    for lot, units in unused(lots, mean_demand(shelf, line.item, item.demand.shape[1]), shelf.today):
        if units >= 1 and lot.expires is not None:
            found.append(StockMark(day=lot.expires, kind="expiry", units=round(units, 1), name=lot.lot))
    return tuple(sorted(found, key=lambda mark: mark.day))


def _band(share: float, low: Floats, high: Floats) -> Band:
    return Band(share=share, low=_rounded(low), high=_rounded(high))


def _rounded(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 2) for value in values)
