"""Today's order: forecast, problem, proposal and exceptions, from the pharmacy's data alone. Worker, page and terminal call this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from forecasting.forecasts import Forecasts
from hospital.errors import BadInput
from hospital.pharmacy import Pharmacy
from planning.pharmacy.build import Shelf
from planning.pharmacy.deliveries import Drift
from planning.pharmacy.demand import forecast_items, spread
from planning.pharmacy.exceptions import KINDS, alarms_of
from planning.pharmacy.views import LineView, QuantityView
from scheduler.orders.outlook import outlook
from scheduler.orders.problem import Floats
from scheduler.orders.propose import Line, propose

SECONDS = 10.0
STEPS = ("forecast", "futures", "order", "done")
"""What a run says it is doing, in order."""


@dataclass(frozen=True, kw_only=True)
class PharmacyForecast:
    """A forecast of every item and the order proposed from it; ``drifts`` are suppliers whose lead times have changed; ``cost`` and its
    proven ``bound`` in points."""

    forecasts: Forecasts
    lines: tuple[LineView, ...]
    drifts: tuple[Drift, ...]
    cost: float
    bound: float


def forecast_pharmacy(
    site: Pharmacy, today: date, *, seed: int = 1, told: Callable[[str], None] = lambda _: None
) -> PharmacyForecast:
    """Forecast the items and propose today's order. ``told`` hears each of STEPS as it begins. Raises BadInput where there are no
    items or no issues."""
    if not site.items:
        raise BadInput("pharmacy_no_items")
    told("forecast")
    forecasts = forecast_items(site, today, seed=seed)
    return proposal(Shelf(site, forecasts, today, seed), told=told)


def proposal(
    shelf: Shelf, *, fixed: Mapping[str, int] | None = None, told: Callable[[str], None] = lambda _: None
) -> PharmacyForecast:
    """The order proposed from a forecast that is there already; ``fixed`` are packs set by hand."""
    if not shelf.items:
        raise BadInput("pharmacy_no_match", found=", ".join(list(shelf.rows)[:3]))
    told("futures")
    problem = shelf.problem(fixed)
    told("order")
    found = propose(problem, seconds=SECONDS, seed=shelf.seed)
    lines = [line_view(shelf, line, is_fixed=line.item.id in problem.fixed) for line in found.lines]
    told("done")
    return PharmacyForecast(
        forecasts=shelf.forecasts,
        lines=tuple(sorted(lines, key=_gravest)),
        drifts=tuple(there.drift for there in shelf.deliveries.values() if there.drift is not None),
        cost=found.order.cost,
        bound=found.bound,
    )


def line_view(shelf: Shelf, line: Line, *, is_fixed: bool = False) -> LineView:
    """A line of the engine with the item's names, dates and exceptions."""
    item, horizon = shelf.items[line.item.id], line.item.demand.shape[1]
    row = shelf.rows[item.id]
    notes = shelf.forecasts.notes[row]
    alarms = alarms_of(
        line,
        lots=shelf.lots.get(item.id, ()),
        daily=mean_demand(shelf, item.id, horizon),
        today=shelf.today,
        notes=notes,
    )
    day = _day_of(shelf)
    return LineView(
        item=item.id,
        name_en=item.name_en or item.name,
        name_zh=item.name or item.name_en,
        group=item.group,
        unit=item.unit,
        supplier=item.supplier,
        criticality=item.criticality.value,
        turnover=line.item.turnover,
        pack_units=item.pack_units,
        price=item.price,
        packs=line.packs,
        advised=line.advised,
        stock=line.item.stock,
        under_way=line.item.position - line.item.stock,
        needed_by=None if line.needed_by is None else day(line.needed_by),
        arrives=day(line.arrives),
        days_left=line.before.days_left,
        is_days_left_beyond=line.before.days_left >= horizon,
        risk_none=line.before.risk,
        risk=line.after.risk,
        accepted=line.accepted,
        expiring=line.after.expiring,
        reason=line.reason.text_id.rsplit(".", 1)[-1],
        numbers={name: _round(value) for name, value in line.reason.values.items()},
        alarms=alarms,
        model=shelf.forecasts.models[row],
        is_set_by_hand=is_fixed,
    )


def quantity(shelf: Shelf, item: str, packs: int) -> QuantityView:
    """What another quantity of one item does, in milliseconds. Raises UnknownId, and BadInput for less than none."""
    if packs < 0:
        raise BadInput("pharmacy_bad_packs", found=packs)
    found, item_there = outlook(shelf.order_item(item), packs), shelf.items[item]
    return QuantityView(
        item=item,
        packs=packs,
        risk=found.risk,
        expiring=found.expiring,
        days_left=found.days_left,
        value=packs * item_there.price,
    )


def with_quantity(line: LineView, found: QuantityView, *, is_advised: bool) -> LineView:
    """The line with another quantity."""
    return replace(line, packs=found.packs, risk=found.risk, expiring=found.expiring, is_set_by_hand=not is_advised)


def mean_demand(shelf: Shelf, item: str, num_days: int) -> Floats:
    """The mean of an item's demand on each coming day."""
    days = [shelf.today + timedelta(days=at) for at in range(num_days)]
    forecasts = shelf.forecasts
    return np.asarray(spread(forecasts.mean[shelf.rows[item]], forecasts.dates, forecasts.frequency, days))


def _day_of(shelf: Shelf) -> Callable[[int], date]:
    return lambda coming: shelf.today + timedelta(days=coming)


def _gravest(line: LineView) -> tuple[int, bool, date, float, str]:
    """Exceptions first, the gravest of them at the top; then what is ordered, the first needed first."""
    rank = KINDS.index(line.alarms[0].kind) if line.alarms else len(KINDS)
    return (rank, line.packs == 0, line.needed_by or date.max, -line.risk_none, line.item)


def _round(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value
