"""A hospital pharmacy drawn from a seed: items, three years of daily issues with a Spring Festival in each, suppliers, orders, lots.

Demand is negative binomial around a level that knows the day of the week, holidays (people stock up before the Spring Festival, the
hospital empties during it and fills again after), the season and a slow trend. A quarter of the items is asked for only now and then.
Some things are meant to be found: demand that broke, a supplier that became slower, lots near their expiry, shelves nearly empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from holidays import country_holidays

from hospital.pharmacy import (
    Criticality,
    Delivery,
    Pharmacy,
    PharmacySettings,
    Step,
    StockItem,
    StockLot,
    Supplier,
    Usage,
)
from simulations.pharmacy.stocked import Terms, stocked

Floats = npt.NDArray[np.float64]
NUM_ITEMS, NUM_DAYS = 400, 3 * 365 + 1
TODAY = date(2026, 3, 9)
SEED = 2026
LOOKED_BACK = 540
"""Days before today whose orders and deliveries are kept."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """An item with how it is asked for: mean units a day, spread (variance over mean), share of days with any demand, season."""

    item: StockItem
    daily: float
    spread: float
    asked: float
    season: str


@cache
def catalogue() -> Mapping[str, Any]:
    """The sample's medicines, forms and suppliers."""
    return tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))


def pharmacy(
    *, seed: int = SEED, num_items: int = NUM_ITEMS, num_days: int = NUM_DAYS, today: date = TODAY
) -> Pharmacy:
    """The pharmacy on the morning of ``today``, after so many days."""
    dice = np.random.default_rng(seed)
    drawn = list(_items(dice, num_items))
    first = today - timedelta(days=num_days)
    days = [first + timedelta(days=k) for k in range(num_days)]
    units = np.array([_issues(each, days, dice) for each in drawn])
    _break(units, dice)
    lots: list[StockLot] = []
    deliveries: list[Delivery] = []
    for at, each in enumerate(drawn):
        found = stocked(units[at], days, _terms(each.item), dice, since=max(num_days - LOOKED_BACK, 0), number=at)
        lots += found.lots
        deliveries += found.deliveries
        units[at] = found.issued
    items = tuple(each.item for each in drawn)
    now = datetime(today.year, today.month, today.day, 8, tzinfo=UTC).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    budget = 1.25 * 365 / 12 * sum(each.daily / each.item.pack_units * each.item.price for each in drawn)
    return Pharmacy(
        settings=PharmacySettings(now=now, month_budget=float(round(budget, -4))),
        items=items,
        suppliers=tuple(_suppliers()),
        lots=tuple(lots),
        deliveries=tuple(sorted(deliveries, key=lambda row: (row.ordered, row.order))),
        table=Usage(items=tuple(item.id for item in items), first_day=first, step=Step.DAY, units=units),
    )


def _suppliers() -> Iterator[Supplier]:
    for id_, (name, order, deliver, least, promised, *_) in catalogue()["suppliers"].items():
        yield Supplier(
            id=id_,
            name=name,
            order_days=_weekdays(order),
            delivery_days=_weekdays(deliver),
            least_value=least,
            promised_days=promised,
        )


def _weekdays(text: str) -> tuple[int, ...]:
    if "-" in text:
        low, high = text.split("-")
        return tuple(range(int(low) - 1, int(high)))
    return tuple(int(day) - 1 for day in text.split(","))


def _items(dice: np.random.Generator, num: int) -> Iterator[Drawn]:
    """The catalogue's medicines in several strengths and packs, until there are enough."""
    forms, medicines = catalogue()["forms"], []
    for group, rows in catalogue()["groups"].items():
        medicines += [(group, *row.split("|")) for row in rows]
    seen: dict[str, str] = {}
    for at in range(num):
        group, zh, en, ved, form, season = medicines[at % len(medicines)]
        turn, kind = at // len(medicines), forms[form]
        strength = kind["strengths"][turn % len(kind["strengths"])]
        pack = float(kind["packs"][int(dice.integers(len(kind["packs"])))])
        daily = float(np.clip(dice.lognormal(np.log(26) - 0.7 * turn, 1.1), 0.05, 900)) * (3 if form in "tc" else 1)
        is_rare = dice.random() < 0.25
        price = round(float(kind["price"] * dice.lognormal(0, 0.7) * max(pack, 2) ** 0.5 / 3), 2)
        id_ = f"D{at + 1:03}"
        supplier = "S6" if dice.random() < 0.05 else f"S{1 + int(dice.choice(5, p=[0.34, 0.26, 0.18, 0.12, 0.10]))}"
        daily_packs = daily / pack
        item = StockItem(
            id=id_,
            name=f"{zh} {strength}×{pack:g}{kind['zh']}",
            name_en=f"{en} {strength} x{pack:g}",
            unit=kind["zh"],
            group=group,
            supplier=supplier,
            pack_units=pack,
            price=price,
            criticality=Criticality(ved),
            least_packs=1 if daily_packs < 1 else int(dice.choice([1, 1, 2, 5])),
            most_packs=int(np.ceil(daily_packs * 75)) + 8 if dice.random() < 0.3 else 0,
            shelf_life_days=int(dice.choice([180, 270, 365, 540, 720], p=[0.08, 0.12, 0.25, 0.3, 0.25])),
            substitute=seen.get(zh, ""),
        )
        seen[zh] = id_
        yield Drawn(
            item=item,
            daily=daily * (0.15 if is_rare else 1.0),
            spread=float(dice.uniform(1.5, 8.0)) * max(1.0, pack**0.5 / 2),
            asked=float(dice.uniform(0.06, 0.3)) if is_rare else 1.0,
            season=season,
        )


@cache
def _festival(year: int) -> date:
    """The first day of the Chinese New Year."""
    named = country_holidays("CN", years=year, language="en_US")
    return min(day for day, name in named.items() if "Chinese New Year" in name and "Eve" not in name)


def _factor(day: date) -> float:
    """What a calendar day does to demand: weekends, and the Spring Festival with the days before and after."""
    weekend = 0.55 if day.weekday() >= 5 else 1.0
    away = (day - _festival(day.year)).days
    if -10 <= away <= -2:
        return weekend * 1.35
    if -1 <= away <= 6:
        return 0.4
    if 7 <= away <= 12:
        return weekend * 1.25
    return 0.6 if (day.month, day.day) in {(5, 1), (5, 2), (10, 1), (10, 2), (10, 3), (10, 4)} else weekend


def _issues(each: Drawn, days: list[date], dice: np.random.Generator) -> Floats:
    """Units asked each day."""
    calendar = np.array([_factor(day) for day in days])
    wave = np.cos(2 * np.pi * (np.array([day.timetuple().tm_yday for day in days]) - 15) / 365.25)
    season = 1 + {"w": 0.35, "s": -0.3}.get(each.season, 0.0) * wave
    trend = np.exp(np.linspace(0, dice.normal(0, 0.15), len(days)))
    mean = each.daily * calendar * season * trend
    is_asked = dice.random(len(days)) < each.asked
    mean = np.where(is_asked, mean / each.asked, 0.0) + 1e-9
    return np.asarray(dice.negative_binomial(mean / (each.spread - 1), 1 / each.spread), dtype=float)


def _break(units: Floats, dice: np.random.Generator) -> None:
    """Demand of some items breaks its pattern in the last weeks, some others had one huge day; some units come back from the wards."""
    num, num_days = units.shape
    for at in dice.choice(num, size=max(num // 50, 1), replace=False):
        factor = dice.choice([0.2, 2.4, 3.0])
        units[at, -int(dice.integers(18, 32)) :] *= factor
    for at in dice.choice(num, size=max(num // 40, 1), replace=False):
        units[at, int(dice.integers(60, num_days - 60))] += 25 * units[at].mean()
    for at in dice.choice(num, size=max(num // 8, 1), replace=False):
        back = dice.choice(num_days, size=12, replace=False)
        units[at, back] = -np.round(units[at].mean())
    np.round(units, out=units)


def _terms(item: StockItem) -> Terms:
    _, order, deliver, _, _, mean, spread = catalogue()["suppliers"][item.supplier]
    slower = 3.5 if item.supplier == "S4" else 0.0  # this one has become slower of late
    return Terms(
        item=item,
        order_days=_weekdays(order),
        delivery_days=_weekdays(deliver),
        mean=mean,
        spread=spread,
        slower=slower,
    )
